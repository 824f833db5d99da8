"""Dumps of processes that know nothing of heapgrind, taken through gdb."""

import contextlib
import gzip
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import unittest

import attach_support
import dump_support
from heapgrind import _gdb
from heapgrind import _safe_thread
from heapgrind import _target

READY = "import sys\nsys.stdout.write('ready\\n'); sys.stdout.flush()\n"
WAIT = READY + "sys.stdin.read()\n"
MARK = "mark = ['unique ' + str(4711 + len('x'))]\n"
PYTHON_LOOP = READY + "while True: pass\n"
# A main thread that waits, until a signal ends the program.
ENDED = (
    "import signal, sys, threading, time\n"
    "signal.signal(signal.SIGUSR1, lambda *unused: sys.exit(7))\n" + READY
)
# Go on for ever in C: with the interpreter's lock, and without it in the C
# library, as if in malloc.
LOCKED = READY + "import itertools; all(itertools.repeat(1))\n"
IN_LIBC = (
    "import ctypes\n"
    "libc = ctypes.CDLL(None)\n"
    "differ = ctypes.cast(libc.abs, ctypes.c_void_p)\n"
    "count = ctypes.c_size_t(-1)\n"
    + READY
    + "libc.lfind(b'x', b'x', ctypes.byref(count), ctypes.c_size_t(0), differ)\n"
)


class DumpTest(attach_support.AttachTest):
    def dump(self):
        with open(self.output, "rb") as dump_file:
            return dump_support.Dump(dump_file.read())

    def test_dump_is_of_that_process_and_whole(self):
        process = self.start(MARK + WAIT)
        self.assertDumps(process)
        dump = self.dump()
        records = list(dump.parsed())
        self.assertEqual(records[0]["pid"], process.pid)
        self.assertEqual(records[-1]["end"], len(list(dump.records())))
        self.assertIn("unique 4712", [one.get("value") for one in dump.records()])
        self.assertEqual(self.finish(process), (0, ""))

    def test_thread_of_the_agent_is_not_in_the_dump(self):
        process = self.start(WAIT)
        self.assertDumps(process)
        threads = [one for one in self.dump().roots() if one["root"] == "thread"]
        self.assertEqual([one["name"] for one in threads], ["MainThread"])

    def test_no_module_of_ours_is_in_the_process(self):
        process = self.start(READY + "sys.stdin.read()\nprint('heapgrind' in sys.modules)\n")
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, "False\n"))

    def test_dump_is_readable_by_its_owner_only(self):
        self.assertDumps(self.start(WAIT))
        self.assertEqual(stat.S_IMODE(os.stat(self.output).st_mode), 0o600)

    def test_values_none_leaves_text_out(self):
        self.assertDumps(self.start(MARK + WAIT), "--values=none")
        self.assertNotIn("unique 4712", [one.get("value") for one in self.dump().records()])

    def test_max_refs(self):
        self.assertDumps(self.start(WAIT), "--max-refs", "3")
        self.assertIn("refs_left_out", [key for one in self.dump().records() for key in one])

    def test_compressed_dump(self):
        self.output += ".gz"
        self.assertDumps(self.start(MARK + WAIT))
        with gzip.open(self.output) as dump_file:
            self.assertIn(b'"unique 4712"', dump_file.read())

    def test_dump_to_a_pipe_leaves_it_a_pipe(self):
        self.output = os.path.join(self.directory, "pipe")
        os.mkfifo(self.output)
        reader = subprocess.Popen(["cat", self.output], stdout=subprocess.PIPE)
        process = self.start(WAIT)
        attacher = self.begin_attach(process)
        text, _ = reader.communicate()
        attacher.communicate()
        self.assertTrue(stat.S_ISFIFO(os.stat(self.output).st_mode))
        self.assertIn(b'{"end": ', text)

    def test_python_loop(self):
        self.assertDumps(self.start(PYTHON_LOOP))

    def test_sleep_of_the_main_thread_is_as_long_as_it_was(self):
        program = (
            "import time\nstart = time.time()\n" + READY +
            "time.sleep(2)\nprint(1.99 < time.time() - start)\nsys.stdin.read()\n"
        )
        process = self.start(program)
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, "True\n"))

    def test_lock_that_the_main_thread_waits_for(self):
        program = "import threading\n" + READY + (
            "lock = threading.Lock(); lock.acquire()\n"
            "reader = threading.Thread(target=lambda: (sys.stdin.read(), lock.release()))\n"
            "reader.start(); lock.acquire(); print('got it')\n"
        )
        process = self.start(program)
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, "got it\n"))

    def test_signals_reach_the_process(self):
        program = (
            "import signal\nfound = []\n"
            "signal.signal(signal.SIGINT, lambda *unused: found.append(1))\n"
            "signal.signal(signal.SIGALRM, lambda *unused: found.append(2))\n"
            "signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\n" + READY +
            "while 1 not in found: pass\n"
            "signal.setitimer(signal.ITIMER_REAL, 0)\n"
            "print(found.count(2) > 10)\n"
        )
        process = self.start(program)
        self.assertDumps(process)
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.finish(process), (0, "True\n"))

    def test_nothing_is_left_open(self):
        program = READY + (
            "import os\nsys.stdin.read()\n"
            "print(len(os.listdir('/proc/self/fd')), len(os.listdir('/proc/self/task')))\n"
        )
        plain = self.finish(self.start(program))
        process = self.start(program)
        self.assertDumps(process)
        self.assertDumps(process)
        attach_support.wait_for_threads(process.pid, 1)
        self.assertEqual(self.finish(process), plain)

    def test_process_that_waits_for_its_children(self):
        program = READY + (
            "import os\n"
            "child = os.fork()\n"
            "if child == 0:\n    sys.stdin.read(); os._exit(5)\n"
            "print(os.wait() == (child, 5 << 8))\n"
        )
        process = self.start(program)
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, "True\n"))


