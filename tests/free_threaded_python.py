"""Builds a free-threaded Python from Debian's sources, for test_free_threaded.py.

Usage: free_threaded_python.py VERSION

VERSION is 3.13 (of trixie) or 3.14 (of sid).  apt fetches the sources from the mirror that it
uses here, by a list of its own.  The Python is built once, in ten minutes and 400 MB, in
${XDG_CACHE_HOME:-~/.cache}/heapgrind, for every clone of this project; how is a part of its
folder's name.

Needs no root, but what `python_packages` in tools/packages.sh names.  Prints the interpreter's
path; exit status 1 if there can be none.

    make(version)        makes it, unless it is there; returns the interpreter's path
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from typing import List

from python_root import (NotRun, cache_folder, check_program, find_mirror, make_once,
                         print_made)

# Which Debian has the sources of a version.
SOURCES = {"3.13": "trixie", "3.14": "sid"}

# In a new folder: fetches the sources of $1 in the Debian $2 from the mirror $3.  apt keeps
# all that it has to keep there.
FETCH = """
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $3 $2 main" >sources.list
mkdir -p lists/partial cache/archives/partial
set -- "$1" -q -o Dir::Etc::SourceList="$PWD/sources.list" -o Dir::Etc::SourceParts=- \
  -o Dir::State::Lists="$PWD/lists" -o Dir::Cache="$PWD/cache" -o APT::Sandbox::User=
name=$1
shift
apt-get "$@" -o APT::Update::Error-Mode=any update
apt-get "$@" source --download-only --tar-only "$name"
"""
# Behind that: builds it for the folder $1, and leaves it below installed/.
BUILD = """
mkdir source
tar -xf *.orig.tar.* --strip-components=1 -C source
cd source
./configure -q --prefix="$1" --disable-gil --disable-test-modules --without-ensurepip OPT="-O1 -g0"
make -s -j2
make -s DESTDIR="$PWD/../installed" install
"""


def path_of(version: str) -> str:
    """Returns the folder's path, which says how it is made."""
    digest = hashlib.sha256("\0".join([SOURCES[version], FETCH, BUILD]).encode()).hexdigest()
    return os.path.join(cache_folder(), f"python-{version}t-{digest[:12]}")


def interpreter_of(version: str) -> str:
    return os.path.join(path_of(version), "bin", f"python{version}t")


def make(version: str) -> str:
    """Makes the Python, unless it is there; returns the interpreter's path.

    Waits while another process makes the same.

    Raises:
        NotRun: It cannot be made here.
    """
    path = path_of(version)
    make_once(path, lambda _: _make(version, path))
    return interpreter_of(version)


def _make(version: str, path: str) -> None:
    """Makes it in a folder of another name, and moves it when it is whole."""
    for program in ("gcc", "make"):
        check_program(program, program)
    mirror = find_mirror()
    unfinished = path + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    os.mkdir(unfinished)
    print(f"making {path} (ten minutes)", file=sys.stderr, flush=True)
    run(FETCH, unfinished, f"python{version}", SOURCES[version], mirror)
    run(BUILD, unfinished, path)
    os.rename(f"{unfinished}/installed{path}", path)
    shutil.rmtree(unfinished)


def run(script: str, folder: str, *arguments: str) -> None:
    """Runs a shell script in a folder.  Raises NotRun with the last line that it prints."""
    done = subprocess.run(
        ["nice", "-n", "19", "sh", "-euc", script, "sh", *arguments], cwd=folder, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode == 0:
        return
    lines = done.stdout.decode(errors="replace").splitlines()
    errors = [line for line in lines if line.startswith("E: ")] or lines
    raise NotRun(errors[0] if errors else f"exit status {done.returncode}")


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("version", choices=sorted(SOURCES))
    options = parser.parse_args(arguments)
    return print_made("free_threaded_python.py", lambda: make(options.version))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
