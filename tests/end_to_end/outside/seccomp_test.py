"""Processes under seccomp: dumped where that can be suspended, else refused."""

import unittest

from tests.end_to_end.outside import outside_support

# Forbids clone in the way that its argument says.  An instruction is: code, jump if true, jump
# if false, value; linux/filter.h.
_PROGRAM = """
import ctypes, os, struct, sys
action = {"ERRNO": 0x00050001, "KILL": 0x80000000}[sys.argv[1]]
code = [(0x20, 0, 0, 0), (0x15, 0, 1, 56), (0x06, 0, 0, action), (0x06, 0, 0, 0x7fff0000)]
text = b"".join(struct.pack("HBBI", *one) for one in code)
keep = ctypes.create_string_buffer(text)
program = struct.pack("HxxxxxxQ", len(code), ctypes.addressof(keep))
libc = ctypes.CDLL(None)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.c_char_p(program)) == 0
print("ready")
sys.stdout.flush()
sys.stdin.readline()
"""


@unittest.skipUnless(outside_support.is_root(), "not run: needs root")
class SeccompTest(outside_support.OutsideTestCase):
    def _process(self, action, **options):
        return outside_support.Process(
            (outside_support.SYSTEM_PYTHON, "-c", _PROGRAM, action), **options)

    def _check_dumped(self, action):
        with self._process(action) as process:
            self.assertEqual(process.status("Seccomp"), "2")
            self.assertDumped(self.dump(process.pid))
            self.assertUnharmed(process)

    def _check_refused(self, action):
        with self._process(action, **outside_support.NOBODY) as process:
            result = self.dump_as_nobody(process.pid)
            self.assertRefused(
                result, f"heapgrind dump: process {process.pid}: expected it to be without "
                "seccomp, which may kill a process that forks",
                "hint: dump it as root from outside its container: that needs CAP_SYS_ADMIN, "
                "and no seccomp of one's own")
            self.assertUnharmed(process)

    def test_filter_that_kills_is_suspended_by_root(self):
        self._check_dumped("KILL")

    def test_filter_that_refuses_is_suspended_by_root(self):
        self._check_dumped("ERRNO")

    def test_filter_that_kills_is_left_alone_without_root(self):
        self._check_refused("KILL")

    def test_filter_that_refuses_is_left_alone_without_root(self):
        self._check_refused("ERRNO")


if __name__ == "__main__":
    unittest.main()