@unittest.skipIf(sys.version_info < (3, 7), "has no sys.remote_exec in later releases")
class IdleTest(attach_support.AttachTest):
    """From 3.14 on a process is asked to run a script: what waits does not."""

    def check(self, program):
        """Dumps once, says nothing in the process, and leaves nothing to be run
        when that wakes up."""
        process = self.start(ENDED + program)
        self.assertDumps(process)
        attach_support.wait_for_threads(process.pid, 1 + program.count("Thread("))
        os.unlink(self.output)
        process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.finish(process), (7, ""))
        self.assertEqual(os.listdir(self.directory), [])

    def test_main_thread_that_sleeps(self):
        self.check("time.sleep(1000)")

    def test_main_thread_that_joins(self):
        self.check(
            "other = threading.Thread(target=time.sleep, args=(1000,), daemon=True)\n"
            "other.start(); other.join()"
        )

    def test_main_thread_that_selects(self):
        self.check("import selectors; selectors.DefaultSelector().select()")

    def test_event_loop_without_traffic(self):
        self.check("import asyncio; asyncio.new_event_loop().run_forever()")

    def test_main_thread_that_reads(self):
        self.check("input()")

    def test_main_thread_that_runs(self):
        self.check("while True: pass")


# Runs the scripts whose paths it reads, as Python does from 3.14 on.
SCRIPT_RUNNER = READY + (
    "for path in iter(sys.stdin.readline, ''):\n"
    "    with open(path.strip()) as script: exec(script.read(), {})\n"
    "print(sorted(name for name in sys.modules if 'heapgrind' in name))\n"
)
# The same, but runs the first only when there is another one.
LATE_RUNNER = "import os\n" + READY + (
    "scripts = [open(sys.stdin.readline().strip()).read() for _ in range(2)]\n"
    "for script in scripts: exec(script, {})\n"
    "print(len(os.listdir('/proc/self/task')), repr(scripts[1]), flush=True)\n"
    "sys.stdin.read()\n"
)
# The command, where Python has such a function.
REMOTE_ATTACHER = (
    "import os, sys\n"
    "from heapgrind import _attach\n"
    "def remote_exec(pid, script):\n"
    "    with open('/proc/{}/fd/0'.format(pid), 'w') as stdin: stdin.write(script + '\\n')\n"
    "sys.remote_exec = {}\n"
    "sys.exit(_attach.main(sys.argv[1:]))\n"
)
NO_GDB_HINT = (
    "hint: install gdb (Debian: apt-get install gdb), which needs no help from the process\n"
)


