"""Builds a wheel of heapgrind with nothing but this interpreter and gcc.

    PYTHON build_wheel.py [--out DIR]

compiles the extension module for the interpreter that runs it, which needs its
headers, and writes the wheel to DIR (default: dist/ beside the folder that
this file is in).  The path of the wheel is the last line of stdout; what the
compiler says goes to stderr.  Runs on Python 2.7 and 3.6 to 3.13; neither
setuptools nor pip is needed.  $CC and $CXX choose other compilers.

It is also the build backend (PEP 517) of `pip install ./scanner`.
"""

import argparse
import base64
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile

import build_settings

SOURCE_DIR = os.path.dirname(os.path.abspath(__file__))
NAME = "heapgrind"

# The same bytes from the same sources, whenever they are built.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def main():
    """Builds the wheel; returns the exit status."""
    parser = argparse.ArgumentParser(
        description="Builds a wheel of heapgrind for this interpreter."
    )
    parser.add_argument(
        "--out",
        metavar="DIR",
        default=os.path.join(os.path.dirname(SOURCE_DIR), "dist"),
        help="where to write the wheel (default: %(default)s)",
    )
    options = parser.parse_args()
    try:
        path = build(options.out)
    except BuildError as error:
        sys.stderr.write("build_wheel.py: {}\n".format(error))
        return 1
    print(path)
    return 0


def build(out_dir):
    """Builds the wheel in `out_dir` and returns its path.  Raises BuildError."""
    build_dir = tempfile.mkdtemp(prefix="heapgrind-build-")
    try:
        return write_wheel(compile_extension(build_dir), out_dir)
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
        {sysconfig.get_path("include"), sysconfig.get_path("platinclude")}
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
    include_flags = ["-I" + directory for directory in include_dirs]
    jobs = [
        (cc, build_settings.C_FLAGS, source) for source in build_settings.C_SOURCES
    ] + [(cxx, build_settings.CC_FLAGS, source) for source in build_settings.CC_SOURCES]
    objects = []
    for compiler, flags, source in jobs:
        target = os.path.join(build_dir, source.replace("/", "_") + ".o")
        run(
            [compiler]
            + flags
            + ["-DNDEBUG"]
            + include_flags
            + ["-c", os.path.join(SOURCE_DIR, source), "-o", target]
        )
        objects.append(target)
    extension = os.path.join(build_dir, "_scanner" + extension_suffix())
    run(
        [cxx, "-shared", "-Wl,--strip-all"]
        + objects
        + build_settings.LINK_FLAGS
        + ["-o", extension]
    )
    return extension


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


def wheel_tag():
    """Returns the tag of a wheel that only this interpreter can use."""
    major, minor = sys.version_info[:2]
    python = "cp{}{}".format(major, minor)
    if major == 2:
        wide = "mu" if sys.maxunicode > 0xFFFF else "m"
        abi = python + wide
    else:
        abi = python + getattr(sys, "abiflags", "")
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    return "{}-{}-{}".format(python, abi, platform)


def package_files(extension):
    """Returns (name in the wheel, path) of each file of the package."""
    package_dir = os.path.join(SOURCE_DIR, NAME)
    files = [
        (NAME + "/" + name, os.path.join(package_dir, name))
        for name in sorted(os.listdir(package_dir))
        if name.endswith(".py")
    ]
    return files + [(NAME + "/" + os.path.basename(extension), extension)]


def write_wheel(extension, out_dir):
    """Writes the wheel and returns its path.

    The format: https://packaging.python.org/specifications/binary-distribution-format
    """
    version = build_settings.version(SOURCE_DIR)
    tag = wheel_tag()
    info_dir = "{}-{}.dist-info".format(NAME, version)
    metadata = (
        "Metadata-Version: 2.1\n"
        "Name: {}\n"
        "Version: {}\n"
        "Summary: {}\n"
        "License: {}\n"
        "Requires-Python: {}\n"
    ).format(
        NAME,
        version,
        build_settings.SUMMARY,
        build_settings.LICENSE,
        build_settings.REQUIRES_PYTHON,
    )
    wheel = (
        "Wheel-Version: 1.0\n"
        "Generator: heapgrind build_wheel.py\n"
        "Root-Is-Purelib: false\n"
        "Tag: {}\n"
    ).format(tag)
    contents = []
    for name, path in package_files(extension):
        with open(path, "rb") as source:
            contents.append((name, source.read()))
    contents.append((info_dir + "/METADATA", metadata.encode("utf-8")))
    contents.append((info_dir + "/WHEEL", wheel.encode("utf-8")))
    record_name = info_dir + "/RECORD"
    record = "".join(record_line(name, data) for name, data in contents)
    contents.append((record_name, (record + record_name + ",,\n").encode("utf-8")))

    if not os.path.isdir(out_dir):
        os.makedirs(out_dir)
    path = os.path.join(
        os.path.abspath(out_dir), "{}-{}-{}.whl".format(NAME, version, tag)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents:
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if name.endswith(".so") else 0o644) << 16
            archive.writestr(entry, data)
    return path


def record_line(name, data):
    """Returns the line of RECORD for one file."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    text = digest.decode("ascii").rstrip("=")
    return "{},sha256={},{}\n".format(name, text, len(data))


if __name__ == "__main__":
    sys.exit(main())
