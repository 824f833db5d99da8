"""Makes folders with a Debian that is as fresh as after its installation.

    with fresh(find_base("bookworm")) as root:
        run_in(root, "/root", "apt-get", "update")

The base is made once for each release, by debootstrap from the mirror that apt uses on
this machine, and kept in ${XDG_CACHE_HOME:-~/.cache}/heapgrind (210 MB), with the
packages that were downloaded into copies of it.  Nothing is installed in the base.
Needs root.
"""

import contextlib
import fcntl
import glob
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from typing import Iterator, List

from python_root import NotRun, choose_mirror, in_namespace, read_output

ARCHIVES = "var/cache/apt/archives"  # Where apt keeps packages.
DEBOOTSTRAP = 'exec debootstrap --variant=minbase "$1" "$2" "$3"'

# $1 is the root, $2 a folder in it; the rest is run there.  The root is a mount, and no
# chroot, in which no program can make namespaces of its own.  What runs ends with us.
ENTER = """
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount --rbind /dev dev
mount --rbind /sys sys
pivot_root . .
umount -l .
cd "$2"
shift 2
exec "$@"
"""


def check_machine(machine: str, user: int) -> None:
    """Raises NotRun where no attempt is worth while."""
    if machine != "x86_64":
        raise NotRun(f"expected a machine of x86-64, got {machine}")
    if user != 0:
        raise NotRun("expected root, to make a root file system")
    for program in ("debootstrap", "unshare"):
        if shutil.which(program) is None:
            raise NotRun(f"expected {program} in PATH (Debian: debootstrap, util-linux)")


def cache_folder() -> str:
    """Returns where what is made once is kept."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "heapgrind")


def find_base(release: str) -> str:
    """Returns the folder with a base system, and makes it if it is not there: four minutes.

    Raises:
        NotRun: It cannot be made here.
    """
    check_machine(platform.machine(), os.geteuid())
    path = os.path.join(cache_folder(), f"debian-{release}-base")
    os.makedirs(cache_folder(), exist_ok=True)
    with open(path + ".lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(path):
            _make_base(release, path)
    return path


def _make_base(release: str, path: str) -> None:
    """Makes the folder under another name, and renames it when it is whole."""
    unfinished = path + ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    print(f"making {path} (four minutes)", file=sys.stderr, flush=True)
    done = subprocess.run(
        in_namespace(DEBOOTSTRAP, release, unfinished, find_mirror()), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        lines = done.stdout.decode(errors="replace").splitlines()
        raise NotRun(f"debootstrap: {lines[-1] if lines else f'exit status {done.returncode}'}")
    os.rename(unfinished, path)


def find_mirror() -> str:
    """Returns the mirror that apt uses here, which has all releases.  Raises NotRun."""
    codename = read_output(["sh", "-c", '. /etc/os-release; echo "${VERSION_CODENAME:-unknown}"'])
    return choose_mirror(read_output([
        "apt-get", "indextargets", "--format", "$(CODENAME) $(SITE)",
        "Created-By: Packages", "Origin: Debian"]), codename.strip())


@contextlib.contextmanager
def fresh(base: str) -> Iterator[str]:
    """A copy of a base, for the time of a `with`.  Keeps the packages that it downloads."""
    packages = f"{base}-packages"
    os.makedirs(packages, exist_ok=True)
    root = tempfile.mkdtemp(prefix=os.path.basename(base) + ".fresh-", dir=cache_folder())
    try:
        subprocess.run(["cp", "-a", "--reflink=auto", base + "/.", root], check=True)
        use_network_of_this_machine(root)
        copy_packages(packages, os.path.join(root, ARCHIVES))
        yield root
        copy_packages(os.path.join(root, ARCHIVES), packages)
    finally:
        subprocess.run(["rm", "-rf", "--one-file-system", root], check=True)


def copy_packages(source: str, target: str) -> None:
    """Copies those packages that are not there, each whole or not at all."""
    for path in glob.glob(os.path.join(glob.escape(source), "*.deb")):
        copy = os.path.join(target, os.path.basename(path))
        if not os.path.exists(copy):
            shutil.copy(path, copy + ".unfinished")
            os.rename(copy + ".unfinished", copy)


def use_network_of_this_machine(root: str) -> None:
    """Lets programs in a folder find hosts and proxies as here."""
    shutil.copy("/etc/resolv.conf", os.path.join(root, "etc", "resolv.conf"))
    settings = read_output(["apt-config", "dump", "--no-empty", "Acquire"]).splitlines()
    proxies = [line for line in settings if "::proxy" in line.lower()]
    with open(os.path.join(root, "etc/apt/apt.conf.d/90proxy"), "w", encoding="ascii") as file:
        file.writelines(line + "\n" for line in proxies)


def environment() -> dict:
    """Returns the environment of a new login, with the proxies of this one."""
    proxies = {name: value for name, value in os.environ.items()
               if name.lower() in ("http_proxy", "https_proxy", "no_proxy")}
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", **proxies}


def command_in(root: str, folder: str, *command: str) -> List[str]:
    """Returns the command that runs another in a folder of a root, with all that it starts."""
    processes = ["unshare", "--pid", "--fork", "--kill-child"]
    return processes + in_namespace(ENTER, root, folder, *command)
