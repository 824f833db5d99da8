"""Dumps before memory runs out: what limits it, and what a dump may cost then."""

import os

from heapgrind import _scanner

# Below this share of the anonymous memory, a fork has no room for what the process
# changes meanwhile.
_LEAST_LEFT = 0.05

_IN_MEMORY = ("tmpfs", "ramfs", "rootfs", "devtmpfs")
_LAYERS = ("overlay", "aufs")


def describe():
    """Returns what is used of what limit: "91 % of 512 MiB used, the limit of ..."."""
    used, limit, _, _, limited_by = _scanner.memory_use()
    return "{} % of {} MiB used, {}".format(
        100 * used // max(limit, 1), limit >> 20, _limit_of(limited_by)
    )


def is_tight():
    """True if a copy of the process is too much: little of the limit is left, or who
    goes over it is killed with all of its group, a copy or not."""
    used, limit, anonymous, kills_group, _ = _scanner.memory_use()
    return kills_group or limit - used < anonymous * _LEAST_LEFT


def faults(out):
    """Returns what is to be said at the start: there is no limit, or a dump would
    be where it is of no use."""
    texts = []
    if _scanner.memory_use()[1] == 0:
        texts.append("limit> does not dump: no limit of the memory is known")
    kind = _file_system_of(os.path.dirname(out))
    if kind in _IN_MEMORY:
        texts.append(
            "dumps to '{}' take memory themselves, for it is on {}: write them to a "
            "disk".format(out, kind)
        )
    if kind in _LAYERS:
        texts.append(
            "dumps to '{}' are lost with the container, for it is in a layer of its "
            "own: write them to a volume".format(out)
        )
    return texts


def _limit_of(limited_by):
    if limited_by.startswith("/"):
        return "the limit of {}".format(limited_by)
    return {"RLIMIT_AS": "the limit of the address space"}.get(
        limited_by, "the memory of the machine"
    )


def _file_system_of(folder):
    """Returns the type of the file system that a folder is in, as proc(5),
    mountinfo, has it; None if that is not known."""
    while not os.path.exists(folder) and folder != "/":
        folder = os.path.dirname(folder)
    device = os.stat(folder).st_dev
    number = "{}:{}".format(os.major(device), os.minor(device))
    try:
        with open("/proc/self/mountinfo", "rb") as mounts:
            lines = [line.decode("utf-8", "replace").split() for line in mounts]
    except EnvironmentError:
        return None
    kinds = [line[line.index("-") + 1] for line in lines if line[2] == number]
    return kinds[-1] if kinds else None
