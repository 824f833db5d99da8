"""What makes a program dump that HEAPGRIND watches, and what it says then."""

import os
import re
import select
import signal
import subprocess
import sys
import unittest

import hook_support

VERSION = sys.version_info[:2]


def frames_of_program(dump):
    """The names of the frames of a program that `-c` ran."""
    frames = [x for x in dump.frames()]
    return [x["name"] for x in frames if x["file"] == "<string>"]


class TriggersTest(hook_support.HookTest):
    def test_without_settings_nothing_is_imported(self):
        program = "import sys; sys.exit('heapgrind' in sys.modules)"
        status = subprocess.call(
            [sys.executable, "-c", program], env=self.environment(HEAPGRIND="")
        )
        self.assertEqual(status, 0)

    def test_exit_dumps_once(self):
        process = self.start("exit", "kept = ['at the end']")
        status, errors = self.finish(process)
        self.assertEqual(status, 0)
        self.assertRegex(
            errors,
            r"\Aheapgrind: wrote \d+ objects of \d+ bytes in \d+\.\d{3} s to "
            + re.escape(os.path.join(self.directory, "{}-1.json".format(process.pid)))
            + r" \(exit\)\n\Z",
        )
        self.assertEqual(self.pids(), [process.pid])

    def test_hook_that_is_started_twice_dumps_once(self):
        program = "import heapgrind._hook as hook; hook.start_from_environment()"
        self.assertEqual(self.run_program("exit", program)[1].count("wrote"), 1)
        self.assertEqual(len(self.pids()), 1)

    def test_exit_keeps_the_status(self):
        self.assertEqual(self.run_program("exit", "import sys; sys.exit(7)")[0], 7)
        self.assertEqual(len(self.pids()), 1)

    def test_signal_dumps_and_the_program_goes_on(self):
        for extra in ("", ",fork"):
            process = self.start_ready("signal=USR1" + extra)
            for number in (1, 2):
                process.send_signal(signal.SIGUSR1)
                path = self.wait_for_dump(process)
                name = "{}-{}.json".format(process.pid, number)
                self.assertEqual(os.path.basename(path), name)
            self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(len(self.pids()), 4)

    def test_usr2_is_the_signal_if_nothing_else_asks(self):
        process = self.start_ready("fork")
        process.send_signal(signal.SIGUSR2)
        self.wait_for_dump(process)
        self.assertEqual(self.finish(process), (0, ""))

    def test_program_that_is_blocked_in_c(self):
        program = (
            "import ctypes, sys\n"
            "print('ready')\n"
            "sys.stdout.flush()\n"
            "libc = ctypes.CDLL(None)\n"
            "libc.read(0, ctypes.create_string_buffer(1), 1)\n"
            "print('went on')\n"
        )
        process = self.start_ready("signal,fork", program)
        process.send_signal(signal.SIGUSR2)
        dump = self.read(self.wait_for_dump(process))
        self.assertEqual(frames_of_program(dump), ["<module>"])
        output, errors = process.communicate(b"\n")
        self.assertEqual((output, errors), (b"went on\n", b""))

    def test_thread_that_dumps_is_not_in_the_dump(self):
        process = self.start_ready("signal")
        process.send_signal(signal.SIGUSR2)
        dump = self.read(self.wait_for_dump(process))
        threads = [x for x in dump.roots() if x["root"] == "thread"]
        self.assertEqual([x.get("name") for x in threads], ["MainThread"])
        self.assertEqual(frames_of_program(dump), ["<module>"])
        self.finish(process)

    def test_memory_that_passes_a_limit(self):
        program = (
            "import sys\n"
            "kept = bytearray(b'x') * 300000000\n"
            "print('ready')\n"
            "sys.stdout.flush()\n"
            "sys.stdin.readline()\n"
        )
        process = self.start_ready("rss>200M", program)
        dump = self.read(self.wait_for_dump(process))
        self.assertGreater(next(dump.parsed())["rss"], 200 << 20)
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(self.pids(), [process.pid])

    def test_interval_keeps_the_last_dumps(self):
        process = self.start_ready("every=0.02s,keep=2,fork")
        paths = [self.wait_for_dump(process) for _ in range(4)]
        status, errors = self.finish(process)
        self.assertEqual(status, 0)
        paths += re.findall(r" to (\S+) \(every", errors)
        left = [os.path.join(self.directory, x) for x in os.listdir(self.directory)]
        whole = [x for x in left if x in paths]  # The last may have been under way.
        self.assertEqual(sorted(whole), sorted(paths[-2:]))
        self.assertTrue(all(os.path.basename(x)[0] != "." for x in whole))

    def test_storm_of_signals(self):
        process = self.start_ready("signal,fork,exit")
        process.send_signal(signal.SIGUSR2)
        while not select.select([process.stderr], [], [], 0)[0]:
            process.send_signal(signal.SIGUSR2)
        self.wait_for_dump(process)
        self.assertEqual(self.finish(process)[0], 0)
        # The first, perhaps one that came after it was done, and the end's.
        self.assertLessEqual(len(self.pids()), 3)

    def test_signals_that_come_while_it_dumps_are_counted(self):
        pipe = os.path.join(self.directory, "pipe")
        os.mkfifo(pipe)
        process = self.start_ready("signal", out="pipe")
        process.send_signal(signal.SIGUSR2)
        with open(pipe, "rb") as reader:  # It dumps, and waits for who reads.
            for _ in range(3):
                process.send_signal(signal.SIGUSR2)
                while has_pending_signals(process.pid):
                    pass
            reader.read()
        self.wait_for_dump(process)
        expected = "heapgrind: 3 more signals came while it dumped\n"
        self.assertEqual(self.finish(process), (0, expected))

    if VERSION < (3, 0):
        assertRegex = unittest.TestCase.assertRegexpMatches


