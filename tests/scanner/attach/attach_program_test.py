"""Programs that `attach` cannot dump, and what it does without gdb."""

import os
import subprocess
import unittest

import attach_support
from attach_support import NO_GDB_HINT, WAIT, elf_32
from heapgrind._attach import _target


class ProgramTest(attach_support.AttachTest):
    def start_program(self, command):
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.addCleanup(self.end, process)
        return process

    def test_program_that_is_no_python(self):
        self.assertRefused(
            self.start_program(["sleep", "1000"]),
            "expected a Python process, found no CPython in its code",
        )

    def test_python_that_hides_its_functions(self):
        modules = [_target.Module(b"/usr/bin/python3.11", 0, [(0, 1)], NoExports())]
        with self.assertRaises(_target.CannotAttach) as caught:
            _target.find_interpreter(modules)
        self.assertEqual(
            (str(caught.exception), caught.exception.hint),
            (
                "expected a Python process, found no CPython in its code",
                "the program hides Python's functions (linked without --export-dynamic)",
            ),
        )

    def test_pypy(self):
        modules = [_target.Module(b"/usr/lib/libpypy3-c.so", 0, [(0, 1)], AllExports())]
        with self.assertRaises(_target.CannotAttach) as caught:
            _target.find_interpreter(modules)
        self.assertEqual(str(caught.exception), "expected CPython, got PyPy")

    def test_program_of_32_bits(self):
        path = os.path.join(self.directory, "program")
        with open(path, "wb") as program:
            program.write(elf_32())
            os.fchmod(program.fileno(), 0o755)
        try:
            process = self.start_program([path])
        except OSError:
            self.skipTest("needs a kernel that runs programs of 32 bits")
        os.unlink(path)
        self.assertRefused(
            process, "expected a program for x86-64, got one for 32-bit x86"
        )

    @unittest.skipIf(attach_support.CAN_BE_ASKED, "needs gdb only if nothing else works")
    def test_no_gdb(self):
        process = self.start(WAIT)
        self.assertRefused(
            process,
            "expected gdb in PATH, found none\n"
            "hint: install gdb (Debian: apt-get install gdb)",
            PATH=self.directory,
        )

    @unittest.skipUnless(attach_support.CAN_BE_ASKED, "has no sys.remote_exec")
    def test_no_gdb_for_a_process_that_waits(self):
        process = self.start(WAIT)
        self.assertRefused(
            process,
            "expected its main thread to run Python code within 0.2 s, but it waits or "
            "runs C code, and found no gdb in PATH\n" + NO_GDB_HINT,
            "--timeout=0.2",
            PATH=self.directory,
        )
        self.assertEqual(self.finish(process), (0, ""))

    @unittest.skipUnless(attach_support.CAN_BE_ASKED, "has no sys.remote_exec")
    def test_no_gdb_for_a_process_that_cannot_be_asked(self):
        process = self.start(WAIT, prefix=["env", "PYTHON_DISABLE_REMOTE_DEBUG=1"])
        self.assertRefused(
            process,
            "expected it to run a script for us, got: Remote debugging is not enabled in "
            "the remote process, and found no gdb in PATH\n" + NO_GDB_HINT,
            PATH=self.directory,
        )


class NoExports(object):
    def exports(self, names):
        return {}


class AllExports(object):
    def exports(self, names):
        return dict.fromkeys(names, 0)


if __name__ == "__main__":
    unittest.main()
