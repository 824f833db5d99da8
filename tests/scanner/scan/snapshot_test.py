"""Dumps that a forked copy of the process writes: what they hold, and how they fail."""

import errno
import gc
import gzip
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

import dump_support
import heapgrind
import snapshot_support
from snapshot_support import LONG, resident_bytes


class DumpsTest(snapshot_support.SnapshotTest):
    def test_is_the_dump_of_this_process(self):
        held = [u"held by the test", 2.5]
        resident = resident_bytes()
        snapshot = self.take()
        dump = self.read()
        header = next(dump.parsed())
        self.assertEqual(header["pid"], os.getpid())
        self.assertNotEqual(snapshot.pid, os.getpid())
        # Read a moment before, and the kernel counts pages in batches.
        self.assertAlmostEqual(header["rss"], resident, delta=resident // 4)
        self.assertEqual(dump.of(held)["refs"], [id(x) for x in held])
        summary = snapshot.summary
        end = dump.end()
        self.assertEqual((end["end"], end["size"]), (summary.objects, summary.size))
        self.assertEqual(summary.dump_bytes, len(dump.text))
        self.assertEqual(summary.path, self.path)
        self.assertEqual(summary.seconds, snapshot.pause)

    def test_holds_what_a_dump_in_the_process_holds(self):
        with tempfile.TemporaryFile() as first, tempfile.TemporaryFile() as second:
            gc.collect()
            heapgrind.dump(first)
            snapshot = heapgrind.dump(second, fork=True, native=False)
            self.assertTrue(snapshot.wait(LONG))
            found = []
            for dump_file in (first, second):
                dump_file.seek(0)
                found.append(set(dump_support.Dump(dump_file.read()).addresses()))
        # Only what the calls themselves have made: 2 objects (CPython 3.11).
        self.assertLess(len(found[0] ^ found[1]), 40)
        self.assertGreater(len(found[0]), 10000)

    def test_frames_of_the_dump_are_those_of_the_program(self):
        self.take()
        files = {
            record["file"] for record in self.read().frames()
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
        self.assertTrue(text.startswith(b'# before\n{"heapgrind": 2, '))

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
        dump = self.read()
        self.assertEqual(dump.end()["end"], dump.text.count(b'\n{"address": '))

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


class ErrorsTest(snapshot_support.SnapshotTest):
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


if __name__ == "__main__":
    unittest.main()
