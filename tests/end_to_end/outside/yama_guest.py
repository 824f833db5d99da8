"""What tests/test_yama.py runs in a virtual machine whose kernel has yama.

Prints a line for each case, and last `N passed, N failed`.
"""

import re
import subprocess

SCOPE = "/proc/sys/kernel/yama/ptrace_scope"
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}
ROOT = {}
WAITS = "import sys; print('ready'); sys.stdout.flush(); sys.stdin.readline()"
# prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY)
ALLOWS = "import ctypes; ctypes.CDLL(None).prctl(0x59616d61, ctypes.c_ulong(2**64 - 1))\n" + WAITS

DUMPED = r"heapgrind dump: wrote \d{5,} objects of \d+ bytes to \S+; stopped the process for \S+ s\n"
REFUSED = (r"heapgrind dump: process \d+: expected the right to trace it, which "
           r"kernel\.yama\.ptrace_scope={} takes away\nhint: {}\n")
AS_ROOT = r"dump it as root, or: sysctl kernel\.yama\.ptrace_scope=0"
FOR_EVER = "it stays so until the system starts again"

# Scope, who dumps, what the process of nobody runs, what is said.  3 cannot be left again.
CASES = (
    (0, NOBODY, WAITS, DUMPED),
    (1, NOBODY, WAITS, REFUSED.format(1, AS_ROOT)),
    (1, NOBODY, ALLOWS, DUMPED),
    (1, ROOT, WAITS, DUMPED),
    (2, NOBODY, ALLOWS, REFUSED.format(2, AS_ROOT)),
    (2, ROOT, WAITS, DUMPED),
    (3, ROOT, WAITS, REFUSED.format(3, FOR_EVER)),
)


def run_case(number, scope, user, program, expected):
    """Returns what is wrong; "" if nothing is."""
    with open(SCOPE, "w", encoding="ascii") as file:
        file.write(str(scope))
    process = subprocess.Popen(
        ["/usr/bin/python3", "-S", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        encoding="utf-8", **NOBODY)
    process.stdout.readline()
    done = subprocess.run(
        ["/heapgrind", "dump", str(process.pid), "--blobs", "/blobs", "-o", f"/tmp/{number}.json"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False, **user)
    process.communicate("\n")
    if process.returncode != 0:
        return f"the process ended with {process.returncode}"
    if re.fullmatch(expected, done.stdout) is None:
        return "got " + repr(done.stdout)
    return "" if (done.returncode == 0) == (expected == DUMPED) else f"status {done.returncode}"


def main():
    failed = 0
    for number, (scope, user, program, expected) in enumerate(CASES):
        wrong = run_case(number, scope, user, program, expected)
        name = f"ptrace_scope={scope}, {'nobody' if user else 'root'}, " \
               f"{'allowed by the process' if program == ALLOWS else 'not allowed by it'}"
        print(f"{name}: {wrong or 'as expected'}")
        failed += bool(wrong)
    print(f"{len(CASES) - failed} passed, {failed} failed")


if __name__ == "__main__":
    main()
