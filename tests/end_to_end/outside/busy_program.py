"""A program with threads that allocate, sleep, wait and begin others, which says in the end
whether anything went wrong.  Runs on every Python.

Prints "ready"; when a line comes it stops its threads and prints "quiet"; when another one
comes it prints what went wrong, a line each, and "done" if all was done.

With the argument "processes" it begins processes, whose ends (SIGCHLD) interrupt epoll_wait
on their own; so it does not wait for ever in C then.
"""

import ctypes
import gc
import os
import select
import subprocess
import sys
import threading
import time

LIBC = ctypes.CDLL(None, use_errno=True)
CLOCK = getattr(time, "monotonic", time.time)
ERRORS = []
COUNTS = {}
STOPS = []


def repeat(step):
    """Repeats a step until the end; it returns what went wrong, or None."""
    COUNTS[step.__name__] = 0
    while not STOPS:
        try:
            error = step()
        except Exception as exception:
            error = repr(exception)
        if error is not None:
            ERRORS.append("%s: %s" % (step.__name__, error))
        COUNTS[step.__name__] += 1


def compute():
    table = {}
    for number in range(3000):
        table["key %d" % number] = [number, (number, float(number)), {number}]
    for number in range(0, 3000, 2):
        del table["key %d" % number]
    gc.collect(0)
    total = sum(row[0] for row in table.values())
    return None if total == 2250000 else "got %d" % total


def sleep():
    start = CLOCK()
    time.sleep(0.02)
    return None if CLOCK() - start > 0.019 else "woke up early"


def wait_in_c():
    pause = (ctypes.c_long * 2)(0, 5000000)
    for name, result in (("poll", LIBC.poll(None, 0, 5)),
                         ("nanosleep", LIBC.nanosleep(pause, None))):
        if result != 0:
            return "%s: %d, errno %d" % (name, result, ctypes.get_errno())


READ_END, WRITE_END = os.pipe()
EPOLL = select.epoll()
EPOLL.register(READ_END, select.EPOLLIN)


def wait_for_ever_in_c():
    event = (ctypes.c_uint32 * 3)()
    result = LIBC.epoll_wait(EPOLL.fileno(), event, 1, -1)
    if result != 1:
        return "epoll_wait: %d, errno %d" % (result, ctypes.get_errno())
    buffer = ctypes.create_string_buffer(1)
    result = LIBC.read(READ_END, buffer, 1)
    return None if result == 1 else "read: %d, errno %d" % (result, ctypes.get_errno())


def write():
    os.write(WRITE_END, b"x")
    time.sleep(0.003)


def begin_threads():
    found = []
    threads = [threading.Thread(target=found.append, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return None if sorted(found) == [0, 1, 2, 3] else "got %r" % found


LOCK = threading.Lock()
LOCK.acquire()


def wait_for_a_lock():
    start = CLOCK()
    if sys.version_info < (3,):
        time.sleep(0.01)
    elif LOCK.acquire(timeout=0.01):
        return "got the lock"
    return None if CLOCK() - start > 0.009 else "gave up early"


def begin_processes():
    status = subprocess.call(["/bin/true"])
    return None if status == 0 else "status %d" % status


def count_files():
    return len(os.listdir("/proc/self/fd"))


def main():
    last = begin_processes if sys.argv[1:] == ["processes"] else wait_for_ever_in_c
    steps = [compute, sleep, wait_in_c, begin_threads, wait_for_a_lock, last]
    files = count_files()
    threads = [threading.Thread(target=repeat, args=(step,)) for step in steps]
    writer = threading.Thread(target=repeat, args=(write,))
    for thread in threads + [writer]:
        thread.start()
    print("ready")
    sys.stdout.flush()
    sys.stdin.readline()
    STOPS.append(True)
    while any(thread.is_alive() for thread in threads):
        write()
    writer.join()
    print("quiet")
    sys.stdout.flush()
    sys.stdin.readline()
    if count_files() != files:
        ERRORS.append("files: %d, then %d" % (files, count_files()))
    for error in ERRORS:
        print(error)
    idle = [name for name, count in COUNTS.items() if count == 0]
    print("idle: %r" % idle if idle else "done")


main()
