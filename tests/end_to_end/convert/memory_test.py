"""Tests that memdump2callgrind refuses what does not fit in memory before it begins."""

import os
import resource
import tempfile
import unittest

from tests.end_to_end.support import converter

_OBJECTS = 300_000


class MemoryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.dump = os.path.join(folder.name, "dump.json")
        cls.output = os.path.join(folder.name, "callgrind.out")
        with open(cls.dump, "w", encoding="ascii") as file:
            for address in range(_OBJECTS):
                file.write(f'{{"address": {address + 1}, "type": "tuple", "size": 64, '
                           f'"refs": [{_OBJECTS - address}, {_OBJECTS}]}}\n')

    def _refusal(self, *arguments, **options):
        """Asserts that the dump is refused; returns the message's lines."""
        result = converter.run("--threads=1", "-o", self.output, *arguments, self.dump, **options)
        lines = result.stderr.decode().splitlines()
        self.assertEqual(result.returncode, 1, lines)
        self.assertEqual(result.stdout, b"")
        self.assertFalse(os.path.exists(self.output))
        return lines

    def test_dump_above_max_memory_is_refused(self):
        lines = self._refusal("--max-memory=20M")
        self.assertRegex(
            lines[0],
            r"^memdump2callgrind: .*/dump\.json: expected about \d+ MiB of memory for (299|300)\d{3} "
            r"objects \(reading \d+ MiB, finding owners \d+ MiB, building the profile \d+ MiB\), "
            r"got 20 MiB: --max-memory$")
        self.assertRegex(lines[-1], r"^hint: --max-memory=\d+M tries all the same$")

    def test_size_of_the_hint_suffices(self):
        size = self._refusal("--max-memory=20M")[-1].split()[1]
        self.addCleanup(os.unlink, self.output)
        converter.convert(self.dump, self.output, "--threads=1", size)

    def test_limit_of_the_address_space_is_minded(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (30 << 20, 30 << 20))

        lines = self._refusal(preexec_fn=limit)
        self.assertRegex(lines[0], r"the limit of address space \(ulimit -v\)$")

    def test_limit_on_standard_input_is_refused(self):
        with open(self.dump, "rb") as file:
            result = converter.run("--max-memory=20M", "-", stdin=file)
        self.assertEqual(
            (result.returncode, result.stdout, result.stderr),
            (1, b"", b"memdump2callgrind: <stdin>: expected a file with --max-memory, got "
                     b"something whose size is not known before it is read\n"))


if __name__ == "__main__":
    unittest.main()
