"""Makes a folder with another Debian, whose Python the scanner is tested on.

Usage: python_root.py DISTRIBUTION

DISTRIBUTION is sid (Python 3.14 and 3.15), trixie (3.13, and a debug build of it)
or musl (3.13, built there with musl).
The folder is made once, by debootstrap from the mirror that apt uses here; it
takes 1 GB in ${XDG_CACHE_HOME:-~/.cache}/heapgrind, for every clone of this
project.  What it is made of is part of its name, so that a change makes another
one; sid is as new as the folder, which may be deleted.

Needs root.  Prints the folder's path; exit status 1 if there can be none.

    make(debian)         makes the folder; returns its path
    run_in(debian, ...)  runs a command there, in a mount namespace of its own: nothing
                         stays mounted, and what is written to /tmp is gone
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from typing import Any, Callable, Iterator, List, NamedTuple, Sequence, Tuple

import attempts
import emulated
import musl_python

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Mounts are seen in the namespace alone, and end with it.
DEBOOTSTRAP = """
exec debootstrap --arch="$1" --variant=minbase ${2:+--include="$2"} "$3" "$4" "$5"
"""
# $1 is the root, $2 what is seen as /mnt; the rest is run.  The root is mounted, too,
# because programs there may want a mount namespace of their own.
ENTER = """
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
mount --bind "$2" "$1/mnt"
mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
cd "$1"
shift 2
exec "$@"
"""


class Debian(NamedTuple):
    """What such a folder is made of."""

    codename: str
    architecture: str  # As dpkg calls it; arm64 is emulated, musl_python.py has that of musl.
    packages: Tuple[str, ...]


_TOOLS = ("g++", "gcc", "gzip", "zstd", "util-linux", "python3-numpy", "python3-venv")
DISTRIBUTIONS = {
    "sid": Debian("sid", "amd64", _TOOLS + ("python3-dev", "python3.15-dev", "python3.15-venv")),
    "trixie": Debian("trixie", "amd64", _TOOLS + ("python3-dev", "python3-dbg")),
}
# The oldest that the mirror has, glibc 2.31: wheels are run there, on its Pythons and on others
# that are built there.
OLDEST = Debian("bullseye", "amd64", _TOOLS + (
    "dpkg-dev", "file", "libbz2-dev", "libffi-dev", "liblzma-dev", "libsqlite3-dev", "libssl-dev",
    "make", "patch", "pkg-config", "python3-dev", "python2.7-dev", "uuid-dev", "xz-utils",
    "zlib1g-dev"))
# Beside Debian's own Python there is one with musl: musl_python.py.
MUSL = Debian(musl_python.CODENAME, musl_python.ARCHITECTURE, musl_python.PACKAGES)
# The Pythons of each Debian that tests run on.
PYTHONS = {"bullseye": ("2.7", "3.9"), "bookworm": ("3.11",), "trixie": ("3.13",),
           "sid": ("3.14", "3.15")}
# Of the machine, as `uname -m` calls them: what of Debian it runs.
MACHINES = {"amd64": ("x86_64",), "arm64": ("x86_64",), "i386": ("x86_64", "i686"),
            musl_python.ARCHITECTURE: ("x86_64",)}


class NotRun(Exception):
    """This machine cannot make or run such a folder; the text says why."""


def check_machine(architecture: str, machine: str, user: int) -> None:
    """Raises NotRun where no attempt is worth while."""
    if machine not in MACHINES[architecture]:
        raise NotRun(f"expected a machine that runs programs for {architecture}, got {machine}")
    if user != 0:
        raise NotRun("expected root, to make a root file system")
    check_program("unshare", "util-linux")
    if architecture == "arm64" and not os.path.exists(emulated.EMULATOR):
        raise NotRun(f"expected {emulated.EMULATOR} (Debian: qemu-user-static)")


def check_program(name: str, package: str) -> None:
    """Raises NotRun if a program is not there."""
    if shutil.which(name) is None:
        raise NotRun(f"expected {name} in PATH (Debian: {package})")


def choose_mirror(targets: str, codename: str) -> str:
    """Returns the mirror of the Debian that this machine runs, which has all of them.

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


def find_mirror() -> str:
    """Returns the mirror that apt uses here.  Raises NotRun."""
    targets = read_output([
        "apt-get", "indextargets", "--format", "$(CODENAME) $(SITE)",
        "Created-By: Packages", "Origin: Debian"])
    return choose_mirror(targets, own_codename())


def own_codename() -> str:
    """Returns the release that this machine runs; "unknown" if it does not say."""
    script = '. /etc/os-release; echo "${VERSION_CODENAME:-unknown}"'
    return read_output(["sh", "-c", script]).strip()


