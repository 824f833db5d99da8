"""multiprocessing: three processes that share the work, and are dumped at its end."""

import multiprocessing
import os

import planted

NUM_JOBS = 600
MEMO = {}


class Counter:
    words = []


def count(number):
    """Does a job, and keeps something of it in this process."""
    MEMO[number * 1000] = bytes(2000)
    Counter.words.append(b"%06d" % number + bytes(700))
    return sum(range(number))


def work(jobs, results):
    """Takes jobs until there is none, then dumps."""
    for number in jobs:
        results.put(count(number))
    planted.dump({
        "module::__main__ > dict::MEMO": planted.size_of(MEMO),
        "module::__main__ > class::Counter > list::words": planted.size_of(Counter.words)})


if __name__ == "__main__":
    results = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=work, args=(range(first, NUM_JOBS, 3), results))
               for first in range(3)]
    for worker in workers:
        worker.start()
    SUMS = {number * 1000: str(results.get()).encode() * 100 for number in range(NUM_JOBS)}
    for worker in workers:
        worker.join()
    planted.dump({"module::__main__ > dict::SUMS": planted.size_of(SUMS)})
    os._exit(any(worker.exitcode for worker in workers))
