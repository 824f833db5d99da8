"""Every #include of the converter and the scanner, and every import of the package, keeps to
the table of its folders."""

import ast
import glob
import os
import re
import tempfile
import unittest

_INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
_HALVES = ("converter", "scanner")


def _tables(half):
    """The tables of a half, by their names."""
    names = {"load": lambda *_: None}
    with open(f"{half}/folders.bzl", encoding="utf-8") as file:
        exec(file.read(), names)  # Starlark of this kind is Python.
    return names


def _may_use(half):
    """The table: folder to the folders that it may include."""
    return _tables(half)["MAY_USE"]


def _sources(half):
    """The paths of the sources below the folder `half`, from there."""
    for folder, _, files in os.walk(half):
        for name in files:
            if name.endswith((".h", ".c", ".cc")):
                yield os.path.relpath(os.path.join(folder, name), half)


def _forbidden(half, may_use):
    """A line for each include that the table does not allow."""
    sources = set(_sources(half))
    for path in sorted(sources):
        folder = os.path.dirname(path)
        if not folder:
            continue  # Programs use what they want, and such headers are for all.
        with open(os.path.join(half, path), encoding="utf-8") as file:
            included = _INCLUDE.findall(file.read())
        for name in included:
            header = name[len("converter/"):] if name.startswith("converter/") else name
            used = os.path.dirname(header)
            if header in sources and used and used not in may_use[folder] + [folder]:
                yield f"{path} includes {header}"


class FoldersTest(unittest.TestCase):
    def test_every_include_is_in_the_table(self):
        for half in _HALVES:
            self.assertEqual(list(_forbidden(half, _may_use(half))), [], half)

    def test_table_has_every_folder(self):
        for half in _HALVES:
            folders = {os.path.dirname(path) for path in _sources(half)} - {""}
            self.assertEqual(set(_may_use(half)), folders)

    def test_folder_uses_only_those_above_it_in_the_table(self):
        for half in _HALVES:
            above = []
            for folder, used in _may_use(half).items():
                self.assertEqual([name for name in used if name not in above], [], folder)
                above.append(folder)

    def test_memory_is_fetched_ahead_by_what_gcc_does_not_drop(self):
        callers = []
        for path in _sources("converter"):
            with open(os.path.join("converter", path), encoding="utf-8") as file:
                if "__builtin_prefetch(" in file.read():
                    callers.append(path)
        self.assertEqual(callers, ["base/fetch_ahead.h"])


def _imported(path):
    """The full names of all that a Python file imports, wherever it does."""
    with open(path, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def _commands_used(path, commands):
    """Those folders of commands from which a file imports something."""
    parts = [name.split(".")[1:2] for name in _imported(path) if name.startswith("heapgrind.")]
    return {name for part in parts for name in part if name in commands}


class PackageTest(unittest.TestCase):
    PACKAGE = "scanner/heapgrind"
    ENTRY_POINTS = ("__init__.py", "__main__.py", "_commands.py", "testing.py")

    def setUp(self):
        self._may_use = _tables("scanner")["COMMANDS_MAY_USE"]

    def test_command_imports_only_those_of_the_table(self):
        for command, used in self._may_use.items():
            for path in glob.glob(f"{self.PACKAGE}/{command}/*.py"):
                self.assertLessEqual(_commands_used(path, self._may_use), {command, *used}, path)

    def test_what_all_share_imports_no_command(self):
        paths = glob.glob(f"{self.PACKAGE}/*.py")
        others = [path for path in paths if os.path.basename(path) not in self.ENTRY_POINTS]
        used = {path: _commands_used(path, self._may_use) for path in others}
        self.assertEqual({path: names for path, names in used.items() if names}, {})

    def test_entry_points_import_all_commands(self):
        used = [_commands_used(f"{self.PACKAGE}/{name}", self._may_use) for name in self.ENTRY_POINTS]
        self.assertEqual(set.union(*used), set(self._may_use))

    def test_table_has_every_folder(self):
        folders = {path.split(os.sep)[-2] for path in glob.glob(f"{self.PACKAGE}/*/*.py")}
        self.assertEqual(folders, set(self._may_use))


class ForbiddenIncludeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._half = folder.name
        for path in ("base/text.h", "profile/rows.h"):
            self._write(path, "")

    def _write(self, path, text):
        os.makedirs(os.path.join(self._half, os.path.dirname(path)), exist_ok=True)
        with open(os.path.join(self._half, path), "w", encoding="utf-8") as file:
            file.write(text)

    def test_include_of_the_converter_against_the_direction_is_found(self):
        self._write("graph/tree.h",
                    '#include "converter/base/text.h"\n#include "converter/profile/rows.h"\n')
        self.assertEqual(list(_forbidden(self._half, {"graph": ["base"], "base": [], "profile": []})),
                         ["graph/tree.h includes profile/rows.h"])

    def test_include_of_the_scanner_against_the_direction_is_found(self):
        self._write("graph/tree.cc", '#include "profile/rows.h"\n#include "tree.h"\n')
        self.assertEqual(list(_forbidden(self._half, {"graph": [], "base": [], "profile": []})),
                         ["graph/tree.cc includes profile/rows.h"])


if __name__ == "__main__":
    unittest.main()