@unittest.skipIf(sys.version_info < (3, 7), "needs a GIL from the beginning")
class RemoteExecTest(attach_support.AttachTest):
    """With a function of the tests' own in the place of sys.remote_exec, so that
    every Python shows what a process of 3.14 does."""

    def attach_by(self, function, process, *options, **environment):
        """Attaches by a function; without gdb, unless `environment` has a PATH."""
        command = [sys.executable, "-c", REMOTE_ATTACHER.replace("{}\n", function + "\n")]
        environment.setdefault("PATH", "")
        attacher = subprocess.Popen(
            command + ["-o", self.output, str(process.pid)] + list(options),
            env=dict(os.environ, PYTHONPATH=attach_support.PACKAGES, **environment),
            stderr=subprocess.PIPE,
        )
        errors = attacher.communicate()[1].decode("utf-8")
        return attacher.returncode, errors

    def assertAttaches(self, function, process, stopped, **environment):
        """Attaching works; the pattern says for how long the process was stopped."""
        status, errors = self.attach_by(function, process, **environment)
        self.assertEqual(status, 0, errors)
        self.assertRegex_(errors, "; stopped the process for {} s, then ".format(stopped))
        with open(self.output, "rb") as dump_file:
            header = next(dump_support.Dump(dump_file.read()).parsed())
        self.assertEqual(header["pid"], process.pid)

    def assertRefuses(self, function, process, message, *options):
        text = "heapgrind: process {}: {}, and found no gdb in PATH\n".format(
            process.pid, message
        )
        found = self.attach_by(function, process, *options)
        self.assertEqual(found, (1, text + NO_GDB_HINT))
        self.assertEqual(os.listdir(self.directory), [])

    def test_script_starts_the_agent(self):
        process = self.start(SCRIPT_RUNNER)
        for _ in range(3):
            self.assertAttaches("remote_exec", process, "0.000")
        self.assertEqual(self.finish(process), (0, "[]\n"))

    def test_main_thread_that_does_not_come_by(self):
        self.assertRefuses(
            "lambda *unused: None",
            self.start(WAIT),
            "expected its main thread to run Python code within 0.1 s, but it waits or "
            "runs C code",
            "--timeout=0.1",
        )

    def test_process_that_does_not_let_itself_be_asked(self):
        self.assertRefuses(
            "lambda *unused: exec('raise RuntimeError(5)')",
            self.start(WAIT),
            "expected it to run a script for us, got: 5",
        )

    def test_gdb_is_taken_if_the_main_thread_does_not_come_by(self):
        self.assertAttaches(
            "lambda *unused: None", self.start(WAIT), r"0\.\d*[1-9]\d*", PATH=os.environ["PATH"]
        )

    def test_gdb_is_taken_if_the_process_does_not_let_itself_be_asked(self):
        self.assertAttaches(
            "lambda *unused: exec('raise RuntimeError(5)')",
            self.start(WAIT),
            r"0\.\d*[1-9]\d*",
            PATH=os.environ["PATH"],
        )

    def test_script_that_was_read_but_runs_too_late_does_nothing(self):
        process = self.start(LATE_RUNNER)
        self.attach_by("remote_exec", process, "--timeout=0.5")
        self.assertEqual(process.stdout.readline(), b"1 ''\n")
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(os.listdir(self.directory), [])

    def test_process_without_dev_null_keeps_an_empty_script(self):
        process = self.start(WAIT)
        program = "(setattr(os, 'devnull', '/no/null'), os.path.exists(script) or 1 / 0)"
        status, errors = self.attach_by(
            "lambda pid, script: " + program, process, "--timeout=0.1"
        )
        pattern = r"\Aheapgrind: left an empty file in (\S+), which process {} may still read\n"
        self.assertRegex_(errors, pattern.format(process.pid))
        folder = re.search(pattern.format(process.pid), errors).group(1)
        self.addCleanup(shutil.rmtree, folder)
        sizes = [(name, os.path.getsize(os.path.join(folder, name))) for name in os.listdir(folder)]
        self.assertEqual((status, sizes), (1, [("script", 0)]))


