"""A core brings its own code, and that code can do nothing to this machine."""

import json
import os
import subprocess
import unittest

from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support

# What stands in for list_traverse: makes a file, a socket and a process, and sends this program a
# signal; writes what became of each to the file, and to whatever is open.
_CODE = """
.intel_syntax noprefix
.globl _start
_start:
    mov eax, 2              # open
    lea rdi, path[rip]
    mov esi, 0x42           # O_CREAT | O_RDWR
    mov edx, 0777
    syscall
    mov eax, 41             # socket
    mov edi, 2
    mov esi, 1
    xor edx, edx
    syscall
    mov eax, 57             # fork
    syscall
    mov eax, 110            # getppid
    syscall
    mov edi, eax
    mov esi, 9
    mov eax, 62             # kill
    syscall
    mov ebx, 16
next:
    mov eax, 1              # write
    mov edi, ebx
    lea rsi, path[rip]
    mov edx, 9
    syscall
    dec ebx
    jns next
    xor eax, eax
    ret
path:
    .asciz "PATH"
"""
# Puts the code where list_traverse is: a page of its own then, which a core has.
_PROGRAM = """
import ctypes, os, sys
code = open(sys.argv[1], "rb").read()
kept = [[number] for number in range(1000)]
traverse = ctypes.c_uint64.from_address(id(list) + 184).value  # tp_traverse
memory = os.open("/proc/self/mem", os.O_RDWR)
os.pwrite(memory, code, traverse)
sys.stdout.write("ready\\n")
sys.stdout.flush()
os.read(0, 1)
"""


class CoreCodeTest(core_support.CoreTestCase):
    def _code(self, made):
        """Assembles the code that makes a file.  Returns the path of its bytes."""
        source, built = (os.path.join(self.folder, "code" + end) for end in (".s", ".o"))
        with open(source, "w", encoding="utf-8") as file:
            file.write(_CODE.replace("PATH", made))
        subprocess.run(["gcc", "-c", "-o", built, source], check=True)
        subprocess.run(["objcopy", "-O", "binary", "-j", ".text", built, built + ".bin"],
                       check=True)
        return built + ".bin"

    def test_code_of_a_core_damages_the_dump_and_nothing_else(self):
        place = os.path.join(self.folder, "place")
        os.mkdir(place)
        os.chmod(place, 0o777)
        made = os.path.join(place, "made")
        with outside_support.Process(
                (outside_support.SYSTEM_PYTHON, "-c", _PROGRAM, self._code(made))) as process:
            core = core_support.kernel_core(process, self.folder)
        before = outside_support.children(os.getpid())
        result = self.dump_core(core)
        self.assertFalse(os.path.exists(made))
        self.assertEqual(outside_support.children(os.getpid()), before)
        # It is no signal that has ended the program.
        self.assertIn(result.returncode, (0, 1), result.stderr)
        self.assertNotIn("crashed", result.stderr)
        if result.returncode == 0:
            with open(self.output, encoding="utf-8") as file:
                self.assertIn("end", [json.loads(line) for line in file][-1])
        else:
            self.assertIn("expected", result.stderr)

    def test_code_would_do_it_if_it_were_let(self):
        made = os.path.join(self.folder, "made")
        code = self._code(made)
        program = _PROGRAM.replace("os.read(0, 1)", "import gc; gc.collect(); os.read(0, 1)")
        with subprocess.Popen(
                ["unshare", "-pf", outside_support.SYSTEM_PYTHON, "-c", program, code],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
            process.stdout.readline()
            process.stdin.close()
            process.wait(60)
        self.assertTrue(os.path.exists(made))


if __name__ == "__main__":
    unittest.main()
