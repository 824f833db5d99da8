"""Tests that a heap has the same profile whether its process dumps itself or is dumped by
`python -m heapgrind attach`."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.support import converter

# Dumps itself, then waits, in the same frames and with the same objects.  The dump before
# makes what the first one leaves behind.
_PROGRAM = """
import sys, threading
import heapgrind

class Session:
    def __init__(self, number):
        self.name = "session %d" % number
        self.data = [number] * 50

CACHE = {number: ["value %d" % number, (number, float(number))] for number in range(20000)}
SESSIONS = [Session(number) for number in range(5000)]
RELEASE = threading.Event()
threading.Thread(target=RELEASE.wait, daemon=True).start()

def wait():
    sys.stdout.write("ready\\n")
    sys.stdout.flush()
    sys.stdin.read()

def work():
    rows = ["row %d" % number for number in range(1000)]
    for step in (dump, dump, wait):
        step()

def dump():
    heapgrind.dump(sys.argv[1])

work()
"""

# What the calls of `dump` and `wait` themselves hold, bytes.
_TOLERANCE = 2000


def _costs(dump):
    """Returns {name: self cost} of a dump's profile."""
    profile_path = dump + ".callgrind"
    converter.convert(dump, profile_path)
    profile = callgrind_file.read(profile_path)
    return {function.name: function.self_cost[0] for function in profile.functions.values()}


@unittest.skipUnless(shutil.which("gdb"), "needs gdb")
class AttachedProfileTest(unittest.TestCase):

    def test_attach_shows_what_a_dump_shows(self):
        environment = dict(os.environ, PYTHONPATH=os.path.abspath("scanner"))
        with tempfile.TemporaryDirectory() as folder:
            own, attached = (os.path.join(folder, name) for name in ("own.json", "attached.json"))
            process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, own], env=environment, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE)
            self.assertEqual(process.stdout.readline(), b"ready\n")
            subprocess.run(
                [sys.executable, "-m", "heapgrind", "attach", "-o", attached, str(process.pid)],
                env=environment, stderr=subprocess.PIPE, check=True)
            process.communicate(b"")
            expected, found = _costs(own), _costs(attached)
        self.assertEqual(process.returncode, 0)
        # The functions that the threads were in when the dump was taken.
        rows = [name for name in expected if "Session" in name or "CACHE" in name or "rows" in name]
        self.assertGreater(len(rows), 5)
        self.assertEqual({name: found.get(name) for name in rows},
                         {name: expected[name] for name in rows})
        changed = {name for name in set(found) | set(expected)
                   if found.get(name) != expected.get(name)}
        self.assertLess(sum(abs(found.get(name, 0) - expected.get(name, 0)) for name in changed),
                        _TOLERANCE, changed)


if __name__ == "__main__":
    unittest.main()