class BlockedTest(attach_support.AttachTest):
    def test_lock_that_a_c_function_keeps(self):
        process = self.start(LOCKED)
        self.assertRefused(
            process,
            "expected the interpreter's lock within 0.5 s, but a C function keeps it\n"
            "hint: try again later, or with a longer --timeout",
            "--timeout=0.5",
        )
        self.assertIsNone(process.poll())

    def test_thread_that_may_hold_a_lock_of_c(self):
        process = self.start(IN_LIBC)
        self.assertRefused(
            process,
            "expected a thread that may be interrupted within 0.1 s, found all in C code\n"
            "hint: try again later, or with a longer --timeout",
            "--timeout=0.1",
        )
        self.assertIsNone(process.poll())

    def test_process_that_ends_meanwhile(self):
        process = self.start(LOCKED)
        attacher = self.begin_attach(process)
        attach_support.wait_for_threads(process.pid, 2)
        process.kill()
        self.assertEqual(
            attacher.communicate()[1].decode("ascii"),
            "heapgrind: process {}: expected a dump of it, but it has ended\n".format(
                process.pid
            ),
        )
        self.assertEqual((attacher.returncode, os.listdir(self.directory)), (1, []))

    def test_attach_that_is_interrupted(self):
        process = self.start(LOCKED)
        attacher = self.begin_attach(process)
        attach_support.wait_for_threads(process.pid, 2)
        attacher.send_signal(signal.SIGINT)
        self.assertEqual(
            attacher.communicate()[1].decode("ascii"),
            "heapgrind: process {}: interrupted; it runs on\n".format(process.pid),
        )
        self.assertEqual((attacher.returncode, os.listdir(self.directory)), (130, []))
        self.assertIsNone(process.poll())

    def test_attach_that_is_terminated(self):
        process = self.start(LOCKED)
        attacher = self.begin_attach(process)
        attach_support.wait_for_threads(process.pid, 2)
        attacher.terminate()
        self.assertEqual(attacher.communicate()[1], b"")
        self.assertEqual((attacher.returncode, os.listdir(self.directory)), (143, []))
        self.assertIsNone(process.poll())

    def test_agent_whose_attacher_is_gone_gives_up(self):
        program = READY + (
            "import itertools; all(itertools.repeat(1, 100000000))\n"
            "print(sys.stdin.read())\n"
        )
        process = self.start(program)
        attacher = self.begin_attach(process, "--timeout=0.01")
        attacher.communicate()
        attach_support.wait_for_threads(process.pid, 1)
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, "\n"))


class GdbTest(attach_support.AttachTest):
    def test_call_that_does_not_return_is_undone(self):
        process = self.start(
            READY + "import time\ntime.sleep(1.5)\nprint(sys.stdin.read())\n"
        )
        target = _target.Target(process.pid)
        (libc,) = [one for one in target.modules() if _safe_thread.is_glibc(one)]
        poll = libc.base + libc.elf.exports(["poll"])["poll"]
        with contextlib.closing(_gdb.Gdb(_gdb.find())) as gdb:
            gdb.attach(process.pid, 10)
            gdb.select_thread(process.pid, 10)
            with self.assertRaises(_gdb.GdbError) as caught:
                gdb.call(poll, (0, 0, 0xFFFFFFFF), 0.1)
            gdb.detach(10)
        self.assertEqual(str(caught.exception), "a call does not return within 0.1 s")
        self.assertEqual(self.finish(process), (0, "\n"))


class OutputTest(attach_support.AttachTest):
    def test_directory_that_is_not_there(self):
        self.output = os.path.join(self.directory, "no", "out.json")
        status, errors = self.attach(self.start(WAIT))
        self.assertEqual(status, 1)
        self.assertRegex_(
            errors, r"\Aheapgrind: cannot use '.*': No such file or directory\n\Z"
        )

    def test_disk_that_is_full(self):
        program = (
            "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (99999, 99999))\n"
            "from heapgrind import _attach; sys.exit(_attach.main(sys.argv[1:]))\n"
        )
        process = self.start(WAIT)
        attacher = subprocess.Popen(
            [sys.executable, "-c", program, str(process.pid), "-o", self.output],
            env=dict(os.environ, PYTHONPATH=attach_support.PACKAGES),
            stderr=subprocess.PIPE,
        )
        errors = attacher.communicate()[1].decode("utf-8")
        text = "heapgrind: cannot use '{}': File too large\n".format(self.output)
        self.assertEqual((attacher.returncode, errors), (1, text))
        self.assertEqual(os.listdir(self.directory), [])
        self.assertEqual(self.finish(process), (0, ""))


if __name__ == "__main__":
    unittest.main()
