"""Python programs: how `python` finds them and makes them `__main__`."""

import os
import sys


class CannotFind(Exception):
    """There is no such program; the text says what was looked for."""


class Program(object):
    """A program that is ready to run.

    Attributes:
        argv: What is to be `sys.argv`.
        first_path: What is to be `sys.path[0]`; None to leave it.
        names: The names that its `__main__` begins with.
    """

    def __init__(self, argv, first_path, names, get_code):
        self.argv = argv
        self.first_path = first_path
        self.names = names
        self._get_code = get_code

    def run(self):
        """Runs the program as `__main__`.  Raises what it raises."""
        module = type(sys)("__main__")
        module.__dict__.update(self.names)
        module.__dict__["__builtins__"] = sys.modules[
            "builtins" if sys.version_info >= (3,) else "__builtin__"
        ]
        sys.modules["__main__"] = module
        sys.argv[:] = self.argv
        if self.first_path is not None and not is_path_safe():
            sys.path[0] = self.first_path
        exec(self._get_code(), module.__dict__)


def is_path_safe():
    """True if `python` was told to put no directory before sys.path."""
    flags = sys.flags
    return bool(getattr(flags, "safe_path", False) or getattr(flags, "isolated", 0))


def find_script(path, arguments):
    """Returns the Program in a file, or in a directory or zip file that holds
    a `__main__.py`.

    Raises:
        CannotFind: There is no such file.
    """
    try:
        with open(path, "rb"):
            pass
    except EnvironmentError as error:
        if not os.path.isdir(path):
            raise CannotFind("cannot open '{}': {}".format(path, error.strerror))
    if is_collection(path):
        return find_collection(path, shown_path(path), arguments)
    file_name = shown_path(path)
    names = {
        "__file__": file_name,
        "__cached__": None,
        "__package__": None,
        "__spec__": None,
        "__loader__": loader_of_file(file_name),
    }
    return Program(
        [path] + arguments,
        os.path.dirname(os.path.realpath(path)),
        names if sys.version_info >= (3,) else {"__file__": path, "__package__": None},
        lambda: code_of_file(file_name),
    )


def shown_path(path):
    """Returns a path as `__file__` has it: from 3.9 on it is absolute."""
    is_absolute = sys.version_info < (3, 9) or os.path.isabs(path)
    return path if is_absolute else os.path.join(os.getcwd(), path)


def loader_of_file(path):
    """Returns what is `__loader__` in a program; None on Python 2."""
    if sys.version_info < (3,):
        return None
    machinery = sys.modules["_frozen_importlib_external"]
    is_compiled = path.endswith(".pyc")
    kind = machinery.SourcelessFileLoader if is_compiled else machinery.SourceFileLoader
    return kind("__main__", path)


def importer_of(path):
    """Returns what imports from a directory or zip file; None for other files.
    It is pkgutil.get_importer, whose module is not in a program's heap."""
    for hook in sys.path_hooks:
        try:
            return sys.path_importer_cache.setdefault(path, hook(path))
        except ImportError:
            pass
    return None


def is_collection(path):
    """True for directories and zip files."""
    return os.path.isdir(path) or type(importer_of(path)).__name__ == "zipimporter"


def code_of_file(path):
    """Returns the code of a compiled or source file."""
    with open(path, "rb") as source:
        text = source.read()
    if text[:4] != magic_number():
        return compile(text, path, "exec", dont_inherit=True)
    import marshal

    return marshal.loads(text[header_bytes() :])


def magic_number():
    """Returns what compiled files begin with."""
    if sys.version_info < (3,):
        import imp

        return imp.get_magic()
    return sys.modules["_frozen_importlib_external"].MAGIC_NUMBER


def header_bytes():
    """Returns what stands before the code: PEP 552; PEP 3147 for 3.3; 8 before."""
    if sys.version_info < (3,):
        return 8
    return 16 if sys.version_info >= (3, 7) else 12


def find_collection(given_path, path, arguments):
    """Returns the Program `__main__` in a directory or zip file."""
    importer = importer_of(path)
    if importer is None:  # Directories of Python 2.
        import pkgutil

        importer = pkgutil.get_importer(path)
    if hasattr(importer, "find_spec"):
        loader = getattr(importer.find_spec("__main__"), "loader", None)
    else:
        loader = importer.find_module("__main__")
    if loader is None:
        raise CannotFind("cannot find '__main__' in '{}'".format(given_path))
    names = {
        "__file__": loader.get_filename("__main__"),
        "__cached__": None,
        "__package__": "",
        "__spec__": None,
        "__loader__": loader,
    }
    return Program(
        [given_path] + arguments, path, names, lambda: loader.get_code("__main__")
    )


def find_module(name, arguments):
    """Returns the Program that `python -m NAME` runs.

    Raises:
        CannotFind: There is no such module, or it cannot be run.
    """
    if sys.version_info < (3, 4):
        return find_module_of_python2(name, arguments)
    import importlib.util

    try:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations is not None:
            name += ".__main__"
            spec = importlib.util.find_spec(name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise CannotFind("cannot find module '{}': {}".format(name, error))
    if spec is None or not hasattr(spec.loader, "get_code"):
        raise CannotFind("cannot find module '{}' to run".format(name))
    names = {
        "__file__": spec.origin,
        "__cached__": spec.cached,
        "__package__": spec.parent,
        "__spec__": spec,
        "__loader__": spec.loader,
    }
    return Program(
        [spec.origin] + arguments,
        os.getcwd(),
        names,
        lambda: spec.loader.get_code(spec.name),
    )


def find_module_of_python2(name, arguments):
    """The same before importlib had specs."""
    import pkgutil

    try:
        loader = pkgutil.find_loader(name)
        if loader is not None and loader.is_package(name):
            name += ".__main__"
            loader = pkgutil.find_loader(name)
    except ImportError as error:
        raise CannotFind("cannot find module '{}': {}".format(name, error))
    if loader is None or not hasattr(loader, "get_code"):
        raise CannotFind("cannot find module '{}' to run".format(name))
    path = loader.get_filename(name)
    names = {
        "__file__": path,
        "__package__": name.rpartition(".")[0],
        "__loader__": loader,
    }
    return Program([path] + arguments, "", names, lambda: loader.get_code(name))
