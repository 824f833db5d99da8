"""Builds a wheel of heapgrind with nothing but this interpreter and gcc.

    PYTHON build_wheel.py [--out DIR] [--manylinux] [--program FILE]... [--manual FILE]...
                          [--notices FILE]

compiles the extension module for the interpreter that runs it, which needs its
headers, and writes the wheel to DIR (default: dist/ beside the folder that
this file is in).  The path of the wheel is the last line of stdout; what the
compiler says goes to stderr.  Runs on Python 2.7 and 3.6 to 3.15; neither
setuptools nor pip is needed.  $CC and $CXX choose other compilers.

--manylinux: the wheel's tag names the oldest C library that it has been run on,
where there is one (glibc_version.py), and pip installs it on other machines.
With the other options the wheel also brings the native programs and their
manual pages and licences: `./run wheel` builds and passes them.

It is also the build backend (PEP 517) of `pip install ./scanner`, which
installs the package alone.
"""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile

import build_settings
import glibc_version
from wheel_file import WheelFile, write_wheel

SOURCE_DIR = os.path.dirname(os.path.abspath(__file__))
NAME = "heapgrind"
PYTEST_PLUGIN = "pytest_heapgrind"
ENTRY_POINTS = "[pytest11]\nheapgrind = {}\n".format(PYTEST_PLUGIN)


def parser_of(product):
    """Returns the parser of a program that builds a product, with --out."""
    parser = argparse.ArgumentParser(
        description="Builds a {} of heapgrind for this interpreter.".format(product)
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        default=os.path.join(os.path.dirname(SOURCE_DIR), "dist"),
        help="where to write the {} (default: %(default)s)".format(product),
    )
    return parser


def main():
    """Builds the wheel; returns the exit status."""
    parser = parser_of("wheel")
    parser.add_argument(
        "--program",
        metavar="FILE",
        action="append",
        default=[],
        help="a native program that the wheel puts on the PATH (may be repeated)",
    )
    parser.add_argument(
        "--manual",
        metavar="FILE",
        action="append",
        default=[],
        help="a manual page of section 1 that the wheel installs (may be repeated)",
    )
    parser.add_argument(
        "--notices",
        metavar="FILE",
        help="the licences of the libraries that the programs contain",
    )
    parser.add_argument(
        "--manylinux",
        action="store_true",
        help="tag the wheel for all machines with as new a C library as it needs",
    )
    options = parser.parse_args()
    try:
        path = build(options.out, native_files(options), options.manylinux)
    except BuildError as error:
        sys.stderr.write("build_wheel.py: {}\n".format(error))
        return 1
    print(path)
    return 0


