"""heapgrind is killed (SIGKILL) at any moment, and the process that it dumps is unharmed."""

import os
import random
import signal
import subprocess
import time

import unittest

from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program

_KILLS = int(os.environ.get("HEAPGRIND_TEST_KILLS", "200"))
_SEED = 20260131
# A busy program with enough memory that most of a dump is the fork.
_BALLAST = "BALLAST = bytearray(b'x') * ({} << 20)\n"
_MEGABYTES = int(os.environ.get("HEAPGRIND_TEST_BALLAST", "200"))


class KilledTest(outside_support.OutsideTestCase):
    def _begin(self, pid, blobs):
        return subprocess.Popen(
            [heapgrind_program.PROGRAM, "dump", str(pid), "--blobs", blobs, "-o", self.output],
            stderr=subprocess.DEVNULL)

    def test_target_is_unharmed(self):
        blobs = outside_support.make_blobs(self.folder, passes=20)
        program = os.path.join(self.folder, "program.py")
        with open(outside_support.BUSY_PROGRAM, encoding="utf-8") as file:
            text = file.read().replace("LIBC =", _BALLAST.format(_MEGABYTES) + "LIBC =")
        with open(program, "w", encoding="utf-8") as file:
            file.write(text)
        numbers = random.Random(_SEED)
        command = (outside_support.SYSTEM_PYTHON, program, "processes")
        with outside_support.Process(command) as process:
            start = time.monotonic()
            self.assertEqual(self._begin(process.pid, blobs).wait(), 0)
            duration = time.monotonic() - start
            for _ in range(_KILLS):
                dump = self._begin(process.pid, blobs)
                time.sleep(numbers.random() * duration)
                dump.send_signal(signal.SIGKILL)
                dump.wait()
            process.say()
            self.assertEqual(process.process.stdout.readline(), "quiet\n", numbers)
            # What is left are zombies: no copy runs.
            self._wait_for_copies(process)
            # It still can be dumped.
            self.assertEqual(self._begin(process.pid, blobs).wait(), 0)
            process.say()
            self.assertEqual(process.process.stdout.read(), "done\n")

    def _wait_for_copies(self, process):
        """The kernel kills a copy when heapgrind ends, but that takes its time."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            states = {outside_support.state(pid) for pid in process.children()}
            if states <= {"Z", ""}:
                return
            time.sleep(0.01)
        self.fail(f"children of the process: {states}")


if __name__ == "__main__":
    unittest.main()
