"""A server whose workers are forked before they serve, as gunicorn's are.

Says its port and its workers on stdout.  Starts a worker anew that has ended.
When stdin ends, so do the workers, by SIGTERM, and then the server.
"""

import os
import signal
import socket
import sys
import threading

WORKERS = 3
KEPT = [{"made before the fork": [number]} for number in range(20000)]
SERVED = []


def work(listener):
    """Serves one connection after another."""
    signal.signal(signal.SIGTERM, lambda *unused: sys.exit(0))
    while True:
        connection, _ = listener.accept()
        with connection:
            SERVED.append(connection.recv(1000))
            connection.sendall(SERVED[-1])


def start_worker(listener):
    """Returns the number of a worker."""
    pid = os.fork()
    if pid == 0:
        work(listener)
    return pid


def main():
    """Serves until stdin ends, and says how many workers had to be started."""
    listener = socket.create_server(("127.0.0.1", 0))
    workers = {start_worker(listener) for _ in range(WORKERS)}
    print(listener.getsockname()[1], *workers, flush=True)
    is_ending = threading.Event()

    def end_workers():
        sys.stdin.read()
        is_ending.set()
        for pid in workers:
            os.kill(pid, signal.SIGTERM)

    threading.Thread(target=end_workers).start()
    num_started = WORKERS
    while workers:
        pid, _ = os.wait()
        workers.remove(pid)
        if not is_ending.is_set():
            workers.add(start_worker(listener))
            num_started += 1
    print(num_started, flush=True)


if __name__ == "__main__":
    main()
