"""Measures what a dump by a forked copy costs the process.

    PYTHONPATH=<built package> python benchmark_snapshot.py [N...]

For heaps of N objects (1, 10 and 30 million: 0.1 to 2 GB) prints a row of
the table in docs/performance.md: how long the process stands still for a dump
in the process and for a fork, how long the copy takes, and what memory is
copied for it while the process waits.  Then a row for a server of threads:
requests a second, the slowest request and the longest pause of a thread that
does nothing but look at the clock; without a dump, with one in the process and
with one by fork.
"""

from __future__ import print_function

import gc
import json
import os
import socket
import sys
import threading
import time

import heapgrind

from benchmark_scan import make_heap, resident_kib

DEFAULT_OBJECTS = (1000000, 10000000, 30000000)
SERVED_OBJECTS = 4000000
NUM_VISITORS = 4
SECONDS = 4.0  # For which the server is measured.


def print_fork_row(num_objects):
    """Prints the row of one heap."""
    heap = make_heap(num_objects)
    gc.collect()
    resident = resident_kib()
    in_process = heapgrind.dump("/dev/null")
    snapshots = []
    for _ in range(3):
        start = time.time()
        snapshot = heapgrind.dump("/dev/null", fork=True)
        snapshot.wait()
        snapshots.append((snapshot.pause, time.time() - start, snapshot.copied_bytes))
    pause, seconds, copied = min(snapshots)
    cells = (
        "%.0f" % (resident * 1024 / 1e6),
        "{:,}".format(in_process.objects),
        "%.0f" % (1e3 * in_process.seconds),
        "%.1f" % (1e3 * pause),
        "%.0f" % (1e3 * seconds),
        "%.1f (%.1f %%)" % (copied / 1e6, 100.0 * copied / 1024 / resident),
    )
    print("| " + " | ".join(cells) + " |")
    del heap


class Server(object):
    """Answers each connection on a thread of its own, and counts."""

    def __init__(self):
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(128)
        self.address = self._listener.getsockname()
        thread = threading.Thread(target=self._serve)
        thread.daemon = True
        thread.start()

    def _serve(self):
        while True:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._answer, args=(connection,)).start()

    def _answer(self, connection):
        connection.sendall(connection.recv(100))
        connection.close()


class Load(object):
    """Visitors in another process, and the pauses that this one sees."""

    def __init__(self, address):
        self._address = address
        self.longest_pause = 0.0
        self._must_end = False
        self._clock = threading.Thread(target=self._look_at_the_clock)

    def run(self, dump):
        """Returns (requests a second, slowest request, longest pause); dumps in
        the middle."""
        read_end, write_end = os.pipe()
        visitor = os.fork()
        if visitor == 0:
            os.write(write_end, json.dumps(self._visit()).encode("ascii"))
            os._exit(0)
        os.close(write_end)
        self._clock.start()
        time.sleep(SECONDS / 4)
        snapshot = dump()
        with os.fdopen(read_end) as results:
            count, slowest = json.load(results)
        os.waitpid(visitor, 0)
        self._must_end = True
        self._clock.join()
        if snapshot is not None:
            snapshot.wait()
        return count / SECONDS, slowest, self.longest_pause

    def _look_at_the_clock(self):
        last = time.time()
        while not self._must_end:
            time.sleep(0.001)
            now = time.time()
            self.longest_pause = max(self.longest_pause, now - last - 0.001)
            last = now

    def _visit(self):
        """Returns (number of requests, seconds of the slowest)."""
        figures = [[0, 0.0] for _ in range(NUM_VISITORS)]
        end = time.time() + SECONDS

        def visit(own):
            while time.time() < end:
                start = time.time()
                connection = socket.create_connection(self._address)
                connection.sendall(b"question")
                while connection.recv(100):
                    pass
                connection.close()
                own[0] += 1
                own[1] = max(own[1], time.time() - start)

        threads = [threading.Thread(target=visit, args=(own,)) for own in figures]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(own[0] for own in figures), max(own[1] for own in figures)


def dump_in_the_process():
    """Dumps, and leaves nothing to wait for."""
    heapgrind.dump("/dev/null")


def print_server_rows():
    """Prints what dumps do to a server."""
    heap = make_heap(SERVED_OBJECTS)
    gc.collect()
    server = Server()
    ways = (
        ("no dump", lambda: None),
        ("in the process", dump_in_the_process),
        ("by fork", lambda: heapgrind.dump("/dev/null", fork=True)),
    )
    for name, dump in ways:
        rate, slowest, pause = Load(server.address).run(dump)
        cells = (name, "%.0f" % rate, "%.0f" % (1e3 * slowest), "%.0f" % (1e3 * pause))
        print("| " + " | ".join(cells) + " |")
    del heap


def main():
    """Prints the tables."""
    print("| resident, MB | objects | in the process, ms | fork, ms | copy, ms | copied, MB |")
    for num_objects in [int(text) for text in sys.argv[1:]] or DEFAULT_OBJECTS:
        print_fork_row(num_objects)
    print("| dump | requests/s | slowest request, ms | longest pause, ms |")
    print_server_rows()
    return 0


if __name__ == "__main__":
    main()
