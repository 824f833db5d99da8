"""A pool of threads in the middle of their work.

    worker_pool.py DUMP
"""

import concurrent.futures
import sys
import threading

import heapgrind

_NUM_WORKERS = 8


class Job:
    def __init__(self, number):
        self.number = number
        self.text = f"job number {number} " * 20


class Worker:
    """Takes jobs until it is told to wait."""

    def __init__(self, started, may_end):
        self.started, self.may_end = started, may_end

    def run(self, jobs):
        words = {job.number: job.text.split() for job in jobs}
        lines = [line.upper() for parts in words.values() for line in parts]
        self.started.wait()
        self.may_end.wait()
        return lines


STARTED, MAY_END = threading.Barrier(_NUM_WORKERS + 1), threading.Event()
with concurrent.futures.ThreadPoolExecutor(_NUM_WORKERS, "worker") as pool:
    worker = Worker(STARTED, MAY_END)
    futures = [pool.submit(worker.run, [Job(i) for i in range(100)]) for _ in range(_NUM_WORKERS)]
    waiting = [pool.submit(len, [Job(i)]) for i in range(1000)]
    STARTED.wait()
    heapgrind.dump(sys.argv[1])
    MAY_END.set()