def read_output(command: Sequence[str]) -> str:
    """Returns what a command prints.  Raises NotRun if it cannot be run or fails."""
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotRun(f"'{command[0]}': {error}") from error


def in_namespace(script: str, *arguments: str) -> List[str]:
    """Returns the command that runs a shell script where its mounts are its own."""
    return ["unshare", "--mount", "sh", "-euc", script, "sh", *arguments]


def cache_folder() -> str:
    """Returns where what is made once is kept; see the XDG Base Directory Specification."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(cache):
        cache = os.path.expanduser("~/.cache")
    return os.path.join(cache, "heapgrind")


def path_of(debian: Debian) -> str:
    """Returns the folder's path, which says what it is made of."""
    parts = [debian.codename, debian.architecture, *sorted(debian.packages), _script(debian)]
    parts += [emulated.COMPILE] if _is_emulated(debian) else []
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    name = f"debian-{debian.codename}-{debian.architecture}-{digest[:12]}"
    return os.path.join(cache_folder(), name)


def _is_emulated(debian: Debian) -> bool:
    return debian.architecture == "arm64"


def _script(debian: Debian) -> str:
    """Returns what makes the folder, but for what an emulator runs there."""
    special = {"arm64": emulated.DEBOOTSTRAP, musl_python.ARCHITECTURE: musl_python.DEBOOTSTRAP}
    return special.get(debian.architecture, DEBOOTSTRAP)


def make(debian: Debian) -> str:
    """Makes the folder, unless it is there; returns its path.

    Takes four minutes, and ten where Python is built; waits while another process makes the same.

    Raises:
        NotRun: It cannot be made or run here.
    """
    check_machine(debian.architecture, platform.machine(), os.geteuid())
    path = path_of(debian)
    make_once(path, lambda lock: _make(debian, path, lock))
    if run_in(debian, *(("python3", "-c", "") if _is_emulated(debian) else ("true",))) != 0:
        raise NotRun(f"expected to run programs of {path}, cannot")
    return path


def make_once(path: str, make_it: Callable[[int], None]) -> None:
    """Calls make_it, with the descriptor of a lock, unless the folder is there.

    Waits while another process makes the same.

    Raises:
        NotRun: It cannot be made here.
    """
    if os.path.isdir(path):
        return
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with locked(path + ".lock") as lock:
            if not os.path.isdir(path):
                make_it(lock)
    except OSError as error:
        raise NotRun(f"'{error.filename}': {error.strerror}") from error


@contextlib.contextmanager
def locked(path: str) -> Iterator[int]:
    """A lock that ends with the last process that has its descriptor."""
    with open(path, "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


def _make(debian: Debian, path: str, lock: int) -> None:
    """Makes the folder under another name, and renames it when it is whole."""
    check_program("debootstrap", "debootstrap")
    mirror = find_mirror()
    unfinished = path + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    print(f"making {path} (some minutes)", file=sys.stderr, flush=True)
    # The lock goes with debootstrap, which may live longer than this process.
    done = subprocess.run(
        in_namespace(_script(debian), debian.architecture, ",".join(debian.packages),
                     debian.codename, unfinished, mirror),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        pass_fds=[lock], check=False)
    if done.returncode != 0:
        lines = done.stdout.decode(errors="replace").splitlines()
        raise NotRun(f"debootstrap: {lines[-1] if lines else f'exit status {done.returncode}'}")
    os.rename(unfinished, path)
    if _is_emulated(debian):
        run_in(debian, "sh", "-uc", emulated.COMPILE, stdout=subprocess.DEVNULL)


def run_in(debian: Debian, *command: str, **options: Any) -> int:
    """Runs a command in the folder, where /mnt is this project; returns its exit status.

    Args:
        options: Those of subprocess.run.
    """
    chroot = ["chroot", ".", *command]
    if debian.architecture == "i386":
        chroot = ["setarch", "i686", *chroot]
    elif _is_emulated(debian):
        chroot = ["sh", "-euc", emulated.ENTER, "sh", *command]
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8",
                   "PYTHONDONTWRITEBYTECODE": "1", **attempts.variables()}
    return subprocess.run(
        in_namespace(ENTER, path_of(debian), TOP, *chroot), env=environment,
        stdin=subprocess.DEVNULL, check=False, **options).returncode


def main(arguments: List[str]) -> int:
    known = {**DISTRIBUTIONS, "musl": MUSL}
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("distribution", choices=sorted(known))
    options = parser.parse_args(arguments)
    return print_made("python_root.py", lambda: make(known[options.distribution]))


def print_made(program: str, make_it: Callable[[], str]) -> int:
    """Prints the path that make_it returns, or why it cannot; returns the exit status."""
    try:
        print(make_it())
    except NotRun as reason:
        print(f"{program}: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
