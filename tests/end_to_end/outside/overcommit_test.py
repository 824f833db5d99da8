"""Where the kernel does not overcommit memory, a fork that it would not allow is refused."""

import unittest

from tests.end_to_end.outside import outside_support

_FOLDER = "/proc/sys/vm/"
# Others on this machine may want memory meanwhile: as much as they get is left to them.
_LEFT = 16 << 20  # KiB.
_TAKEN = 40 << 20
# Maps that much memory, and touches none of it.
_PROGRAM = """
import mmap
held = [mmap.mmap(-1, 8 << 30, mmap.MAP_PRIVATE) for _ in range({} >> 23)]
""".format(_TAKEN) + outside_support.WAITING_PROGRAM


def _memory(key):
    """Returns a line of /proc/meminfo, KiB."""
    with open("/proc/meminfo", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(key + ":"))


class OvercommitTest(outside_support.ScannerTestCase):
    def _set(self, name, value):
        """Sets what the kernel does, until the test ends."""
        with open(_FOLDER + name, encoding="ascii") as file:
            before = file.read().strip()
        try:
            self._write(name, value)
        except OSError:
            self.skipTest(f"not run: may not set {_FOLDER}{name}")
        self.addCleanup(self._write, name, before)

    def _write(self, name, value):
        with open(_FOLDER + name, "w", encoding="ascii") as file:
            file.write(str(value))

    def _forbid(self):
        """Has the kernel allow what is taken now, and no more than _LEFT."""
        allowed = _memory("Committed_AS") + _LEFT - _memory("SwapTotal")
        self._set("overcommit_ratio", 100 * allowed // _memory("MemTotal"))
        self._set("overcommit_memory", 2)

    @unittest.skipUnless(outside_support.is_root(), "not run: needs root")
    def test_large_process_is_refused_and_a_small_one_is_not(self):
        command = (outside_support.SYSTEM_PYTHON, "-c")
        small = command + (outside_support.WAITING_PROGRAM,)
        with outside_support.Process(command + (_PROGRAM,)) as process, \
                outside_support.Process(small) as other:
            self._forbid()
            result = self.dump(process.pid)
            dumped = outside_support.heapgrind_program.run(
                "dump", str(other.pid), "--blobs", self.blobs, "-o", self.output)
            self.doCleanups()
            self.assertRegex(
                result.stderr,
                r"\Aheapgrind dump: process \d+: expected \d+ MiB that vm.overcommit_memory=2 lets "
                r"a fork have, got \d+ MiB\nhint: sysctl vm.overcommit_memory=0, for a while; ")
            self.assertEqual(result.returncode, 1)
            self.assertDumped(dumped)
            self.assertUnharmed(process)


if __name__ == "__main__":
    unittest.main()