def build(out_dir, more_files=(), is_manylinux=False):
    """Builds the wheel in `out_dir`, with more WheelFiles, and returns its path.

    Raises BuildError.
    """
    build_dir = tempfile.mkdtemp(prefix="heapgrind-build-")
    try:
        extension = compile_extension(build_dir)
        files = package_files(extension) + list(more_files)
        platform = glibc_version.portable_platform(extension) if is_manylinux else None
        return write_wheel(NAME, build_settings, SOURCE_DIR, files, ENTRY_POINTS, out_dir, platform)
    except EnvironmentError as error:  # A file that cannot be read or written.
        raise BuildError("{}: {}".format(error.filename, error.strerror))
    finally:
        shutil.rmtree(build_dir)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Builds the wheel for pip.  Returns its file name.

    PEP 517, https://peps.python.org/pep-0517/, says what pip passes; there are
    no settings.
    """
    del config_settings, metadata_directory
    return os.path.basename(build(wheel_directory))


class BuildError(Exception):
    """Something that the user must put right; its text says what."""


def extension_suffix():
    """Returns what the file name of an extension module ends in."""
    return sysconfig.get_config_var("EXT_SUFFIX") or sysconfig.get_config_var("SO")


def compile_extension(build_dir):
    """Compiles and links the extension module; returns its path."""
    include_dirs = sorted(
        {
            sysconfig.get_path("include"),
            sysconfig.get_path("platinclude"),
            sysconfig.get_config_var("INCLUDEPY"),  # Debian 11's Python 2.7 has them there.
        }
    )
    if not any(
        os.path.exists(os.path.join(directory, "Python.h"))
        for directory in include_dirs
    ):
        raise BuildError(
            "expected Python.h in {}, found none\n"
            "hint: install the headers of {} (Debian: python3-dev)".format(
                include_dirs[0], sys.executable
            )
        )
    cc = os.environ.get("CC", "gcc")
    cxx = os.environ.get("CXX", "g++")
    link_time_flags = find_link_time_flags(cxx, build_dir)
    include_flags = ["-iquote", SOURCE_DIR, "-include", "portable/old_symbols.h"]
    include_flags += ["-I" + directory for directory in include_dirs]
    jobs = [
        (cc, build_settings.C_FLAGS, source) for source in build_settings.C_SOURCES
    ] + [(cxx, build_settings.CC_FLAGS, source) for source in build_settings.CC_SOURCES]
    objects = []
    for compiler, flags, source in jobs:
        target = os.path.join(build_dir, source.replace("/", "_") + ".o")
        run(
            [compiler]
            + flags
            + link_time_flags
            + ["-DNDEBUG"]
            + include_flags
            + ["-c", os.path.join(SOURCE_DIR, source), "-o", target]
        )
        objects.append(target)
    extension = os.path.join(build_dir, "_scanner" + extension_suffix())
    run(
        [cxx, "-shared", "-Wl,--strip-all"]
        + link_time_flags
        + objects
        + build_settings.LINK_FLAGS
        + ["-o", extension]
    )
    return extension


def find_link_time_flags(cxx, build_dir):
    """Returns the flags to optimise when linking; none if the compiler cannot."""
    flags = build_settings.LINK_TIME_FLAGS
    library = os.path.join(build_dir, "empty.so")
    command = [cxx, "-shared", "-fPIC", "-x", "c++", os.devnull, "-o", library] + flags
    with open(os.devnull, "w") as nowhere:
        try:
            status = subprocess.call(command, stdout=nowhere, stderr=nowhere)
        except OSError:
            return []  # What is compiled next says so.
    return flags if status == 0 else []


def run(command):
    """Runs a compiler.  Raises BuildError if it cannot be run or fails."""
    try:
        status = subprocess.call(command, stdout=sys.stderr)
    except OSError as error:
        raise BuildError(
            "cannot run '{}': {}\nhint: install gcc and g++".format(
                command[0], error.strerror
            )
        )
    if status != 0:
        raise BuildError("'{}' exited with {}".format(" ".join(command), status))


def package_files(extension):
    """Returns the WheelFiles of the package."""
    names = [
        os.path.relpath(os.path.join(folder, name), SOURCE_DIR)
        for folder, _, files in os.walk(os.path.join(SOURCE_DIR, NAME))
        for name in files
        if name.endswith(".py")
    ] + [PYTEST_PLUGIN + ".py"]
    files = [WheelFile(name, os.path.join(SOURCE_DIR, name), False) for name in sorted(names)]
    return files + [WheelFile(NAME + "/" + os.path.basename(extension), extension, True)]


def native_files(options):
    """Returns the WheelFiles of programs, for the PATH, of their manual and licences."""
    prefix = "{}-{}".format(NAME, build_settings.version(SOURCE_DIR))
    groups = [
        (".data/scripts/", options.program, True),
        (".data/data/share/man/man1/", options.manual, False),
        (".dist-info/licenses/", [options.notices] if options.notices else [], False),
    ]
    return [
        WheelFile(prefix + folder + os.path.basename(path), path, is_executable)
        for folder, paths, is_executable in groups
        for path in paths
    ]


if __name__ == "__main__":
    sys.exit(main())
