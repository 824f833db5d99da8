"""Dumps that a forked copy of the process writes."""

import ctypes
import errno
import gc
import gzip
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

import dump_support
import heapgrind

LONG = 60  # Seconds; nothing here takes as long.


def addresses(dump):
    """The set of the addresses of a dump's objects."""
    return set(re.findall(br'^\{"address": (\d+)', dump.text, re.MULTILINE))


def resident_bytes():
    """What is resident of this process, in bytes."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


class SnapshotTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, "app.json")

    def take(self, path=None, **options):
        """Returns the Snapshot, which is done and well."""
        snapshot = heapgrind.dump(path or self.path, fork=True, **options)
        self.assertTrue(snapshot.wait(LONG))
        self.assertIsNone(snapshot.error)
        return snapshot

    def read(self, path=None):
        """The dump in a file."""
        with open(path or self.path, "rb") as dump_file:
            return dump_support.Dump(dump_file.read())

    def wait_for(self, condition):
        """Waits until a condition holds; a test that waits for ever is killed."""
        while not condition():
            threading.Event().wait(0.001)

    def has_zombies(self):
        """True if a child of this process has ended and was not waited for."""
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                with open("/proc/{}/stat".format(entry)) as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except EnvironmentError:
                continue
            if fields[0] == "Z" and int(fields[1]) == os.getpid():
                return True
        return False


class DumpsTest(SnapshotTest):
    def test_is_the_dump_of_this_process(self):
        held = [u"held by the test", 2.5]
        resident = resident_bytes()
        snapshot = self.take()
        dump = self.read()
        records = list(dump.parsed())
        self.assertEqual(records[0]["pid"], os.getpid())
        self.assertNotEqual(snapshot.pid, os.getpid())
        self.assertAlmostEqual(records[0]["rss"], resident, delta=resident // 4)
        self.assertEqual(dump.of(held)["refs"], [id(x) for x in held])
        summary = snapshot.summary
        self.assertEqual(records[-1], {"end": summary.objects, "size": summary.size})
        self.assertEqual(summary.dump_bytes, len(dump.text))
        self.assertEqual(summary.path, self.path)
        self.assertEqual(summary.seconds, snapshot.pause)

    def test_holds_what_a_dump_in_the_process_holds(self):
        with tempfile.TemporaryFile() as first, tempfile.TemporaryFile() as second:
            gc.collect()
            heapgrind.dump(first)
            snapshot = heapgrind.dump(second, fork=True)
            self.assertTrue(snapshot.wait(LONG))
            found = []
            for dump_file in (first, second):
                dump_file.seek(0)
                found.append(addresses(dump_support.Dump(dump_file.read())))
        self.assertLess(len(found[0] ^ found[1]), 40)
        self.assertGreater(len(found[0]), 10000)

    def test_frames_of_the_dump_are_those_of_the_program(self):
        self.take()
        files = {
            record["file"] for record in self.read().records() if "frame" == record["type"]
        }
        package = os.path.dirname(heapgrind.__file__)
        self.assertEqual([x for x in files if x.startswith(package)], [])
        self.assertIn("snapshot_test.py", [os.path.basename(x) for x in files])

    def test_options_are_those_of_dump(self):
        held = [[x] for x in range(9)]
        self.take(values="none", max_refs=3, low_memory=True)
        record = self.read().of(held)
        self.assertEqual(record["refs_left_out"], 6)

    def test_path_in_gz_is_compressed(self):
        path = self.path + ".gz"
        snapshot = self.take(path)
        with gzip.open(path) as dump_file:
            self.assertEqual(len(dump_file.read()), snapshot.summary.dump_bytes)

    def test_file_object_is_written_where_it_stands(self):
        with open(self.path, "wb") as dump_file:
            dump_file.write(b"# before\n")
            snapshot = heapgrind.dump(dump_file, fork=True)
            self.assertTrue(snapshot.wait(LONG))
        self.assertIsNone(snapshot.path)
        with open(self.path, "rb") as dump_file:
            text = dump_file.read()
        self.assertTrue(text.startswith(b'# before\n{"heapgrind": 1, '))

    def test_old_file_is_replaced(self):
        with open(self.path, "w") as old:
            old.write("old")
        self.take()
        self.assertEqual(os.listdir(self.directory), ["app.json"])
        self.assertTrue(self.read().text.startswith(b'{"heapgrind"'))

    def test_two_at_once_to_one_path_leave_one_whole_dump(self):
        snapshots = [heapgrind.dump(self.path, fork=True) for _ in range(2)]
        for snapshot in snapshots:
            self.assertTrue(snapshot.wait(LONG))
            self.assertIsNone(snapshot.error)
        self.assertEqual(os.listdir(self.directory), ["app.json"])
        records = list(self.read().parsed())
        self.assertEqual(records[-1]["end"], len(records) - 2 - len(self.read().roots()))

    def test_threads_go_on_and_their_frames_are_in_the_dump(self):
        must_end = threading.Event()
        kept = []
        are_running = [threading.Event() for _ in range(3)]

        def allocate_in_a_thread(is_running):
            is_running.set()
            while not must_end.is_set():
                kept.append({"a": [object()], "b": (1, 2.5)})
                if len(kept) > 1000:
                    del kept[:500]

        threads = [
            threading.Thread(target=allocate_in_a_thread, args=(is_running,))
            for is_running in are_running
        ]
        for thread in threads:
            thread.start()
        for is_running in are_running:
            is_running.wait()
        try:
            for _ in range(5):
                self.take()
                named = b'"kind": "frame", "name": "allocate_in_a_thread"'
                self.assertEqual(self.read().text.count(named), 3)
        finally:
            must_end.set()
            for thread in threads:
                thread.join()


class StateTest(SnapshotTest):
    """What is known while the copy runs: it writes to a pipe that is full."""

    def setUp(self):
        super(StateTest, self).setUp()
        self.read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            self.snapshot = heapgrind.dump(pipe, fork=True)
        self.is_open = True

    def tearDown(self):
        if self.is_open:
            os.close(self.read_end)
        self.snapshot.wait(LONG)

    def drain(self):
        """Reads the pipe to its end.  Returns what was in it."""
        pieces = []
        while not pieces or pieces[-1]:
            pieces.append(os.read(self.read_end, 1 << 16))
        return b"".join(pieces)

    def test_is_not_done_until_it_is(self):
        self.assertFalse(self.snapshot.done)
        self.assertFalse(self.snapshot.wait(0.0))
        self.assertFalse(self.snapshot.wait(0.001))
        self.assertIsNone(self.snapshot.summary)
        self.assertIsNone(self.snapshot.error)
        self.assertIsNone(self.snapshot.copied_bytes)
        text = self.drain()
        self.assertTrue(self.snapshot.wait())
        self.assertTrue(self.snapshot.done)
        self.assertEqual(self.snapshot.bytes, len(text))
        self.assertEqual(self.snapshot.objects, self.snapshot.summary.objects)
        self.assertTrue(text.splitlines()[-1].startswith(b'{"end": '))

    def test_progress_grows(self):
        os.read(self.read_end, 10)
        seen = []
        for _ in range(20):
            os.read(self.read_end, 1 << 16)
            seen.append((self.snapshot.objects, self.snapshot.bytes))
        self.assertEqual(seen, sorted(seen))
        self.assertGreater(seen[-1], (100, 10000))

    def test_copy_holds_no_other_descriptor(self):
        folder = "/proc/{}/fd".format(self.snapshot.pid)
        os.read(self.read_end, 10)  # So it has begun.
        links = [os.readlink(os.path.join(folder, x)) for x in os.listdir(folder)]
        self.assertEqual([x.split(":")[0] for x in links], ["pipe"])

    def test_copy_that_is_killed_is_an_error(self):
        os.kill(self.snapshot.pid, signal.SIGKILL)
        self.assertTrue(self.snapshot.wait(LONG))
        error = self.snapshot.error
        self.assertIsInstance(error, OSError)
        self.assertEqual(error.errno, errno.ECHILD)
        self.assertEqual(
            error.strerror, "process {} was killed by signal 9".format(self.snapshot.pid)
        )
        self.assertIsNone(self.snapshot.summary)

    def test_signals_of_the_program_are_not_the_copys(self):
        os.read(self.read_end, 10)
        for number in (signal.SIGINT, signal.SIGUSR1, signal.SIGHUP, signal.SIGALRM):
            os.kill(self.snapshot.pid, number)
        self.drain()
        self.assertTrue(self.snapshot.wait(LONG))
        self.assertIsNone(self.snapshot.error)

    def test_reader_that_leaves_is_an_error(self):
        os.close(self.read_end)
        self.is_open = False
        self.assertTrue(self.snapshot.wait(LONG))
        self.assertEqual(self.snapshot.error.errno, errno.EPIPE)

    def test_wait_can_be_interrupted(self):
        def interrupt(*unused):
            raise KeyboardInterrupt()

        old = signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        try:
            with self.assertRaises(KeyboardInterrupt):
                self.snapshot.wait()
        finally:
            signal.signal(signal.SIGALRM, old)

    def test_forked_child_of_the_program_can_wait_too(self):
        child = os.fork()
        if child == 0:
            is_done = self.snapshot.done
            self.drain()
            os._exit(0 if not is_done and self.snapshot.wait(LONG) else 1)
        self.assertEqual(os.waitpid(child, 0), (child, 0))
        self.assertTrue(self.snapshot.wait(LONG))


class ChildrenTest(SnapshotTest):
    """The program's own children and waits, which know nothing of the copy."""

    def test_no_zombie_is_left(self):
        snapshot = self.take()
        self.assertFalse(os.path.exists("/proc/{}/stat".format(snapshot.pid)))
        self.assertFalse(self.has_zombies())

    def test_forgotten_snapshot_ends_whole_and_leaves_no_zombie(self):
        read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            pid = heapgrind.dump(pipe, fork=True).pid
        gc.collect()
        with os.fdopen(read_end, "rb") as pipe:
            text = pipe.read()
        self.assertTrue(text.splitlines()[-1].startswith(b'{"end": '))
        self.wait_for(lambda: not os.path.exists("/proc/{}/stat".format(pid)))

    def test_wait_of_the_program_does_not_see_it(self):
        read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            snapshot = heapgrind.dump(pipe, fork=True)
        with self.assertRaises(OSError) as caught:
            os.waitpid(-1, os.WNOHANG)
        self.assertEqual(caught.exception.errno, errno.ECHILD)
        os.close(read_end)
        self.assertTrue(snapshot.wait(LONG))
        self.assertEqual(snapshot.error.errno, errno.EPIPE)

    def test_its_end_sends_no_signal(self):
        signals = []
        old = signal.signal(signal.SIGCHLD, lambda *unused: signals.append(1))
        try:
            self.take()
        finally:
            signal.signal(signal.SIGCHLD, old)
        self.assertEqual(signals, [])

    def test_ignored_sigchld_does_not_hide_what_became_of_it(self):
        old = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        try:
            self.take()
            snapshot = heapgrind.dump("/dev/full", fork=True)
            self.assertTrue(snapshot.wait(LONG))
            self.assertEqual(snapshot.error.errno, errno.ENOSPC)
        finally:
            signal.signal(signal.SIGCHLD, old)

    def test_whoever_waits_for_everything_first_does_no_harm(self):
        wait_all = 0x40000000  # __WALL
        libc = ctypes.CDLL(None)
        stop = threading.Event()

        def steal():
            while not stop.is_set():
                libc.waitpid(-1, None, wait_all | os.WNOHANG)

        thief = threading.Thread(target=steal)
        thief.start()
        try:
            for _ in range(5):
                self.take()
        finally:
            stop.set()
            thief.join()

    def test_process_that_ends_first_leaves_a_whole_dump(self):
        program = (
            "import heapgrind, os, sys\n"
            "heap = [[float(x)] for x in range(100000)]\n"
            "snapshot = heapgrind.dump(sys.argv[1], fork=True)\n"
            "print(snapshot.pid)\n"
            "sys.stdout.flush()\n"
            "os._exit(0)\n"
        )
        command = [sys.executable, "-c", program, self.path]
        pid = int(subprocess.check_output(command))
        self.wait_for(lambda: not is_running(pid))
        records = list(self.read().parsed())
        self.assertGreater(records[-1]["end"], 200000)
        self.assertEqual(os.listdir(self.directory), ["app.json"])


