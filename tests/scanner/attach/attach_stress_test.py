"""Many attaches in a row to a process that works in several threads.

HEAPGRIND_TEST_ATTACHES in the environment says how many; 5 if it does not.
"""

import os
import unittest

import attach_support

COUNT = int(os.environ.get("HEAPGRIND_TEST_ATTACHES", "5"))

# Threads that allocate small and large blocks, lock and start threads, and look
# whether what they have is what they made.
PROGRAM = r"""
import os, sys, threading
end = threading.Event()
lock = threading.Lock()
wrong = []
counts = [0] * 5

def make_objects(kept):
    kept.append({"a": [object() for _ in range(10)], "b": "text %d" % len(kept)})
    if len(kept) > 1000:
        del kept[:500]
    return len(kept[-1]["a"]) == 10 and kept[-1]["b"] == "text %d" % (len(kept) - 1)

def make_blocks(kept):
    block = bytearray(300000)
    block[7] = 7
    return bytes(block).count(b"\7") == 1

def start_threads(kept):
    thread = threading.Thread(target=kept.append, args=(1,))
    thread.start()
    thread.join()
    return kept.pop() == 1

def read_files(kept):
    with open(os.devnull, "rb") as null:
        return null.read(10) == b""

def take_lock(kept):
    with lock:
        kept.append(0)
        return kept.pop() == 0

def work(number, function):
    kept = []
    while not end.is_set():
        if number == 0 and len(kept) > 999:
            del kept[:]
        if not function(kept):
            wrong.append(function.__name__)
        counts[number] += 1

functions = [make_objects, make_blocks, start_threads, read_files, take_lock]
threads = [threading.Thread(target=work, args=one) for one in enumerate(functions)]
for thread in threads:
    thread.start()
while min(counts) == 0:
    end.wait(0.01)
print("ready")
sys.stdout.flush()
sys.stdin.read()
before = list(counts)
while any(now == was for now, was in zip(counts, before)):
    end.wait(0.01)
end.set()
for thread in threads:
    thread.join()
print(sorted(set(wrong)), len(os.listdir("/proc/self/fd")))
"""


class StressTest(attach_support.AttachTest):
    longest = attach_support.AttachTest.longest + 5 * COUNT

    def test_process_runs_on_and_is_right(self):
        expected = self.finish(self.start(PROGRAM))
        process = self.start(PROGRAM)
        for _ in range(COUNT):
            self.assertDumps(process)
        self.assertEqual(self.finish(process), expected)


if __name__ == "__main__":
    unittest.main()
