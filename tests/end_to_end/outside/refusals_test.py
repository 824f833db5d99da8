"""What cannot be dumped is refused in a line, before anything of it is touched."""

import os
import shutil
import subprocess
import unittest

from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program

_ZOMBIE = """
import os, sys
child = os.fork()
if child == 0:
    os._exit(0)
os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
print(child)
sys.stdout.flush()
sys.stdin.readline()
"""
# A program of 32 bits that does nothing.
_SMALL = """
.globl _start
_start: mov $29, %eax  # pause
int $0x80
jmp _start
"""
# What tells a free-threaded build: its version, and a function that others have not.
_FREE_THREADED = """
#include <stdio.h>
const unsigned long Py_Version = 0x030e00f0;
void PyGILState_Ensure(void) {}
void _Py_MergeZeroLocalRefcount(void) {}
int main(void) { return puts("ready") < 0 || fflush(stdout) != 0 || getchar() == EOF; }
"""


class RefusalsTest(outside_support.OutsideTestCase):
    def _check(self, pid, *lines, **options):
        result = self.dump(pid, **options)
        self.assertRefused(result, f"heapgrind dump: process {pid}: {lines[0]}", *lines[1:])

    def test_number_that_no_process_has(self):
        with open("/proc/sys/kernel/pid_max", encoding="utf-8") as file:
            self._check(int(file.read()), "expected a process of this number, found none")

    def test_process_that_has_ended(self):
        process = subprocess.Popen(["true"])
        process.wait()
        self._check(process.pid, "expected a process of this number, found none")

    def test_zombie(self):
        with outside_support.Process(
                (outside_support.SYSTEM_PYTHON, "-c", _ZOMBIE)) as process:
            self._check(int(process.first_line), "expected it to run, but it has ended")

    def test_thread_of_the_kernel(self):
        for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
            with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                text = file.read()
            if "VmSize" not in text and "State:\tZ" not in text:
                return self._check(
                    pid, "expected a Python process, found one of the kernel's")
        return self.skipTest("not run: no thread of the kernel is to be seen")

    def test_this_very_program(self):
        blobs = outside_support.make_blobs(self.folder)
        result = subprocess.run(
            ["sh", "-c", f"exec {heapgrind_program.PROGRAM} dump $$ --blobs {blobs}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        self.assertRegex(result.stderr, r"\Aheapgrind dump: process \d+: expected another "
                                        r"process, got this very one\n\Z")

    def test_traced_process(self):
        if shutil.which("gdb") is None:
            self.skipTest("not run: needs a debugger")
        with outside_support.Process() as process:
            gdb = subprocess.Popen(
                ["gdb", "-q", "-nx", "-p", str(process.pid)], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
            gdb.stdin.write("echo attached\\n\n")
            gdb.stdin.flush()
            while "attached" not in gdb.stdout.readline():
                pass
            self._check(
                process.pid, f"expected it to run freely, but process {gdb.pid} traces it",
                "hint: end that first: a debugger, strace, or another dump")
            gdb.communicate("detach\nquit\n")
            self.assertUnharmed(process)

    def test_program_that_is_no_python(self):
        with outside_support.Process(("sh", "-c", "echo ready; read line")) as process:
            self._check(process.pid,
                        "expected a Python process, found no CPython in its code")
            self.assertUnharmed(process)

    def test_version_without_a_scanner(self):
        python = outside_support.pyenv("3.9")
        if python is None:
            self.skipTest("not run: no such Python")
        with outside_support.Process((python, "-c", outside_support.WAITING_PROGRAM)) as process:
            self._check(
                process.pid,
                "expected a scanner for CPython 3.9 (cp39) in this program, found none",
                "hint: ./run release --python PATH adds that of an interpreter; heapgrind dump "
                "--list says which there are")
            self.assertUnharmed(process)

    def test_free_threaded_python(self):
        path = os.path.join(self.folder, "python3.14t")
        subprocess.run(["gcc", "-rdynamic", "-x", "c", "-", "-o", path], check=True,
                       input=_FREE_THREADED, encoding="utf-8")
        with outside_support.Process((path,)) as process:
            self._check(process.pid, "expected a Python with a GIL or 3.13t, got CPython 3.14, "
                        "free-threaded (cp314t), which is dumped from inside alone",
                        "hint: call heapgrind.dump() in the program, or set HEAPGRIND")
            self.assertUnharmed(process)

    def test_scanner_for_another_python(self):
        with outside_support.Process() as process:
            blobs = outside_support.make_blobs(os.path.join(self.folder, "blobs"))
            path = os.path.join(blobs, os.listdir(blobs)[0])
            with open(path, "rb") as file:
                content = file.read()
            with open(path, "wb") as file:
                file.write(content.replace(b"_Py_NoneStruct", b"_Py_NineStruct"))
            result = heapgrind_program.run(
                "dump", str(process.pid), "--blobs", blobs, "-o", self.output)
            self.assertRefused(
                result, f'heapgrind dump: process {process.pid}: expected "_Py_NineStruct" in '
                        "its CPython, found none")
            self.assertUnharmed(process)

    def test_scanner_that_is_damaged(self):
        with outside_support.Process() as process:
            blobs = outside_support.make_blobs(os.path.join(self.folder, "blobs"))
            path = os.path.join(blobs, os.listdir(blobs)[0])
            for size in 0, 10, 64, 500, 4200, 9000:
                with self.subTest(size=size):
                    shutil.copy(outside_support.tiny_blob(), path)
                    os.truncate(path, size)
                    result = heapgrind_program.run(
                        "dump", str(process.pid), "--blobs", blobs, "-o", self.output)
                    self.assertEqual(result.returncode, 1)
                    self.assertRegex(
                        result.stderr,
                        r"\Aheapgrind dump: process \d+: expected a scanner to put into the "
                        r"copy, got [^\n]+\n\Z")
            self.assertUnharmed(process)

    def test_program_of_another_machine(self):
        path = os.path.join(self.folder, "small")
        made = subprocess.run(
            ["gcc", "-m32", "-nostdlib", "-static", "-x", "assembler", "-", "-o", path],
            input=_SMALL, stderr=subprocess.DEVNULL, check=False, encoding="utf-8")
        if made.returncode != 0:
            self.skipTest("not run: the compiler makes no programs of 32 bits")
        process = subprocess.Popen([path])
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self._check(process.pid,
                    "expected a program for x86-64, got one for 32-bit x86")

    @unittest.skipUnless(outside_support.is_root(), "not run: needs root")
    def test_process_of_another_user(self):
        with outside_support.Process() as process:
            result = self.dump_as_nobody(process.pid)
            self.assertEqual(result.returncode, 1)
            self.assertEqual(
                result.stderr,
                f"heapgrind dump: process {process.pid}: expected a process of yours (user "
                "65534), got one of user 0\nhint: dump it as that user or as root\n")
            self.assertUnharmed(process)

    @unittest.skipUnless(outside_support.is_root(), "not run: needs root")
    def test_process_that_forbids_to_be_looked_into(self):
        program = "import ctypes; ctypes.CDLL(None).prctl(4, 0)\n" + outside_support.WAITING_PROGRAM
        with outside_support.Process((outside_support.SYSTEM_PYTHON, "-c", program),
                                     **outside_support.NOBODY) as process:
            result = self.dump_as_nobody(process.pid)
            self.assertEqual(
                (result.returncode, result.stderr),
                (1, f"heapgrind dump: process {process.pid}: expected the right to trace it "
                    '(CAP_SYS_PTRACE), got "Permission denied"\nhint: dump it as root\n'))
            self.assertDumped(self.dump(process.pid))  # As root.
            self.assertUnharmed(process)

    @unittest.skipUnless(outside_support.is_root(), "not run: needs root")
    def test_process_whose_cgroup_is_nearly_full(self):
        group = f"/sys/fs/cgroup/memory/heapgrind-test-{os.getpid()}"
        try:
            os.mkdir(group)
        except OSError:
            self.skipTest("not run: no cgroup for memory can be made")
        self.addCleanup(os.rmdir, group)
        with outside_support.Process() as process:
            with open(group + "/cgroup.procs", "w", encoding="ascii") as file:
                file.write(str(process.pid))
            with open(group + "/memory.limit_in_bytes", "w", encoding="ascii") as file:
                file.write(str(4 << 20))
            result = self.dump(process.pid)
            self.assertEqual(result.returncode, 1)
            self.assertRegex(
                result.stderr, rf"\Aheapgrind dump: process {process.pid}: expected 8 MiB within "
                r"the limit of its cgroup for a copy, got [0-4] MiB\n"
                r"hint: raise the limit of the container for a while\n\Z")
            self.assertUnharmed(process)


if __name__ == "__main__":
    unittest.main()
