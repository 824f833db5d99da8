"""Dumps servers while they work: nothing they do is lost or waits for it."""

import glob
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.owners import owner_chains
from tests.end_to_end.support import converter

PROGRAMS = os.path.abspath("tests/end_to_end/live/server_programs")
PACKAGES = os.path.abspath("scanner")


class ServerTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def start(self, program, *command):
        """Starts a program.  What it says on stderr goes to a pipe."""
        process = subprocess.Popen(
            [sys.executable, *command, os.path.join(PROGRAMS, program)],
            env={"PYTHONPATH": PACKAGES, "PATH": "/usr/bin:/bin"},
            cwd=self.folder, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.addCleanup(self.put_away, process)
        return process

    def put_away(self, process):
        """Ends a process whose test has failed."""
        if process.poll() is None:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()

    def start_watched(self, program):
        """Starts a server that dumps on SIGUSR2."""
        return self.start(program, "-m", "heapgrind", "run", "--when=signal,fork", "-o",
                          "%p-%n.json")

    def wait_for_dump(self, process):
        """Waits until a server says that it has dumped.  Returns the path."""
        line = process.stderr.readline().decode()
        match = re.match(r"heapgrind: wrote \d+ objects of .* to (.*) \(SIGUSR2\)\n", line)
        self.assertIsNotNone(match, line)
        return match.group(1)

    def convert(self, *dumps):
        """Converts dumps to one file.  Returns its path; it must be right."""
        path = os.path.join(self.folder, "callgrind.out")
        result = converter.run("-o", path, *dumps)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))
        self.assertEqual(check_callgrind.check(path)[0], [])
        return path


class Visitors:
    """Threads that ask a server for one page after another."""

    def __init__(self, port, num_threads):
        self._port = port
        self._must_end = threading.Event()
        self.wrong = []  # Answers.
        self.num_answers = [0] * num_threads
        self._threads = [
            threading.Thread(target=self._visit, args=(i,)) for i in range(num_threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *unused):
        self._must_end.set()
        for thread in self._threads:
            thread.join()

    def _visit(self, number):
        while not self._must_end.is_set():
            path = f"/{number}/{self.num_answers[number]}"
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
                connection.request("GET", path)
                response = connection.getresponse()
                answer = (response.status, response.read())
                connection.close()
            except OSError as error:
                answer = repr(error)
            if answer != (200, path.encode()):
                self.wrong.append((path, answer))
            self.num_answers[number] += 1


class ThreadedServerTest(ServerTest):
    def test_no_request_is_lost_while_dumps_are_taken(self):
        process = self.start_watched("threaded_server.py")
        port = int(process.stdout.readline())
        with Visitors(port, 4) as visitors:
            dumps = []
            for _ in range(3):
                process.send_signal(signal.SIGUSR2)
                dumps.append(self.wait_for_dump(process))
        process.stdin.close()
        num_sessions = int(process.stdout.readline())
        self.assertEqual(process.wait(), 0)
        self.assertEqual(visitors.wrong, [])
        self.assertEqual(num_sessions, sum(visitors.num_answers))
        chains = owner_chains.OwnerChains(self.convert(dumps[-1]))
        self.assertEqual(
            chains.names("dict::SESSIONS"), ["dict::SESSIONS (__main__.SESSIONS)"])


class PreforkServerTest(ServerTest):
    def test_each_worker_dumps_and_goes_on(self):
        process = self.start_watched("prefork_server.py")
        port, *workers = map(int, process.stdout.readline().split())
        self.assertEqual(self.visit(port, 10), [])
        for pid in [process.pid, *workers]:
            os.kill(pid, signal.SIGUSR2)
        written = [self.wait_for_dump(process) for _ in range(4)]
        self.assertEqual(self.visit(port, 10), [])
        process.stdin.close()
        self.assertEqual(process.stdout.readline(), b"3\n")  # None was started anew.
        self.assertEqual(process.wait(), 0)
        expected = [f"{pid}-1.json" for pid in (process.pid, *workers)]
        self.assertEqual(sorted(map(os.path.basename, written)), sorted(expected))
        chains = owner_chains.OwnerChains(self.convert(*sorted(written)))
        self.assertEqual(
            chains.names("dict::[*] (__main__"),
            sorted(f"dict::[*] (__main__.KEPT[*]) in {pid}" for pid in (process.pid, *workers)))

    def visit(self, port, times):
        """Asks for something so often.  Returns the wrong answers."""
        wrong = []
        for number in range(times):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                question = str(number).encode()
                connection.sendall(question)
                answer = connection.recv(1000)
                if answer != question:
                    wrong.append((question, answer))
        return wrong


class SameProfileTest(ServerTest):
    def test_forked_copy_shows_what_the_process_shows(self):
        program = os.path.join(PROGRAMS, "dump_both_ways.py")
        subprocess.run(
            [sys.executable, program, "first.json", "second.json"],
            env={"PYTHONPATH": PACKAGES, "PATH": "/usr/bin:/bin"}, cwd=self.folder, check=True)
        found = []
        for dump in ("first.json", "second.json"):
            path = self.convert(os.path.join(self.folder, dump))
            chains = owner_chains.OwnerChains(path)
            found.append({
                name: (chains.chain(name), chains.inclusive(name), chains.self_bytes(name),
                       chains.count(name))
                for name in chains.names("__main__")})
        self.assertIn("dict::CACHE (__main__.CACHE)", found[0])
        self.assertEqual(found[0], found[1])
        self.assertEqual(glob.glob(os.path.join(self.folder, ".*")), [])


if __name__ == "__main__":
    unittest.main()
