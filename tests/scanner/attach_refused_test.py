"""What `attach` says of processes that it cannot dump."""

import os
import re
import signal
import struct
import subprocess
import sys
import unittest

import attach_support
import heapgrind
from heapgrind import _attach
from heapgrind import _target
from heapgrind import _target_check

READY = "import sys\nsys.stdout.write('ready\\n'); sys.stdout.flush()\n"
WAIT = READY + "sys.stdin.read()\n"
NOBODY = 65534
NO_GDB_HINT = (
    "hint: install gdb (Debian: apt-get install gdb), which needs no help from the process"
)

# A program of 32 bits that waits for ever: pause(2) in a loop.
CODE_32 = b"\xb8\x1d\0\0\0\xcd\x80\xeb\xf7"


def elf_32():
    """Returns an ELF program for 32-bit x86, in one segment."""
    start = 0x08048000
    header = b"\x7fELF\1\1\1" + b"\0" * 9
    header += struct.pack(
        "<HHIIIIIHHHHHH", 2, 3, 1, start + 84, 52, 0, 0, 52, 32, 1, 0, 0, 0
    )
    size = 84 + len(CODE_32)
    segment = struct.pack("<IIIIIIII", 1, 0, start, start, size, size, 5, 4096)
    return header + segment + CODE_32


