"""Eight threads make, change and drop objects while they are dumped from outside.

$HEAPGRIND_TEST_DUMPS says how many dumps are made (10); test_free_threaded.py wants 200.
"""

import json
import os
import random
import re
import time
import unittest

from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program

_DUMPS = int(os.environ.get("HEAPGRIND_TEST_DUMPS", "10"))
_SUMMED_UP = 5  # Of these.
_MOST_DAMAGED = 10  # Records of one dump: what was half done.
_ADDRESS = re.compile('{"address": ([0-9]+)')
# Prints where PLANTED and what it holds are, and works until a line comes; then prints what went
# wrong, a line each, and "done".
_PROGRAM = """
import json, random, sys, threading

class Planted(object):
    def __init__(self, name):
        self.name = name
        self.rows = [name + str(number) for number in range(5)]
        self.bytes = bytearray(100000)

PLANTED = dict(("box%d" % number, Planted("planted%d" % number)) for number in range(50))
NUM_KEYS = 500
SHARED = {}
ROWS = []
ERRORS = []
IS_STOPPED = []

def run(seed):
    numbers = random.Random(seed)
    while not IS_STOPPED:
        try:
            change(numbers.randrange(NUM_KEYS), numbers.randrange(NUM_KEYS))
        except Exception as error:
            ERRORS.append(repr(error))

def change(key, other):
    SHARED[key] = [object() for _ in range(other % 20)]
    SHARED.pop(other, None)
    ROWS.append({str(key): bytearray(50 * other), "text": "x" * other})
    if len(ROWS) > NUM_KEYS:
        del ROWS[: NUM_KEYS // 2]
    circle = [set(range(key % 50))]
    circle.append(circle)
    suspended = (row for row in circle)
    next(suspended)
    if key % 50 == 0:
        threading.Thread(target=ROWS.append, args=({},)).start()

threads = [threading.Thread(target=run, args=(seed,)) for seed in range(8)]
for thread in threads:
    thread.start()
places = dict((name, id(item)) for name, item in PLANTED.items())
sys.stdout.write(json.dumps([id(PLANTED), places]) + "\\n")
sys.stdout.flush()
sys.stdin.readline()
IS_STOPPED.append(True)
for thread in threads:
    thread.join()
for error in ERRORS + ["done"]:
    print(error)
"""


def _value_names(record, lines):
    """Returns {key: address} of the values of a dictionary's record; `lines` are all records."""
    flat = record["refs"][: 2 * record["pairs"]]
    return {json.loads(lines[key])["value"]: value for key, value in zip(flat[0::2], flat[1::2])}


class BusyThreadsTest(outside_support.ScannerTestCase):
    def test_each_dump_is_whole_and_has_what_was_planted(self):
        with outside_support.Process((outside_support.SYSTEM_PYTHON, "-c", _PROGRAM)) as process:
            place, planted = json.loads(process.first_line)
            for number in range(_DUMPS):
                time.sleep(random.random() * 0.02)
                self.assertDumped(heapgrind_program.run(
                    "dump", str(process.pid), "--blobs", self.blobs, "-o", self.output))
                with self.subTest(dump=number):
                    self._check(place, planted)
                if number < _SUMMED_UP:
                    self._check_summary()
            self.assertEqual(process.children(), [])
            self.assertEqual(process.process.communicate("\n")[0], "done\n")

    def _check(self, place, planted):
        with open(self.output, encoding="utf-8") as file:
            *others, last = file
        end = json.loads(last)
        records = [line for line in others if line.startswith('{"address"')]
        lines = {int(_ADDRESS.match(line).group(1)): line for line in records}
        self.assertEqual((end["end"], len(lines)), (len(records), len(records)))
        damages = [end.get(key, 0) for key in ("damaged", "unreadable", "lost_roots")]
        self.assertLessEqual(sum(damages), _MOST_DAMAGED, end)
        self.assertEqual(_value_names(json.loads(lines[place]), lines), planted)
        types = {json.loads(lines[address])["type"] for address in planted.values()}
        self.assertEqual(types, {"Planted"})

    def _check_summary(self):
        result = heapgrind_program.run("summary", self.output)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("PLANTED", result.stdout)


if __name__ == "__main__":
    unittest.main()
