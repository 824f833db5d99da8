"""A core that cannot be dumped is refused in a line, and nothing is written."""

import os
import shutil
import struct
import subprocess
import unittest

from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support

_NO_CODE = "hint: a core has no code; --sysroot=FOLDER names the root of the image that the " \
           "process ran in"
# A program of 32 bits that writes an empty line and waits.
_SMALL = """
.globl _start
_start: mov $4, %eax  # write
mov $1, %ebx
mov $line, %ecx
mov $1, %edx
int $0x80
next: mov $29, %eax  # pause
int $0x80
jmp next
line: .ascii "\\n"
"""


def _build_id(path):
    notes = subprocess.run(["readelf", "-n", path], stdout=subprocess.PIPE, check=True,
                           encoding="utf-8").stdout
    return notes.split("Build ID: ")[1].split()[0]


class RefusalTest(core_support.ProgramTestCase):
    def _refused(self, path, *options):
        result = self.dump_core(path, *options)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertFalse(os.path.exists(self.output))
        return result.stderr.replace(path, "CORE")

    def _written(self, contents):
        path = os.path.join(self.folder, "core")
        with open(path, "wb") as file:
            file.write(contents)
        return path

    def test_program_that_is_not_there(self):
        python = os.path.realpath(outside_support.SYSTEM_PYTHON)
        self.assertEqual(
            self._refused(self.core(), "--sysroot", self.folder).splitlines(),
            [f"heapgrind dump: CORE: expected {python} (build-id {_build_id(python)}) below "
             f"{self.folder}, got \"No such file or directory\"", _NO_CODE])

    def test_program_that_is_another_one(self):
        python = os.path.realpath(outside_support.SYSTEM_PYTHON)
        place = self.folder + python
        os.makedirs(os.path.dirname(place))
        shutil.copy("/bin/true", place)
        self.assertIn(
            f"got \"that file has build-id {_build_id('/bin/true')}\"",
            self._refused(self.core(), "--sysroot", self.folder))

    def _needed(self):
        """Returns the paths of Debian's Python and the C library, as a process has mapped them."""
        with self.process() as process, open(f"/proc/{process.pid}/maps",
                                              encoding="utf-8") as maps:
            paths = {line.split()[-1] for line in maps}
        return [path for path in paths if "/libc.so" in path or "/python3." in path]

    def test_library_that_is_not_there_is_told(self):
        root = os.path.join(self.folder, "root")
        core = self.core()
        for path in self._needed():
            os.makedirs(root + os.path.dirname(path), exist_ok=True)
            shutil.copy(path, root + path)
        result = self.dump_core(core, "--sysroot", root)
        self.assertIn("a library is not there", result.stderr)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreater(len(core_support.records(self.output)), 20000)

    def test_core_of_another_program(self):
        with outside_support.Process(("sh", "-c", "echo; exec sleep 1000")) as process:
            core = core_support.kernel_core(process, self.folder)
        self.assertIn("expected a Python process", self._refused(core))

    def test_core_of_another_version(self):
        python = outside_support.pyenv("3.9")
        if python is None:
            self.skipTest("not run: Python 3.9 is not installed")
        with self.process(python) as process:
            core = core_support.kernel_core(process, self.folder)
        self.assertIn("expected a scanner for CPython 3.9", self._refused(core))

    def test_what_is_no_core(self):
        for contents, message in (
                (b"", "expected"),
                (b"no core", "expected"),
                (b"\x7fELF", "got a shorter file"),
        ):
            self.assertIn(message, self._refused(self._written(contents)))
        self.assertIn("got a program or library", self._refused("/bin/true"))

    def test_core_of_32_bits_or_another_processor(self):
        header = bytearray(b"\x7fELF\x01\x01\x01".ljust(64, b"\0"))
        self.assertIn("one of 32 bits", self._refused(self._written(header)))
        header[4] = 2
        struct.pack_into("<HH", header, 16, 4, 183)  # ET_CORE, EM_AARCH64
        self.assertIn("another processor", self._refused(self._written(header)))

    def test_core_of_a_program_of_32_bits(self):
        path = os.path.join(self.folder, "small")
        made = subprocess.run(
            ["gcc", "-m32", "-nostdlib", "-static", "-x", "assembler", "-", "-o", path],
            input=_SMALL, encoding="utf-8", stderr=subprocess.DEVNULL, check=False)
        if made.returncode != 0:
            self.skipTest("not run: gcc links no programs of 32 bits")
        with outside_support.Process((path,)) as process:
            core = core_support.kernel_core(process, self.folder)
        self.assertIn("one of 32 bits", self._refused(core))

    def test_headers_that_contradict_themselves(self):
        with open(self.core(), "rb") as file:
            contents = bytearray(file.read(1 << 20))
        for offset in range(0x20, 0x40):
            damaged = bytearray(contents)
            damaged[offset] ^= 0xff
            path = self._written(damaged)
            self.assertIn(self.dump_core(path).returncode, (0, 1))
            os.remove(path)


if __name__ == "__main__":
    unittest.main()
