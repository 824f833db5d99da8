"""The Pythons of this machine for which the scanner can be built.

They are those in pyenv's versions folder, /usr/bin/python3, and each python3.X and
python2.7 in PATH, also as debug builds (python3-dbg, python3.X-dbg, python3.Xd).
"""

import glob
import os
import shutil
import subprocess
import sys
from typing import List, NamedTuple, Optional, Tuple

VERSIONS = ["2.7", "3"] + [f"3.{minor}" for minor in range(6, 16)]
NAMES = [f"python{version}{kind}" for version in VERSIONS for kind in ("", "-dbg", "d")]

# What tells one interpreter from another, and whether it can build extensions.
PROBE = """
import os, sys, sysconfig
print("%d.%d.%d" % sys.version_info[:3])
print(os.path.realpath(sys.executable))
folders = [sysconfig.get_path("include"), sysconfig.get_config_var("INCLUDEPY")]
print(any(os.path.exists(os.path.join(folder, "Python.h")) for folder in folders))
print(hasattr(sys, "gettotalrefcount"))
"""


class Interpreter(NamedTuple):
    """One Python."""

    version: str  # "3.11.2"
    path: str
    is_debug: bool


def probe(path: str) -> Optional[Tuple[Interpreter, str, bool]]:
    """Returns the interpreter, its real path, and whether it has headers.

    Returns:
        None if `path` is no Python that runs.
    """
    try:
        run = subprocess.run([path, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    lines = run.stdout.decode().splitlines()
    if run.returncode != 0 or len(lines) != 4:
        return None
    version, real_path, has_headers, is_debug = lines
    return Interpreter(version, path, is_debug == "True"), real_path, has_headers == "True"


def candidates() -> List[str]:
    """Returns the paths where interpreters may be."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    paths = glob.glob(os.path.join(glob.escape(pyenv), "versions", "*", "bin", "python"))
    paths.append("/usr/bin/python3")
    paths += [found for found in map(shutil.which, NAMES) if found]
    return paths


def require(path: str) -> Tuple[Interpreter, str, bool]:
    """What probe() returns.  Raises SystemExit where that is None."""
    probed = probe(path)
    if probed is None:
        raise SystemExit(f"test_pythons.py: expected a Python, got '{path}'")
    return probed


def find_interpreters(asked: List[str], left_out: List[str]) -> List[Interpreter]:
    """Returns those that can be tested, each once, in the order of their versions.

    Args:
        asked: Paths; empty for all that are found.
        left_out: Paths of those that are not to be tested.
    """
    found = {}
    probes = map(require, asked) if asked else filter(None, map(probe, candidates()))
    for interpreter, real_path, has_headers in probes:
        if has_headers:
            found.setdefault(real_path, interpreter)
        else:
            print(
                f"{interpreter.version} ({interpreter.path}): skipped, it has no C headers",
                file=sys.stderr,
            )
    for path in left_out:
        found.pop(require(path)[1], None)
    return sorted(found.values(), key=lambda one: [int(part) for part in one.version.split(".")])
