"""Programs that dump themselves and then wait to be dumped from outside, for tests."""

import json
import os
import re
import tempfile

from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process

_WHEEL = os.environ.get("HEAPGRIND_TEST_WHEEL", "tests/end_to_end/support/system_python.whl")
# Dumps itself, and then waits, in the same frames and with the same objects.  The dump before
# makes what the first one leaves behind.
_PROGRAM = """
BALLAST = [bytearray(1000) for _ in range(MEGABYTES * 1000)]
import collections, os, sys, threading
if sys.version_info >= (3,):
    import asyncio
import heapgrind

class Session:
    def __init__(self, number):
        self.name = "session %d" % number
        self.data = [number] * 50

class Slots:
    __slots__ = ("first", "second")

CACHE = {number: ["value %d" % number, (number, float(number))] for number in range(20000)}
SESSIONS = [Session(number) for number in range(5000)]
QUEUE = collections.deque(collections.OrderedDict(a=number) for number in range(100))
SETS = [set(range(number)) for number in range(50)]
SLOTS = Slots()
SLOTS.first = bytearray(300000)
RELEASE = threading.Event()
LOCAL = threading.local()

def serve():
    LOCAL.value = ["of a thread"]
    RELEASE.wait()

for _ in range(4):
    thread = threading.Thread(target=serve)
    thread.daemon = True
    thread.start()

def wait():
    os.write(1, b"ready\\n")
    os.read(0, 1)

def dump():
    heapgrind.dump(sys.argv[1])

def work():
    rows = ["row %d" % number for number in range(1000)]
    for step in (dump, dump, wait):
        step()

work()
"""

_MEGABYTES = os.environ.get("HEAPGRIND_TEST_BALLAST", "50")

# What the call of `dump` itself has: its path, arguments and the like.
_MOST_OWN_RECORDS = 5
# The frame that waits, and what its call has.
_MOST_OF_WAITING = 2
# The frames below it, as their arguments tell.
_MOST_DIFFERENT_RECORDS = 4
# What the kernel says of pages differs in a copy.
_NOT_COMPARED = re.compile(', "resident": [0-9]+')
_ADDRESS = re.compile('{"address": ([0-9]+)')


def _read(path):
    """Returns the header, {address: line} of the objects, and the kinds of roots of a dump."""
    objects, roots = {}, []
    with open(path, encoding="utf-8") as file:
        header = json.loads(file.readline())
        for line in file:
            found = _ADDRESS.match(line)
            if found is not None:
                objects[int(found.group(1))] = _NOT_COMPARED.sub("", line)
            elif line.startswith('{"root"'):
                roots.append(json.loads(line)["root"])
    return header, objects, roots


class InsideTestCase(core_support.CoreTestCase):
    """Dumps a process from inside, and then from outside.

    Attributes:
        inside: The path of the former dump; `output` is the latter's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        packages = os.path.join(folder.name, "packages")
        live_process.install(_WHEEL, packages)
        cls.environment = {"PYTHONPATH": packages, "PATH": "/usr/bin:/bin"}

    def setUp(self):
        super().setUp()
        self.inside = os.path.join(self.folder, "inside.json")

    def process(self, begin=""):
        """Begins the program, with a statement in front."""
        return outside_support.Process(
            (outside_support.SYSTEM_PYTHON, "-c", begin + _PROGRAM.replace("MEGABYTES", _MEGABYTES),
             self.inside),
            env=self.environment)

    def dump_process(self, process, *options):
        self.assertDumped(heapgrind_program.run(
            "dump", str(process.pid), "--blobs", self.blobs, "-o", self.output,
            "--native=no", *options))

    def assertSame(self):
        """Checks that both dumps have the same records."""
        header, expected, expected_roots = _read(self.inside)
        found_header, found, found_roots = _read(self.output)
        for key in "python", "pid", "argv", "executable", "pointer_size":
            self.assertEqual(found_header[key], header[key])
        self.assertGreater(len(found), 100000)
        self.assertLessEqual(len(expected.keys() - found.keys()), _MOST_OWN_RECORDS)
        self.assertLessEqual(len(found.keys() - expected.keys()), _MOST_OF_WAITING)
        different = [(expected[address], found[address])
                     for address in expected.keys() & found.keys()
                     if expected[address] != found[address]]
        self.assertLessEqual(len(different), _MOST_DIFFERENT_RECORDS, different[:10])
        self.assertEqual(found_roots, expected_roots)
