"""What tests/test_cgroup2.py runs in a virtual machine: programs that grow until the kernel
kills them, in control groups of version 2.

Prints a line for each case, and last `N passed, N failed`.
"""

import json
import os
import re
import subprocess

GROUPS = "/sys/fs/cgroup"
MIB = 1 << 20
LIMIT = 64 * MIB

# Takes so many MiB for each line that it reads, and never gives them back.
GROWS = """\
import sys
sys.path.insert(0, "/packages")
from heapgrind import _hook
_hook.start_from_environment()
HOARD = []
print("ready", flush=True)
while True:
    for _ in range(int(sys.stdin.readline())):
        HOARD.append(bytearray(b"x" * (1 << 20)))
"""

# What is said of the case, the files of groups, the group of the program, the settings, the
# group whose limit it is.
CASES = (
    ("memory.max of its group", {"a/memory.max": LIMIT}, "a", "limit>70%,fork", "a"),
    ("memory.max of the group above", {"b/memory.max": LIMIT}, "b/c", "limit>70%,fork", "b"),
    ("memory.oom.group, in the process",
     {"d/memory.max": LIMIT, "d/memory.oom.group": 1}, "d", "limit>70%,fork", "d"),
    ("memory.max of its group, without a fork",
     {"e/memory.max": LIMIT}, "e", "limit>50%,limit>70%", "e"),
)


def make_group(group, files):
    """Makes a group and those above it, in which memory is counted."""
    folder = GROUPS
    for name in group.split("/"):
        with open(folder + "/cgroup.subtree_control", "w", encoding="ascii") as file:
            file.write("+memory")
        folder += "/" + name
        os.makedirs(folder, exist_ok=True)
    for name, number in files.items():
        with open(f"{GROUPS}/{name}", "w", encoding="ascii") as file:
            file.write(str(number))


def hoard_in(path):
    """Returns how many bytearrays a whole dump has; -1 if it is not whole."""
    with open(path, encoding="utf-8") as dump:
        lines = dump.read().rstrip("\n").split("\n")  # Texts hold other ends of lines.
    if not lines[-1].startswith('{"end": '):
        return -1
    return sum(json.loads(line).get("type") == "bytearray" for line in lines)


def run_case(number, group, settings, limited_by):
    """Returns what the dump's line says and "", or what is wrong."""
    process = subprocess.Popen(
        ["/usr/bin/python3", "-S", "-c", GROWS], bufsize=0, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"HEAPGRIND": settings + f",out=/tmp/{number}-%n.json"})
    process.stdout.readline()
    with open(f"{GROUPS}/{group}/cgroup.procs", "w", encoding="ascii") as file:
        file.write(str(process.pid))
    process.stdin.write(b"48\n")
    line = process.stderr.readline().decode()
    while "take memory themselves" in line:  # There is no disk.
        line = process.stderr.readline().decode()
    process.stdin.write(b"1000\n")
    process.communicate()
    found = re.fullmatch(
        r"heapgrind: wrote (\d+ objects of \d+ bytes in \S+ s) to (\S+) "
        rf"\((\d+) % of 64 MiB used, the limit of {GROUPS}/{limited_by}\)\n", line)
    if found is None:
        return "", "got " + repr(line)
    if process.returncode != -9:
        return "", f"status {process.returncode}"
    if hoard_in(found.group(2)) != 48:
        return "", f"{hoard_in(found.group(2))} bytearrays in the dump"
    return f"{found.group(1)} at {found.group(3)} %", ""


def main():
    subprocess.check_call(["/bin/busybox", "mount", "-t", "sysfs", "sysfs", "/sys"])
    subprocess.check_call(["/bin/busybox", "mount", "-t", "cgroup2", "none", GROUPS])
    with open("/proc/sys/kernel/printk", "w", encoding="ascii") as file:
        file.write("1")  # Its console is ours: of whom it kills, the status tells.
    failed = 0
    for number, (name, files, group, settings, limited_by) in enumerate(CASES):
        make_group(group, files)
        figures, wrong = run_case(number, group, settings, limited_by)
        print(f"{name}: {wrong or 'as expected, ' + figures}")
        failed += bool(wrong)
    print(f"{len(CASES) - failed} passed, {failed} failed")


if __name__ == "__main__":
    main()
