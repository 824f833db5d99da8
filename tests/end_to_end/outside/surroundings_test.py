"""Processes in namespaces, of other users, that hang, are stopped, or end meanwhile."""

import json
import os
import signal
import subprocess
import time
import unittest

from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program

_PYTHON = outside_support.SYSTEM_PYTHON
_WAITING = outside_support.WAITING_PROGRAM
_PATIENCE = 60  # Seconds.
_KEEPS_LOCK = """
import ctypes, sys, threading
threading.Thread(target=sys.stdin.readline, daemon=True).start()
print("ready")
sys.stdout.flush()
ctypes.PyDLL(None).sleep(1000)
"""
# A thread waits for a child that shares nothing (CLONE_VFORK), and so in state D.  It keeps the
# lock, which a copy of the process would wait for for ever if another thread had it.
_WAITS_IN_KERNEL = """
import ctypes, os, sys, threading
results = []
def wait():
    child = ctypes.PyDLL(None).syscall(56, 0x4000 | 17, 0, 0, 0, 0)
    if child == 0:
        os.write(1, b"ready\\n")
        os.read(0, 1)
        os._exit(0)
    results.append(os.waitpid(child, 0) == (child, 0))
thread = threading.Thread(target=wait)
thread.start()
thread.join()
sys.exit(results != [True])
"""
_LIMITS = """
import resource, sys
for limit in resource.RLIMIT_AS, resource.RLIMIT_DATA:
    resource.setrlimit(limit, (1 << 20, resource.getrlimit(limit)[1]))
print("ready")
sys.stdout.flush()
sys.stdin.readline()
"""
_THREADS = """
import sys, threading
end = threading.Event()
threads = [threading.Thread(target=end.wait) for _ in range(200)]
for thread in threads: thread.start()
print("ready")
sys.stdout.flush()
sys.stdin.readline()
end.set()
"""


