"""A busy program is stopped many times, and notices nothing."""

import json
import os
import shutil
import unittest

from tests.end_to_end.outside import outside_support

_STOPS = int(os.environ.get("HEAPGRIND_TEST_STOPS", "50"))
_MOST_DAMAGED = 10  # Records of one dump: what was half done.


def _check(case, dump_once, *command):
    """Runs the busy program under a Python, and dumps it many times."""
    with outside_support.Process((command[0], outside_support.BUSY_PROGRAM) + command[1:]) as process:
        case.assertEqual(process.first_line, "ready\n")
        for _ in range(_STOPS):
            case.assertDumped(dump_once(process.pid))
        process.say()
        case.assertEqual(process.process.stdout.readline(), "quiet\n")
        case.assertEqual(process.children(), [])
        process.say()
        case.assertEqual(process.process.stdout.read(), "done\n")


class StopsTest(outside_support.OutsideTestCase):
    def _check(self, python, *arguments):
        if python is None:
            self.skipTest("not run: no such Python")
        _check(self, lambda pid: self.dump(pid, python=python), python, *arguments)

    def test_debians_python_notices_nothing(self):
        self._check(outside_support.SYSTEM_PYTHON)

    def test_program_that_begins_processes_notices_nothing(self):
        self._check(outside_support.SYSTEM_PYTHON, "processes")

    def test_debug_build_notices_nothing(self):
        self._check(shutil.which("python3-dbg"))

    def test_python_2_7_notices_nothing(self):
        self._check(outside_support.pyenv("2.7"))

    def test_python_3_8_notices_nothing(self):
        self._check(outside_support.pyenv("3.8"))

    def test_python_3_11_notices_nothing(self):
        self._check(outside_support.pyenv("3.11"))

    def test_python_3_13_notices_nothing(self):
        self._check(outside_support.pyenv("3.13"))


class ScannedStopsTest(outside_support.ScannerTestCase):
    def test_every_dump_is_whole(self):
        _check(self, self._dump, outside_support.SYSTEM_PYTHON)

    def _dump(self, pid):
        """Dumps with the scanner, and looks at the dump; returns what dump() does."""
        result = outside_support.heapgrind_program.run(
            "dump", str(pid), "--blobs", self.blobs, "-o", self.output)
        if result.returncode == 0:
            self._check_dump()
        return result

    def _check_dump(self):
        with open(self.output, encoding="utf-8") as file:
            lines = file.readlines()
        end = json.loads(lines[-1])
        self.assertEqual(end["end"], sum(line.startswith('{"address"') for line in lines))
        self.assertGreater(end["end"], 10000)
        damages = [end.get(key, 0) for key in ("damaged", "unreadable", "lost_roots")]
        self.assertLessEqual(sum(damages), _MOST_DAMAGED, end)


if __name__ == "__main__":
    unittest.main()
