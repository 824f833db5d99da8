"""Runs a program under an interpreter, and dumps its heap with the scanner."""

import os
import subprocess
import sys
import zipfile

# The interpreter of the distribution; that of the tests may be another one.
SYSTEM_PYTHON = "/usr/bin/python3"


def install(wheel, folder):
    """Unpacks a wheel of the scanner into a folder, which then can be a PYTHONPATH."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


def build_blob(folder, python=SYSTEM_PYTHON):
    """Builds the scanner as a blob for an interpreter in a folder; returns that.

    Args:
        folder: Is made if it is not there.
        python: The interpreter; it must have its C headers.

    Raises:
        subprocess.CalledProcessError: Something went wrong; stderr says what.
    """
    subprocess.run([python, "scanner/build_blob.py", "--out", folder], stdout=subprocess.DEVNULL,
                   check=True)
    return folder


def dump(program, path, packages, python=sys.executable):
    """Runs a program to its end, and dumps its heap there.

    Args:
        program: Path of a Python file.
        path: The dump to write.
        packages: The folder that the scanner was installed to.
        python: The interpreter.

    Raises:
        subprocess.CalledProcessError: Something went wrong; stderr says what.
    """
    program = os.path.abspath(program)
    subprocess.run(
        [python, "-m", "heapgrind", "run", "-o", path, program],
        # Little, because the dump holds it.
        env={"PYTHONPATH": packages, "PATH": "/usr/bin:/bin"},
        cwd=os.path.dirname(program), stdin=subprocess.DEVNULL, check=True)
