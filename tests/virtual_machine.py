"""A virtual machine with a kernel of Debian's, whose first file system is all it has.

The kernel and busybox are downloaded once to ${XDG_CACHE_HOME:-~/.cache}/heapgrind
(30 MB); they are not installed.  The machine has no disk: what it runs is put into a
folder, beside Python.  Its processor is emulated.

    run_guest(guest, files)   boots it and runs a Python program; returns what it prints
    report(text, line)        prints the lines of its cases, as every test of this kind
"""

import glob
import os
import re
import shutil
import subprocess
import tempfile
from typing import Callable, Dict, Set

from python_root import NotRun, cache_folder, check_program, locked, read_output

PYTHON = "/usr/bin/python3"
KERNEL_PACKAGE = "linux-image-cloud-amd64"
LONGEST_RUN = 600  # Seconds.

INIT = """#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /tmp
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox chmod 1777 /tmp
/usr/bin/python3 -S /guest.py
/bin/busybox reboot -f
"""
# Prints the files of Python that a program with these imports reads.
LIST_MODULES = """
import atexit, ctypes, encodings.ascii, json, os, re, subprocess, sys
for module in list(sys.modules.values()):
    print(getattr(module, "__file__", None) or "")
"""


def download() -> str:
    """Returns a folder with the kernel and busybox, unpacked; makes it once.  Raises NotRun."""
    dependencies = read_output(["apt-cache", "depends", KERNEL_PACKAGE])
    found = re.search(r"Depends: (linux-image-\S+)", dependencies)
    if found is None:
        raise NotRun(f"expected the package {KERNEL_PACKAGE} in apt's sources, got none")
    folder = os.path.join(cache_folder(), found.group(1))
    os.makedirs(cache_folder(), exist_ok=True)
    with locked(folder + ".lock"):
        if not os.path.isdir(folder):
            _unpack((found.group(1), "busybox-static"), folder)
    return folder


def _unpack(packages, folder: str) -> None:
    with tempfile.TemporaryDirectory(dir=cache_folder()) as temporary:
        read_output(["sh", "-c", 'cd "$1"; shift; apt-get -qq download "$@" 2>/dev/null', "sh",
                     temporary, *packages])
        new = os.path.join(temporary, "new")
        for package in glob.glob(os.path.join(glob.escape(temporary), "*.deb")):
            read_output(["dpkg-deb", "-x", package, new])
        os.rename(new, folder)


def python_files() -> Set[str]:
    """Returns the paths of Python, of its modules that are needed, and of their libraries."""
    files = set(filter(None, read_output([PYTHON, "-S", "-c", LIST_MODULES]).splitlines()))
    files.add(os.path.realpath(PYTHON))
    for path in [path for path in files if not path.endswith(".py")]:
        files.update(re.findall(r"(/\S+) \(", read_output(["ldd", path])))
    return files


def make_tree(tree: str, system: str, files: Dict[str, str]) -> None:
    """Puts what the machine has into a folder."""
    def put(source: str, name: str) -> None:
        target = tree + name
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(source, target)

    for path in python_files():
        put(path, path)
    put(os.path.realpath(PYTHON), PYTHON)
    put(os.path.join(system, "bin", "busybox"), "/bin/busybox")
    for name, path in files.items():
        put(path, name)
    with open(os.path.join(tree, "init"), "w", encoding="ascii") as file:
        file.write(INIT)
    os.chmod(os.path.join(tree, "init"), 0o755)


def run_machine(system: str, tree: str) -> str:
    """Returns what the machine prints."""
    archive = tree + ".cpio"
    pack = 'cd "$1" && find . | "$2" cpio -o -H newc > "$3" 2>/dev/null'
    read_output(["sh", "-c", pack, "sh", tree, os.path.join(system, "bin", "busybox"), archive])
    (kernel,) = glob.glob(os.path.join(glob.escape(system), "boot", "vmlinuz-*"))
    command = ["qemu-system-x86_64", "-accel", "tcg", "-m", "512", "-nographic",
               "-nodefaults", "-serial", "stdio", "-no-reboot", "-kernel", kernel,
               "-initrd", archive, "-append", "console=ttyS0 quiet panic=-1 no_timer_check"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=LONGEST_RUN, check=False)
    return done.stdout.decode(errors="replace").replace("\r", "")


def run_guest(guest: str, files: Dict[str, str]) -> str:
    """Returns what a Python program prints in the machine.

    Args:
        guest: The path of the program.
        files: Others that are there: {path in the machine: path here}.

    Raises:
        NotRun, OSError, subprocess.TimeoutExpired: There can be no machine.
    """
    check_program("qemu-system-x86_64", "qemu-system-x86")
    system = download()
    with tempfile.TemporaryDirectory() as folder:
        tree = os.path.join(folder, "tree")
        make_tree(tree, system, dict(files, **{"/guest.py": guest}))
        return run_machine(system, tree)


def report(run: Callable[[], str], case: str) -> int:
    """Prints a line for each case, and last `N passed, N failed`; or why it could not be
    run: `not run: REASON`.

    Args:
        run: Returns what the machine prints.
        case: How the line of a case begins.

    Returns:
        The exit status: 0 when all passed, else 1.
    """
    try:
        text = run()
    except (NotRun, OSError, subprocess.TimeoutExpired) as reason:
        print(f"not run: {reason}")
        return 1
    found = re.search(rf"^(?:{case}.*\n)+\d+ passed, (\d+) failed$", text, re.MULTILINE)
    if found is None:
        print(f"{text}\n0 passed, 1 failed")
        return 1
    print(found.group())
    return 0 if found.group(1) == "0" else 1
