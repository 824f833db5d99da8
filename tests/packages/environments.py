"""Virtual environments with packages of PyPI and the scanner."""

import hashlib
import os
import subprocess
from typing import NamedTuple

from python_root import TOP, cache_folder

HERE = os.path.dirname(os.path.abspath(__file__))
PROBE = ("import sys, sysconfig; print('%d.%d.%d' % sys.version_info[:3]); "
         "print(sys.version_info >= (3, 12)); print(sysconfig.get_path('include'))")


class NotRun(Exception):
    """There can be no such environment here; the text says why."""


class Environment(NamedTuple):
    """One virtual environment.

    Attributes:
        version: Of Python, "3.13.0".
        python: The path of its interpreter.
        blobs: The folder with the scanner for `heapgrind dump`.
        extensions: The folder with the extensions that were compiled, if there are any.
    """

    version: str
    python: str
    blobs: str
    extensions: str


def make(python: str, pins: str) -> Environment:
    """Makes one, or brings the scanner of one up to date, which takes half a minute.

    Args:
        python: The interpreter.
        pins: The name of the list of packages, "pins" or "few".

    Raises:
        NotRun: The interpreter is too old or does not run, or a package cannot be had.
    """
    version = _probe(python)
    with open(f"{HERE}/{pins}.txt", "rb") as file:
        digest = hashlib.sha256(os.path.realpath(python).encode() + file.read()).hexdigest()
    folder = os.path.join(cache_folder(), f"packages-{version}-{digest[:12]}")
    own = folder + "/bin/python"
    if not os.path.exists(folder + "/whole"):
        _run([python, "-m", "venv", "--clear", folder])
        _run([own, "-m", "pip", "install", "-q", "--only-binary", ":all:", "-r",
              f"{HERE}/{pins}.txt"])
        with open(folder + "/whole", "w", encoding="ascii"):
            pass
    _build(python, own, folder)
    return Environment(version, own, folder + "/blobs", folder + "/extensions")


def _probe(python: str) -> str:
    """Returns the version of an interpreter that has C headers and is not too old."""
    version, is_new, include = _run([python, "-c", PROBE]).splitlines()
    if is_new != "True":
        raise NotRun(f"expected Python 3.12 or later, got {version}")
    if not os.path.exists(include + "/Python.h"):
        raise NotRun(f"expected the C headers of {python}, found none")
    return version


def _build(python: str, own: str, folder: str) -> None:
    """Builds the scanner and the extensions anew: they are what is tested."""
    wheel = _run([python, TOP + "/scanner/build_wheel.py", "--out", folder + "/dist"])
    _run([own, "-m", "pip", "install", "-q", "--no-index", "--force-reinstall",
          wheel.splitlines()[-1]])
    _run([python, TOP + "/scanner/build_blob.py", "--out", folder + "/blobs"])
    if subprocess.run([own, "-c", "import Cython, pybind11"], check=False,
                      stderr=subprocess.DEVNULL).returncode == 0:
        _run([own, "setup.py", "-q", "build_ext", "--build-lib", folder + "/extensions",
              "--build-temp", folder + "/objects"], cwd=HERE + "/extensions")


def _run(command, **options) -> str:
    """Returns what a command prints.  Raises NotRun if it fails, with the last line it said."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, check=False, **options)
    except OSError as error:
        raise NotRun(f"'{command[0]}': {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotRun(said[-1] if said else f"exit status {done.returncode}")
    return done.stdout.decode()
