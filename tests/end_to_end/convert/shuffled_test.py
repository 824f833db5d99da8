"""Tests that neither the addresses of a real dump nor the order of its lines are in a profile."""

import gzip
import json
import os
import random
import re
import tempfile
import unittest

from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process

_DUMPS = ("testdata/shapes.json.gz", "testdata/leak.json.gz", "testdata/sites.json.gz",
          "testdata/meliae-py27-all.json.gz", "testdata/meliae-py27-gc.json.gz")

# Names that several objects share, a cycle that waits for collection, threads that wait, and
# names whose middle is cut.
_PROGRAM = """
import threading
class Node: pass
SHARED = {name: Node() for name in ("a", "b")}
LISTED = list(SHARED.values())
def make_cycle():
    first, second = Node(), Node()
    first.other, second.other = [second], [first]
make_cycle()
LONG = {"/srv/releases/current/" + name + "/and/so/on/static/app.css": bytearray(3000)
        for name in ("blue", "green", "red")}
for i in range(4):
    threading.Thread(target=threading.Event().wait, daemon=True, name="worker-%d" % i).start()
"""


def _records(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        return [json.loads(line) for line in file]


def _shuffle(records, seed):
    """Gives the objects each other's addresses, everywhere, and their lines another order."""
    mix = random.Random(seed)
    old = sorted({record["address"] for record in records if "address" in record})
    new = dict(zip(old, mix.sample(old, len(old))))
    for record in records:
        if "address" in record:
            record["address"] = new[record["address"]]
        if "refs" in record:
            record["refs"] = [new.get(address, address) for address in record["refs"]]
    places = [i for i, record in enumerate(records) if "address" in record]
    # Of one address the first record counts.
    is_repeated = len(places) != len(old)
    order = places if is_repeated else mix.sample(places, len(places))
    shuffled = list(records)
    for place, source in zip(places, order):
        shuffled[place] = records[source]
    return shuffled


class ShuffledTest(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(folder.name, "dump.json")

    def outputs(self, records):
        """Returns what the commands say of a dump, as lines."""
        with open(self.path, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
        said = {}
        for options in ((), ("--by=type",), ("--ownership=strict",)):
            result = converter.run(*options, self.path)
            self.assertEqual(result.returncode, 0, result.stderr)
            said[options] = result.stdout.decode().splitlines()
        summary = heapgrind_program.run("summary", self.path)
        self.assertEqual(summary.returncode, 0, summary.stderr)
        # Lines of single objects have their addresses.
        said["summary"] = [line for line in summary.stdout.splitlines() if "0x" not in line]
        return said

    def assert_no_trace(self, path):
        expected = self.outputs(_records(path))
        for seed in (1, 2):
            said = self.outputs(_shuffle(_records(path), seed))
            for command, lines in expected.items():
                with self.subTest(dump=path, command=command, seed=seed):
                    self.assertEqual(said[command], lines)

    def test_dumps_of_the_test_data(self):
        for path in _DUMPS:
            self.assert_no_trace(path)

    def test_dump_of_a_live_program(self):
        program = os.path.join(self.folder, "program.py")
        with open(program, "w", encoding="utf-8") as file:
            file.write(_PROGRAM)
        dump = os.path.join(self.folder, "live.json")
        live_process.dump(program, dump, os.path.abspath("scanner"))
        self.assert_no_trace(dump)
        said = self.outputs(_records(dump))[()]
        long_names = {name for line in said for name in re.findall(r"bytearray::\['/srv.*", line)}
        self.assertEqual(len(long_names), 3, long_names)
        self.assertEqual([name for name in long_names if "#" in name], [])


if __name__ == "__main__":
    unittest.main()