def in_child(function):
    """Runs a function in a forked child; returns its exit status and stderr."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 2)
        os._exit(function())
    os.close(writing)
    with os.fdopen(reading, "rb") as errors:
        text = errors.read().decode("utf-8")
    return os.waitpid(child, 0)[1] >> 8, text


def attach_as_nobody(pid):
    """Returns what the command does for a user who is not root."""

    def attach():
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        return _attach.main([str(pid)])

    return in_child(attach)


class StateTest(attach_support.AttachTest):
    def test_no_such_process(self):
        process = self.start(WAIT)
        self.finish(process)
        self.assertRefused(process, "expected a process of this number, found none")

    def test_own_process(self):
        found = in_child(lambda: _attach.main([str(os.getpid())]))
        pattern = (
            r"\Aheapgrind: process \d+: expected another process\n"
            r"hint: heapgrind\.dump\(\) dumps its own\n\Z"
        )
        self.assertEqual(found[0], 1)
        self.assertRegex_(found[1], pattern)

    def test_zombie(self):
        process = self.start(WAIT)
        process.stdin.close()
        process.stdout.read()
        self.wait_for_state(process, "Z")
        self.assertRefused(process, "expected it to run, but it has ended")

    def test_process_that_is_stopped(self):
        process = self.start(WAIT)
        process.send_signal(signal.SIGSTOP)
        self.wait_for_state(process, "T")
        self.assertRefused(
            process,
            "expected it to run, but it is stopped\n"
            "hint: let it run on: kill -CONT {}".format(process.pid),
        )

    def test_process_that_is_debugged(self):
        process = self.start(WAIT)
        debugger = subprocess.Popen(
            ["gdb", "-nx", "-q", "-p", str(process.pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.addCleanup(self.end, debugger)
        self.wait_for_state(process, "t")
        self.assertRefused(
            process,
            "expected it to run freely, but process {} debugs it".format(debugger.pid),
        )
        self.finish(debugger)
        self.assertEqual(self.finish(process), (0, ""))

    def wait_for_state(self, process, letter):
        target = _target.Target(process.pid)
        attach_support.wait_until(
            lambda: target.status()["State"][0] == letter,
            "process {} to be in state {}".format(process.pid, letter),
        )


@unittest.skipUnless(os.geteuid() == 0, "needs root")
class PermissionTest(attach_support.AttachTest):
    def test_process_of_another_user(self):
        process = self.start(WAIT)
        self.assertEqual(
            attach_as_nobody(process.pid),
            (
                1,
                "heapgrind: process {}: expected a process of yours (user 65534), got "
                "one of user 0\nhint: attach as that user or as root\n".format(process.pid),
            ),
        )

    def start_undumpable(self):
        """A process of nobody that hides its memory from all but root."""
        return self.start(
            "import os; os.setgid({0}); os.setuid({0})\n".format(NOBODY) + WAIT
        )

    def refusal_under(self, scope):
        """Returns what is said where Yama has this scope."""
        process = self.start_undumpable()
        self.addCleanup(
            setattr, _target_check, "read_ptrace_scope", _target_check.read_ptrace_scope
        )
        _target_check.read_ptrace_scope = lambda: scope
        status, text = attach_as_nobody(process.pid)
        self.assertEqual(status, 1)
        prefix = "heapgrind: process {}: expected the right to debug it".format(process.pid)
        self.assertEqual(text[: len(prefix)], prefix)
        return text[len(prefix) :]

    def test_process_that_hides_its_memory(self):
        self.assertEqual(
            self.refusal_under(0), " (CAP_SYS_PTRACE), got: Permission denied\n"
        )

    def test_yama_lets_parents_debug(self):
        self.assertEqual(
            self.refusal_under(1),
            ", which kernel.yama.ptrace_scope=1 takes away\nhint: attach as root, or "
            "set it to 0: sysctl kernel.yama.ptrace_scope=0\n",
        )

    def test_yama_lets_nobody_debug(self):
        self.assertEqual(
            self.refusal_under(3),
            ", which kernel.yama.ptrace_scope=3 takes away\nhint: it stays so until "
            "the system starts again\n",
        )

    def test_root_dumps_a_process_of_another_user(self):
        process = self.start_undumpable()
        self.assertDumps(process)
        self.assertEqual(os.stat(self.output).st_uid, 0)
        self.assertEqual(self.finish(process), (0, ""))

    def test_root_dumps_a_busy_process_of_another_user(self):
        process = self.start(
            "import os, select; os.setgid({0}); os.setuid({0})\n".format(NOBODY)
            + attach_support.BUSY
        )
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, ""))


class ScopeTest(attach_support.AttachTest):
    def read(self, text):
        path = os.path.join(self.directory, "ptrace_scope")
        with open(path, "w") as scope:
            scope.write(text)
        return _target_check.read_ptrace_scope(path)

    def test_scope_of_yama(self):
        self.assertEqual([self.read("0\n"), self.read("1\n"), self.read("3\n")], [0, 1, 3])

    def test_kernel_without_yama(self):
        self.assertEqual(_target_check.read_ptrace_scope("/no/ptrace_scope"), 0)


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


class ScannerTest(attach_support.AttachTest):
    WANTED = "a scanner for CPython {}.{} on x86-64".format(*sys.version_info[:2])

    def setUp(self):
        attach_support.AttachTest.setUp(self)
        self.process = self.start(WAIT)
        self.folder = os.path.join(self.directory, "scanners")

    def assertNotTaken(self, got, path):
        status, errors = self.attach(self.process, "--scanner", path)
        text = "heapgrind: process {}: expected {}, {}\n".format(
            self.process.pid, self.WANTED, got
        )
        self.assertEqual((status, errors), (1, text))

    def write(self, name, data):
        if not os.path.isdir(self.folder):
            os.mkdir(self.folder)
        path = os.path.join(self.folder, name)
        with open(path, "wb") as scanner:
            scanner.write(data)
        return path

    def test_folder_without_one_for_this_python(self):
        self.write("_scanner.cpython-35m-x86_64-linux-gnu.so", b"")
        self.assertNotTaken(
            "found none in '{}'\nhint: build one with ./run wheel PYTHON, and give it: "
            "--scanner=WHEEL".format(self.folder),
            self.folder,
        )

    def test_file_that_is_not_there(self):
        path = os.path.join(self.directory, "no.so")
        status, errors = self.attach(self.process, "--scanner", path)
        text = "heapgrind: cannot use '{}': No such file or directory\n".format(path)
        self.assertEqual((status, errors), (1, text))

    def test_file_that_is_no_library(self):
        path = self.write("_scanner.so", b"text")
        self.assertNotTaken("got '{}', which is no library".format(path), path)

    def test_library_for_another_machine(self):
        path = self.write("_scanner.so", elf_32())
        self.assertNotTaken("got '{}', which is for 32-bit x86".format(path), path)

    def test_file_that_is_no_wheel(self):
        path = self.write("heapgrind.whl", b"text")
        self.assertNotTaken("got '{}', which is no wheel".format(path), path)

    def test_library_that_is_no_scanner(self):
        status, errors = self.attach(self.process, "--scanner", find_libm(os.getpid()))
        text = "heapgrind: process {}: expected a scanner of this version in it, got another\n"
        self.assertEqual((status, errors), (1, text.format(self.process.pid)))
        self.assertEqual(self.finish(self.process), (0, ""))

    def test_library_that_does_not_load(self):
        with open(heapgrind._scanner.__file__, "rb") as scanner:
            data = scanner.read()
        changed = data.replace(b"\0PyGILState_Ensure\0", b"\0PyGILState_Insure\0")
        path = self.write("_scanner.so", changed)
        status, errors = self.attach(self.process, "--scanner", path)
        self.assertEqual(status, 1)
        self.assertRegex_(
            errors,
            r"\Aheapgrind: process \d+: expected it to load the scanner, got: .*"
            r"undefined symbol: PyGILState_Insure.*\n\Z",
        )
        self.assertEqual(self.finish(self.process), (0, ""))


def find_libm(pid):
    """Returns the path of a library that the process has loaded."""
    with open("/proc/{}/maps".format(pid)) as maps:
        return re.search(r"/.*/libm[.-].*", maps.read()).group(0)


class CommandLineTest(attach_support.AttachTest):
    def assertUsageError(self, message, *arguments):
        command = [sys.executable, "-m", "heapgrind", "attach"] + list(arguments)
        process = subprocess.Popen(
            command,
            env=dict(os.environ, PYTHONPATH=attach_support.PACKAGES),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = process.communicate()
        text = "heapgrind: {}\nusage: python -m heapgrind attach [OPTION...] PID\n"
        self.assertEqual(
            (process.returncode, output, errors.decode("utf-8")),
            (2, b"", text.format(message)),
        )

    def test_usage_errors(self):
        number = "expected the number of a process, got "
        self.assertUsageError(number + "nothing")
        self.assertUsageError(number + "'x'", "x")
        self.assertUsageError(number + "'0'", "0")
        self.assertUsageError(number + "'1' '2'", "1", "2")
        self.assertUsageError("unknown option '--fork'", "--fork", "1")
        self.assertUsageError("expected a value after '-o'", "1", "-o")
        self.assertUsageError("expected a value for '--output', got ''", "--output=", "1")
        self.assertUsageError(
            "expected seconds after '--timeout', got 'x'", "--timeout=x", "1"
        )
        self.assertUsageError(
            "expected a number above 0 after '--max-refs', got '0'", "--max-refs=0", "1"
        )
        self.assertUsageError(
            "expected \"short\", \"none\" or a number after '--values', got 'all'",
            "--values=all",
            "1",
        )
        self.assertUsageError(
            "expected a path in .gz or .zst to compress, or in .json, got 'a.xz'",
            "-o",
            "a.xz",
            "1",
        )

    def test_help(self):
        command = [sys.executable, "-m", "heapgrind", "attach", "--help"]
        output = subprocess.check_output(
            command, env=dict(os.environ, PYTHONPATH=attach_support.PACKAGES)
        )
        self.assertIn(b"--scanner PATH", output)


if __name__ == "__main__":
    unittest.main()
