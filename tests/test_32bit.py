"""Runs the scanner's tests on a Python of 32 bits.

Usage: test_32bit.py [--dump=FILE] ROOT

ROOT is a folder with Debian for i386, the release that this machine runs.  It is
made once, by debootstrap from the mirror that apt uses here, and takes 600 MB.
What test_pythons.py does for the interpreters of this machine is done there for
Debian's, in a mount namespace of its own, so that nothing stays mounted.

--dump: dumps the heap of testdata/programs/leak.py to FILE instead, compressed.

Prints what test_pythons.py prints; the last line is `N passed, N failed`.  Where
such a folder cannot be made the last line is `not run: REASON` instead.
Exit status: 0 when all passed, else 1.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from typing import List, Sequence

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKAGES = "python3-dev,libpython3-dev,gcc,g++"

# Mounts are seen in the namespace alone, and end with it.
DEBOOTSTRAP = 'exec debootstrap --arch=i386 --variant=minbase --include="$1" "$2" "$3" "$4"'
# $1 is the root, $2 what is seen as /mnt; the rest is run.
ENTER = """
mount -t proc proc "$1/proc"
mount --bind "$2" "$1/mnt"
cd "$1"
shift 2
exec setarch i686 chroot . "$@"
"""

# Writes a wheel and a dump to the folder $1; the program sees no path of this machine.
DUMP = """
cd /tmp
rm -rf heapgrind-testdata
mkdir heapgrind-testdata
cd heapgrind-testdata
python3 -m zipfile -e "$(python3 /mnt/scanner/build_wheel.py --out . | tail -n 1)" .
cp /mnt/testdata/programs/leak.py .
PYTHONHASHSEED=0 PYTHONPATH=. python3 -S leak.py leak.json
gzip -n -9 leak.json
"""


class NotRun(Exception):
    """This machine cannot run programs of Debian for i386; the text says why."""


def check_machine(machine: str, user: int) -> None:
    """Raises NotRun where no attempt is worth while."""
    if machine not in ("x86_64", "i686"):
        raise NotRun(f"expected a machine that runs programs for i386, got {machine}")
    if user != 0:
        raise NotRun("expected root, to make a root file system")
    for program in ("debootstrap", "unshare"):
        if shutil.which(program) is None:
            raise NotRun(f"expected {program} in PATH (Debian: debootstrap, util-linux)")


def choose_mirror(targets: str, codename: str) -> str:
    """Returns the mirror of a Debian release.

    Args:
        targets: A line for each index that apt knows: codename of the release, and site.
        codename: That of the release.

    Raises:
        NotRun: apt uses none.
    """
    for line in targets.splitlines():
        release, _, site = line.partition(" ")
        if release == codename:
            return site
    raise NotRun(f"expected a mirror of Debian '{codename}' in apt's sources, got none")


def read_output(command: Sequence[str]) -> str:
    """Returns what a command prints.  Raises NotRun if it cannot be run or fails."""
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotRun(f"'{command[0]}': {error}") from error


def in_namespace(script: str, *arguments: str) -> List[str]:
    """Returns the command that runs a shell script where its mounts are its own."""
    return ["unshare", "--mount", "sh", "-euc", script, "sh", *arguments]


def make_root(root: str) -> None:
    """Makes the folder, unless it is there.  Raises NotRun."""
    if os.path.isdir(root):
        return
    codename = read_output(["sh", "-c", '. /etc/os-release; echo "${VERSION_CODENAME:-unknown}"'])
    targets = read_output([
        "apt-get", "indextargets", "--format", "$(CODENAME) $(SITE)",
        "Created-By: Packages", "Origin: Debian"])
    mirror = choose_mirror(targets, codename.strip())
    unfinished = root + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    os.makedirs(os.path.dirname(root), exist_ok=True)
    print(f"making {root} (two minutes)", file=sys.stderr, flush=True)
    done = subprocess.run(
        in_namespace(DEBOOTSTRAP, PACKAGES, codename.strip(), unfinished, mirror),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        lines = done.stdout.decode(errors="replace").splitlines()
        raise NotRun(f"debootstrap: {lines[-1] if lines else f'exit status {done.returncode}'}")
    os.rename(unfinished, root)


def run_in(root: str, *command: str) -> int:
    """Runs a command in the folder, where /mnt is this project; returns its exit status."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8",
                   "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        in_namespace(ENTER, root, TOP, *command), env=environment, stdin=subprocess.DEVNULL,
        check=False).returncode


def make_dump(root: str, path: str) -> int:
    """Dumps a heap in the folder; returns the exit status."""
    status = run_in(root, "sh", "-euc", DUMP)
    if status == 0:
        folder = os.path.join(root, "tmp", "heapgrind-testdata")
        shutil.copyfile(os.path.join(folder, "leak.json.gz"), path)
        shutil.rmtree(folder)
    return status


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("--dump", metavar="FILE")
    parser.add_argument("root")
    options = parser.parse_args(arguments)
    root = os.path.abspath(options.root)
    try:
        check_machine(platform.machine(), os.geteuid())
        make_root(root)
        if run_in(root, "true") != 0:
            raise NotRun(f"expected to run programs of {root}, cannot")
    except NotRun as reason:
        print(f"not run: {reason}")
        return 1
    if options.dump:
        return make_dump(root, options.dump)
    return 1 if run_in(root, "python3", "/mnt/tests/test_pythons.py", "/usr/bin/python3") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