def has_pending_signals(pid):
    """True if a process has not yet handled all signals that were sent to it."""
    with open("/proc/{}/status".format(pid)) as status:
        return int(re.search(r"ShdPnd:\s+(\w+)", status.read()).group(1), 16) != 0


class ProgramsHandlersTest(hook_support.HookTest):
    TAKES = (
        "import signal, sys\n"
        "signal.signal(signal.SIGUSR2, lambda *unused: sys.stdout.write('mine\\n'))\n"
    )

    def test_handler_of_the_program_is_left_and_told_of(self):
        program = self.TAKES + "import os; os.kill(os.getpid(), signal.SIGUSR2)\n"
        process = self.start("signal", program)
        output, errors = process.communicate()
        self.assertEqual(output, b"mine\n")
        self.assertEqual(
            errors,
            b"heapgrind: SIGUSR2 does not dump any more: the program handles it\n",
        )

    def test_it_is_told_when_something_else_dumps(self):
        program = self.TAKES + "print('ready')\nsys.stdout.flush()\nsys.stdin.readline()\n"
        process = self.start_ready("signal,every=0.01s,keep=1", program)
        line = b"heapgrind: wrote"
        while line.startswith(b"heapgrind: wrote"):  # Before it took the signal.
            line = process.stderr.readline()
        self.assertEqual(
            line, b"heapgrind: SIGUSR2 does not dump any more: the program handles it\n"
        )
        self.wait_for_dump(process)
        self.assertEqual(self.finish(process)[0], 0)

    def test_signal_that_is_ignored_from_the_start_stays_so(self):
        old = signal.signal(signal.SIGUSR2, signal.SIG_IGN)
        try:
            process = self.start_ready("signal")
        finally:
            signal.signal(signal.SIGUSR2, old)
        process.send_signal(signal.SIGUSR2)
        status, errors = self.finish(process)
        expected = "heapgrind: SIGUSR2 does not dump: it was not at its default\n"
        self.assertEqual((status, errors), (0, expected))
        self.assertEqual(os.listdir(self.directory), [])

    def test_system_calls_are_not_interrupted(self):
        program = (
            "import os, signal\n"
            "read_end, write_end = os.pipe()\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    for _ in range(100):\n"
            "        os.kill(os.getppid(), signal.SIGUSR2)\n"
            "    os.write(write_end, b'x')\n"
            "    os._exit(0)\n"
            "print(os.read(read_end, 1) == b'x', os.waitpid(child, 0)[1])\n"
        )
        process = self.start("signal,fork", program)
        output = process.communicate()[0]
        self.assertIn(output, (b"True 0\n", b"(True, 0)\n"))


if __name__ == "__main__":
    unittest.main()