class SurroundingsTest(outside_support.OutsideTestCase):
    def _header(self):
        with open(self.output, encoding="utf-8") as file:
            return json.loads(file.readline())

    def _check_namespace(self, *flags):
        if subprocess.run(["unshare", *flags, "true"], stderr=subprocess.DEVNULL,
                          check=False).returncode != 0:
            self.skipTest("not run: namespaces are forbidden")
        with outside_support.Process(
                ("unshare", *flags, _PYTHON, "-c", _WAITING)) as process:
            if "--fork" in flags:
                process.pid, = process.children()
            self.assertDumped(self.dump(process.pid))
            header = self._header()
            self.assertEqual(header["pid"], 1 if "--pid" in flags else process.pid)
            self.assertEqual(header["tid"], header["pid"])
            self.assertUnharmed(process)

    def test_namespaces_of_users_and_pids_with_python_as_pid_1(self):
        self._check_namespace("--user", "--map-root-user", "--pid", "--fork", "--mount-proc")

    @unittest.skipUnless(outside_support.is_root(), "not run: needs root")
    def test_namespaces_of_mounts_pids_and_networks(self):
        self._check_namespace("--mount", "--pid", "--fork", "--net", "--ipc")

    @unittest.skipUnless(outside_support.is_root(), "not run: needs root")
    def test_namespace_of_mounts(self):
        self._check_namespace("--mount")

    @unittest.skipUnless(outside_support.is_root(), "not run: needs root")
    def test_own_process_without_root(self):
        command = (_PYTHON, "-c", _WAITING)
        with outside_support.Process(command, **outside_support.NOBODY) as process:
            self.assertDumped(self.dump_as_nobody(process.pid))
            self.assertEqual((os.stat(self.output).st_uid, os.stat(self.output).st_mode),
                             (65534, 0o100600))
            self.assertUnharmed(process)

    def test_thread_that_keeps_the_lock_for_ever(self):
        with outside_support.Process((_PYTHON, "-c", _KEEPS_LOCK)) as process:
            self.assertDumped(self.dump(process.pid))
            self.assertEqual(process.children(), [])

    def test_stopped_process_stays_stopped(self):
        with outside_support.Process() as process:
            os.kill(process.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
            self.assertDumped(self.dump(process.pid))
            # It stops again by itself, once it gets a processor.
            end = time.monotonic() + _PATIENCE
            while process.status("State") != "T (stopped)" and time.monotonic() < end:
                time.sleep(0.01)
            self.assertEqual(process.status("State"), "T (stopped)")
            os.kill(process.pid, signal.SIGCONT)
            self.assertUnharmed(process)

    def test_thread_that_waits_in_the_kernel(self):
        with outside_support.Process((_PYTHON, "-c", _WAITS_IN_KERNEL)) as process:
            states = [process.status("State", f"task/{thread}/status")
                      for thread in os.listdir(f"/proc/{process.pid}/task")]
            if "D (disk sleep)" not in states:
                self.skipTest(f"not run: no thread is in state D, but {states}")
            self.assertDumped(self.dump(process.pid))
            self.assertEqual(self._header()["threads"], 2)
            self.assertEqual(process.finish(), 0)

    def test_limits_of_the_process_do_not_bind_the_scanner(self):
        with outside_support.Process((_PYTHON, "-c", _LIMITS)) as process:
            self.assertDumped(self.dump(process.pid))
            self.assertUnharmed(process)

    def test_many_threads(self):
        with outside_support.Process((_PYTHON, "-c", _THREADS)) as process:
            self.assertDumped(self.dump(process.pid))
            self.assertEqual(self._header()["threads"], 201)
            self.assertUnharmed(process)

    def _begin(self, pid):
        """Begins a dump to a pipe, which waits for its reader."""
        blobs = outside_support.make_blobs(self.folder, passes=200)
        dump = subprocess.Popen(
            [heapgrind_program.PROGRAM, "dump", str(pid), "--blobs", blobs, "-o", "-"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(dump.wait)
        self.addCleanup(dump.kill)
        self.assertTrue(dump.stdout.readline().startswith(b'{"heapgrind": 2'))
        return dump

    def test_process_that_ends_during_the_dump(self):
        with outside_support.Process() as process:
            dump = self._begin(process.pid)
            self.assertEqual(process.finish(), 0)
            output, errors = dump.communicate()
            self.assertEqual(dump.returncode, 0, errors)
            self.assertTrue(output.endswith(b'\n{"end": 200001, "size": 3200016, '
                                            b'"pymalloc_explained": 0}\n'))

    def test_pid_1_that_ends_during_the_dump(self):
        flags = ("--user", "--map-root-user", "--pid", "--fork", "--mount-proc")
        if subprocess.run(["unshare", *flags, "true"], stderr=subprocess.DEVNULL,
                          check=False).returncode != 0:
            self.skipTest("not run: namespaces are forbidden")
        with outside_support.Process(("unshare", *flags, _PYTHON, "-c", _WAITING)) as process:
            process.pid, = process.children()
            dump = self._begin(process.pid)
            copy, = process.children()
            process.say()
            while outside_support.state(copy) not in ("Z", ""):
                pass  # The kernel kills all in the namespace.
            _, errors = dump.communicate()
            self.assertEqual(
                (dump.returncode, errors.decode()),
                (1, f"heapgrind dump: process {process.pid}: expected a dump from its copy, but "
                    "a signal has killed that: Killed\nhint: the OOM killer may have ended it: "
                    "see dmesg\n"))

    def test_reader_that_goes_away(self):
        with outside_support.Process() as process:
            dump = self._begin(process.pid)
            dump.stdout.close()
            self.assertEqual((dump.wait(), dump.stderr.read()), (-signal.SIGPIPE, b""))
            self.assertUnharmed(process)

    def test_interrupt_leaves_nothing(self):
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            with self.subTest(signal=number), outside_support.Process() as process:
                blobs = outside_support.make_blobs(self.folder, what="SILENT")
                dump = subprocess.Popen(
                    [heapgrind_program.PROGRAM, "dump", str(process.pid), "--blobs", blobs, "-o",
                     self.output], stderr=subprocess.PIPE, encoding="utf-8")
                while not process.children():
                    pass
                dump.send_signal(number)
                _, errors = dump.communicate()
                self.assertEqual((dump.returncode, errors), (
                    128 + number,
                    f"heapgrind dump: process {process.pid}: interrupted; it runs on\n"))
                self.assertEqual([name for name in os.listdir(self.folder)
                                  if not name.endswith(".blob")], [])
                self.assertUnharmed(process)

    def test_wait_for_the_reader_of_a_pipe_can_be_interrupted(self):
        self.output = os.path.join(self.folder, "pipe")
        os.mkfifo(self.output)
        blobs = outside_support.make_blobs(self.folder)
        with outside_support.Process() as process:
            dump = subprocess.Popen(
                [heapgrind_program.PROGRAM, "dump", str(process.pid), "--blobs", blobs, "-o",
                 self.output])
            while outside_support.status(dump.pid, "State") != "S (sleeping)":
                pass
            dump.send_signal(signal.SIGINT)
            self.assertEqual(dump.wait(), -signal.SIGINT)
            self.assertUnharmed(process)

    def test_copy_that_is_killed(self):
        with outside_support.Process() as process:
            blobs = outside_support.make_blobs(self.folder, what="SILENT")
            dump = subprocess.Popen(
                [heapgrind_program.PROGRAM, "dump", str(process.pid), "--blobs", blobs, "-o",
                 self.output], stderr=subprocess.PIPE, encoding="utf-8")
            while not process.children():
                pass
            os.kill(process.children()[0], signal.SIGKILL)
            _, errors = dump.communicate()
            self.assertEqual(dump.returncode, 1)
            self.assertIn("hint: the OOM killer may have ended it: see dmesg\n", errors)
            self.assertUnharmed(process)


if __name__ == "__main__":
    unittest.main()
