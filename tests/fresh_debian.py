"""Copies of a Debian that are as fresh as after its installation.

    with fresh("bookworm") as root:
        subprocess.run(command_in(root, "/root", "apt-get", "update"), ...)

python_root.py makes the base that is copied, and keeps it (210 MB); nothing is ever
installed in it.  The packages that copies download are kept beside it.  Needs root.
"""

import contextlib
import glob
import os
import shutil
import subprocess
import tempfile
from typing import Iterator, List

from python_root import Debian, cache_folder, in_namespace, make, read_output

ARCHIVES = "var/cache/apt/archives"  # Where apt keeps packages.

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


@contextlib.contextmanager
def fresh(release: str) -> Iterator[str]:
    """A folder with a release, for the time of a `with`.  Raises NotRun."""
    base = make(Debian(release, "amd64", ()))
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
