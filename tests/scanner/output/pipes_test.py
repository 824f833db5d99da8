"""Dumps to named pipes: nothing else waits for their readers."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

import heapgrind
from heapgrind import _dump_file

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))

# Says when it is about to write, and whether Ctrl-C has ended that.
PROGRAM = """\
import os, sys
import heapgrind
from heapgrind import _dump_file
def copy(path):
    with _dump_file.Output(path) as output:
        for _ in range(1000):
            output.write(b"0123456789" * 1000)
        output.commit()
write = {"dump": heapgrind.dump, "copy": copy,
         "fork": lambda path: heapgrind.dump(path, fork=True)}[sys.argv[1]]
if sys.argv[3] == "read":  # A reader that does not read.
    os.open(sys.argv[2], os.O_RDONLY | os.O_NONBLOCK)
os.write(1, b"ready\\n")
try:
    write(sys.argv[2])
except KeyboardInterrupt:
    os.write(1, b"interrupted\\n")
"""


class PipesTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, "pipe")
        os.mkfifo(self.path)

    def read_in_a_thread(self):
        """Starts to read from the pipe; returns the thread, and the list that
        will have what came."""
        found = []

        def read():
            with open(self.path, "rb") as pipe:
                found.append(pipe.read())

        thread = threading.Thread(target=read)
        thread.start()
        return thread, found

    def test_threads_go_on_while_it_waits_for_its_reader(self):
        # The reader is a thread of this process: if it could not go on, the
        # dump would wait for ever.
        thread, found = self.read_in_a_thread()
        heapgrind.dump(self.path, fork=True).wait()
        thread.join()
        self.assertTrue(found[0].splitlines()[-1].startswith(b'{"end": '))

    def test_file_that_python_writes(self):
        thread, found = self.read_in_a_thread()
        with _dump_file.Output(self.path) as output:
            output.write(b"text\n")
            output.commit()
        thread.join()
        self.assertEqual(found, [b"text\n"])

    def test_compressed(self):
        os.rename(self.path, self.path + ".gz")
        self.path += ".gz"
        thread, found = self.read_in_a_thread()
        heapgrind.dump(self.path, fork=True).wait()
        thread.join()
        self.assertTrue(found[0].startswith(b"\x1f\x8b"))

    def test_check_does_not_wait(self):
        heapgrind.check_path(self.path)

    def test_reader_that_goes_is_an_error(self):
        command = [sys.executable, "-c", "open({!r}, 'rb').read(10)".format(self.path)]
        reader = subprocess.Popen(command)
        with self.assertRaises(EnvironmentError) as caught:
            heapgrind.dump(self.path)
        self.assertEqual(caught.exception.errno, errno.EPIPE)
        self.assertEqual(reader.wait(), 0)

    def assertInterruptible(self, kind, reader):
        environment = dict(os.environ, PYTHONPATH=PACKAGES)
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, kind, self.path, reader],
            env=environment,
            stdout=subprocess.PIPE,
        )
        self.assertEqual(process.stdout.readline(), b"ready\n")
        # It may come before it waits: then the next one does it.
        interrupted = threading.Event()

        def interrupt():
            while not interrupted.wait(0.1):
                process.send_signal(signal.SIGINT)

        thread = threading.Thread(target=interrupt)
        thread.start()
        line = process.stdout.readline()
        interrupted.set()
        thread.join()
        process.communicate()
        self.assertEqual((kind, reader, line), (kind, reader, b"interrupted\n"))

    def test_ctrl_c_ends_the_wait_for_a_reader(self):
        for kind in "dump", "copy", "fork":
            self.assertInterruptible(kind, "none")

    def test_ctrl_c_ends_the_wait_for_somebody_to_read(self):
        for kind in "dump", "copy":
            self.assertInterruptible(kind, "read")


if __name__ == "__main__":
    unittest.main()
