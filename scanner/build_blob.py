"""Builds a blob of heapgrind with nothing but this interpreter's headers and gcc.

    PYTHON build_blob.py [--out DIR]

compiles the scanner as a piece of code that runs in a copy of a process of this
very Python (scanner/blob/blob_input.h), and writes heapgrind-TAG.blob to DIR
(default: dist/ beside the folder that this file is in).  The path of the blob is
the last line of stdout; what the compiler says goes to stderr.  Runs on Python
2.7 and 3.6 to 3.15.  $CC and $CXX choose other compilers.

    ANY_PYTHON build_blob.py --include DIR --tag TAG [--out DIR]

does so for a Python that does not run here, from its headers.  With musl a tag ends in that,
as in cp313musl: its structs are others than with glibc.
"""

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile

import build_settings
from build_wheel import SOURCE_DIR, BuildError, parser_of, run

# The free-threaded build whose pages of objects are known: blob/tracked_objects.c.
FREE_THREADED = "cp313t"


def main():
    """Builds the blob; returns the exit status."""
    parser = parser_of("blob")
    parser.add_argument(
        "--include",
        metavar="DIR",
        action="append",
        help="the folder of another Python's headers, with --tag (may be repeated)",
    )
    parser.add_argument("--tag", help="that Python's ABI tag, such as cp311d")
    options = parser.parse_args()
    if bool(options.include) != bool(options.tag):
        parser.error("--include and --tag belong together")
    try:
        path = build(options.out, options.include, options.tag)
    except BuildError as error:
        sys.stderr.write("build_blob.py: {}\n".format(error))
        return 1
    print(path)
    return 0


def build(out_dir, include_dirs=None, tag=None):
    """Builds the blob in `out_dir` and returns its path.  Raises BuildError."""
    if include_dirs is None:
        include_dirs, tag = own_include_dirs(), abi_tag()
    check(include_dirs, tag)
    build_dir = tempfile.mkdtemp(prefix="heapgrind-build-")
    try:
        if not os.path.isdir(out_dir):
            os.makedirs(out_dir)
        path = os.path.join(out_dir, "heapgrind-{}.blob".format(tag))
        objects = compile_all(build_dir, include_dirs)
        link(objects, path)
        check_wants(path)
        return path
    except EnvironmentError as error:  # A file that cannot be read or written.
        raise BuildError("{}: {}".format(error.filename, error.strerror))
    finally:
        shutil.rmtree(build_dir)


def own_include_dirs():
    """Returns the folders of this interpreter's headers."""
    return sorted({sysconfig.get_path("include"), sysconfig.get_path("platinclude")})


def abi_tag():
    """Returns the tag of this interpreter: cp311, cp311d, cp37m, cp27mu, cp313t, cp313musl."""
    flags = getattr(sys, "abiflags", None)
    if flags is None:  # Python 2.
        flags = "d" if hasattr(sys, "gettotalrefcount") else ""
        flags += "m" + ("u" if sys.maxunicode > 0xFFFF else "")
    if "musl" in (sysconfig.get_config_var("SOABI") or ""):
        flags += "musl"
    return "cp{}{}{}".format(sys.version_info[0], sys.version_info[1], flags)


def check(include_dirs, tag):
    """Raises BuildError if there can be no blob."""
    if platform.machine() != "x86_64":
        raise BuildError("expected x86_64, got {}".format(platform.machine()))
    if "t" in tag and tag != FREE_THREADED:
        raise BuildError(
            "expected a Python with a GIL or {}, got {}, a free-threaded build, which is "
            "dumped from inside alone".format(FREE_THREADED, tag)
        )
    if not any(os.path.exists(os.path.join(folder, "Python.h")) for folder in include_dirs):
        raise BuildError("expected Python.h in {}, found none".format(include_dirs[0]))


def compile_all(build_dir, include_dirs):
    """Compiles the sources; returns the paths of the objects."""
    cc = os.environ.get("CC", "gcc")
    cxx = os.environ.get("CXX", "g++")
    flags = build_settings.BLOB_FLAGS + ["-DNDEBUG", "-iquote", SOURCE_DIR]
    for folder in include_dirs:
        flags += ["-I" + folder]
    c_command = [cc] + build_settings.C_FLAGS + flags
    cc_command = [cxx] + build_settings.CC_FLAGS + build_settings.BLOB_CC_FLAGS + flags
    jobs = [(c_command, source) for source in build_settings.BLOB_C_SOURCES]
    jobs += [(cc_command, source) for source in build_settings.BLOB_CC_SOURCES]
    objects = []
    for command, source in jobs:
        target = os.path.join(build_dir, source.replace("/", "_") + ".o")
        run(command + ["-c", os.path.join(SOURCE_DIR, source), "-o", target])
        objects.append(target)
    return objects


def link(objects, path):
    """Links the blob."""
    cxx = os.environ.get("CXX", "g++")
    run([cxx] + objects + build_settings.BLOB_LINK_FLAGS + ["-o", path])


def check_wants(path):
    """Removes a blob that wants more of a process than it may, and raises BuildError."""
    output = subprocess.check_output(["nm", "-D", "--undefined-only", path]).decode("ascii")
    wanted = {line.split()[-1] for line in output.splitlines()}
    known = set(build_settings.BLOB_FUNCTIONS + build_settings.BLOB_VARIABLES)
    if wanted <= known:
        return
    os.remove(path)
    raise BuildError(
        "expected a blob that wants CPython's functions alone, got one that wants {}: the C++ "
        "library of this compiler does not fit (that of gcc 12 does)".format(
            ", ".join(sorted(wanted - known)[:3])
        )
    )


if __name__ == "__main__":
    sys.exit(main())
