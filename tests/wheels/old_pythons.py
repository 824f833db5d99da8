"""Copies this machine's Pythons into the root of an older Debian, where its glibc runs them.

A copy differs from the interpreter here by what old_symbols.py takes from it, and by
newer_functions.c, which is loaded before it.
"""

import os
import re
import shutil
import subprocess
from typing import Iterator, Set

import old_symbols

HERE = os.path.dirname(os.path.abspath(__file__))
# Where the root has what it lacks of libraries.
LIBRARIES = "/usr/local/lib/newer"
# With it the libraries that are a part of libc.so.6 here.
PRELOADED = LIBRARIES + "/newer_functions.so"
# Of the prefix: what no test wants.
_LEFT_OUT = shutil.ignore_patterns(
    "__pycache__", "*.a", "*.pyc", "test", "tests", "idlelib", "tkinter", "turtledemo", "share")


def prepare(root: str) -> None:
    """Makes what all copies in `root` need, from its own compiler on."""
    folder = root + LIBRARIES
    os.makedirs(folder, exist_ok=True)
    shutil.copy(os.path.join(HERE, "newer_functions.c"), folder)
    subprocess.run(
        ["chroot", root, "gcc", "-O2", "-shared", "-fPIC", "-o", PRELOADED,
         LIBRARIES + "/newer_functions.c", "-Wl,--no-as-needed", "-lpthread", "-ldl", "-lrt",
         "-lutil"], check=True)
    with open(root + "/etc/ld.so.conf.d/newer.conf", "w", encoding="ascii") as file:
        file.write(LIBRARIES + "\n")
    with open(root + "/etc/ld.so.preload", "w", encoding="ascii") as file:
        file.write(PRELOADED + "\n")


def copy_python(prefix: str, root: str, oldest) -> None:
    """Copies what is installed at `prefix` to the same place in `root`, for glibc `oldest`."""
    target = root + prefix
    if os.path.isdir(target):
        return
    unfinished = target + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(prefix, unfinished, symlinks=True, ignore=_LEFT_OUT)
    for path in set(_elf_files(unfinished)):
        for library in _libraries(path):
            _copy_library(library, root, oldest)
        old_symbols.age(path, oldest)
    subprocess.run(["chroot", root, "ldconfig"], check=True)
    os.rename(unfinished, target)


def _elf_files(folder: str) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if not os.path.islink(path) and os.path.isfile(path) and old_symbols.is_elf(path):
                yield path


def _libraries(path: str) -> Set[str]:
    """Returns the paths of what a file loads from this machine's libraries."""
    text = subprocess.run(["ldd", path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False).stdout.decode()
    return {found for found in re.findall(r"=> (/\S+) ", text) if not found.startswith("/root/")}


def _copy_library(path: str, root: str, oldest) -> None:
    """Copies a library, unless the root has one of its name."""
    name = os.path.basename(path)
    places = (LIBRARIES, "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu")
    if any(os.path.exists(root + place + "/" + name) for place in places):
        return
    target = root + LIBRARIES + "/" + name
    shutil.copyfile(path, target)
    old_symbols.age(target, oldest)