def is_running(pid):
    """True while there is a process that has not ended."""
    try:
        with open("/proc/{}/stat".format(pid)) as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except EnvironmentError:
        return False


class ErrorsTest(SnapshotTest):
    def test_directory_that_is_not_there(self):
        path = os.path.join(self.directory, "no", "app.json")
        with self.assertRaises(EnvironmentError) as caught:
            heapgrind.dump(path, fork=True)
        self.assertEqual(caught.exception.errno, errno.ENOENT)
        self.assertEqual(caught.exception.filename, path)

    def test_full_disk_leaves_the_old_file(self):
        with open(self.path, "w") as old:
            old.write("old")
        old_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, old_limit[1]))
        try:
            snapshot = heapgrind.dump(self.path, fork=True)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old_limit)
        self.assertTrue(snapshot.wait(LONG))
        self.assertEqual(snapshot.error.errno, errno.EFBIG)
        self.assertEqual(snapshot.error.filename, self.path)
        self.assertEqual(os.listdir(self.directory), ["app.json"])
        with open(self.path) as dump_file:
            self.assertEqual(dump_file.read(), "old")

    def test_killed_copy_leaves_no_part(self):
        held = [[float(x)] for x in range(300000)]
        snapshot = heapgrind.dump(self.path, fork=True)
        os.kill(snapshot.pid, signal.SIGKILL)
        self.assertTrue(snapshot.wait(LONG))
        self.assertEqual(os.listdir(self.directory), [])
        self.assertEqual(snapshot.error.errno, errno.ECHILD)
        del held

    def test_process_that_may_not_fork(self):
        program = (
            "import heapgrind, os, resource, sys\n"
            "try: os.setuid(65534)\n"
            "except OSError: sys.exit('cannot become another user')\n"
            "resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))\n"
            "try: heapgrind.dump(sys.argv[1], fork=True)\n"
            "except EnvironmentError as error: print(error.errno)\n"
            "print(os.listdir(os.path.dirname(sys.argv[1])))\n"
        )
        os.chmod(self.directory, 0o777)
        process = subprocess.Popen(
            [sys.executable, "-c", program, self.path],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = process.communicate()
        if errors == b"cannot become another user\n":
            self.skipTest("needs root, to become another user")
        self.assertEqual(output.decode("ascii").split(), [str(errno.EAGAIN), "[]"])


class NothingIsLeftTest(SnapshotTest):
    def test_no_descriptor_and_no_thread_is_left(self):
        def count():
            return [len(os.listdir("/proc/self/" + x)) for x in ("fd", "task")]

        # Threads of earlier snapshots may be about to end.
        self.wait_for(lambda: count()[1] == threading.active_count())
        before = count()
        for path in (self.path, self.path + ".gz"):
            for low_memory in (False, True):
                self.take(path, low_memory=low_memory, values="none")
        self.wait_for(lambda: count() == before)


class MemoryTest(SnapshotTest):
    """What the copy costs, when the process changes nothing meanwhile."""

    def test_reference_counts_do_not_change_and_little_is_copied(self):
        held = [{"key": [float(x)], "text": "text %d" % x} for x in range(100000)]
        counts = [sys.getrefcount(x) for x in held[:100]]
        resident = resident_bytes()
        snapshot = self.take()
        self.assertEqual([sys.getrefcount(x) for x in held[:100]], counts)
        if snapshot.copied_bytes is not None:
            self.assertLess(snapshot.copied_bytes, resident * 0.15)
            self.assertGreater(snapshot.copied_bytes, 10000)

    @unittest.skipUnless(os.path.exists("/proc/self/smaps_rollup"), "needs Linux 4.14")
    def test_the_kernel_says_so_near_the_end_of_the_dump(self):
        held = [{"key": [float(x)], "text": "text %d" % x} for x in range(100000)]
        length = heapgrind.dump("/dev/null").dump_bytes
        read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            snapshot = heapgrind.dump(pipe, fork=True)
        left = length - (1 << 18)
        while left > 0:  # The copy waits for the pipe from here on.
            left -= len(os.read(read_end, min(left, 1 << 16)))
        with open("/proc/{}/smaps_rollup".format(snapshot.pid)) as rollup:
            figures = dict(re.findall(r"(\w+):\s+(\d+) kB", rollup.read()))
        os.close(read_end)
        self.assertTrue(snapshot.wait(LONG))
        self.assertGreater(int(figures["Rss"]), 20000)
        self.assertLess(int(figures["Private_Dirty"]), int(figures["Rss"]) * 0.15)
        del held


if __name__ == "__main__":
    unittest.main()
