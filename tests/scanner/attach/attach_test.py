"""Dumps of processes that know nothing of heapgrind, taken through gdb."""

import gzip
import os
import signal
import stat
import subprocess
import sys
import unittest

import attach_support
from attach_support import READY, WAIT
import dump_support

MARK = "mark = ['unique ' + str(4711 + len('x'))]\n"
PYTHON_LOOP = READY + "while True: pass\n"


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
        self.assertEqual(records[-1]["end"], sum("address" in one for one in records))
        self.assertIn("unique 4712", [one.get("value") for one in records])
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
        self.assertNotIn("unique 4712", [one.get("value") for one in self.dump().records(b"4712")])

    def test_max_refs(self):
        self.assertDumps(self.start(WAIT), "--max-refs", "3")
        self.assertIn("refs_left_out", next(self.dump().records(b'"refs_left_out": ')))

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
