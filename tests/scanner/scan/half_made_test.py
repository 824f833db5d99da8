"""Dumps at awkward moments: while objects are made, changed and taken apart.

Each is a process of its own, which must live, and say what it was to say.
"""

import json
import os
import subprocess
import sys
import unittest

import dump_support  # noqa: F401: its folder is on the path of the programs.

PYTHON_3 = sys.version_info >= (3,)

PRELUDE = u"""
import gc, json, os, sys, weakref
import dump_support, heapgrind
seen = []
def look(*items):
    taken = dump_support.take_dump()
    seen.extend(taken.at(id(item)) for item in items)
    heapgrind.dump("/dev/null", fork=True).wait(60)
    return taken
def report(*facts):
    print(json.dumps(facts))
"""


def run(program):
    """Runs a program and returns what it has reported, a list."""
    process = subprocess.Popen(
        [sys.executable, "-c", PRELUDE + program],
        env=dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output, errors = process.communicate()
    if process.returncode != 0 or errors:
        raise AssertionError(
            "exit status {}\n{}".format(process.returncode, errors.decode("utf-8"))
        )
    return json.loads(output.decode("utf-8"))


class MomentsTest(unittest.TestCase):
    def test_list_that_is_sorted_is_empty(self):
        program = u"""
items = list(range(2000, 0, -1))
items.sort(key=lambda item: item if item != 1000 else [look(items), item][1])
report(seen[0].get("len"), seen[0]["size"] - sys.getsizeof([]), len(items))
"""
        self.assertEqual(run(program), [None, 0, 2000])

    def test_dictionary_that_compares_its_keys_is_whole(self):
        program = u"""
class Key(object):
    def __hash__(self): return 1
    def __eq__(self, other):
        if len(table) == 5 and not seen: look(table)
        return self is other
table = {}
for _ in range(40): table[Key()] = None
report(seen[0]["pairs"], len(table))
"""
        self.assertEqual(run(program), [5, 40])

    def test_class_that_is_made_has_no_order_of_bases_yet(self):
        program = u"""
class Meta(type):
    def mro(cls):
        if not seen: look(cls)
        return type.mro(cls)
Made = Meta("Made", (dict,), {"__slots__": ("slot",), "__doc__": "says what"})
report(seen[0]["name"], "__mro__" in seen[0]["names"])
"""
        self.assertEqual(run(program), ["Made", False])

    def test_weak_reference_calls_back(self):
        program = u"""
class Referent(object): pass
referent = Referent()
kept = weakref.ref(referent, lambda reference: look(kept))
del referent
report(seen[0]["type"] in ("weakref", "ReferenceType"))
"""
        self.assertEqual(run(program), [True])

    def test_object_that_is_finalised_is_whole(self):
        program = u"""
class Mortal(object):
    def __del__(self): look(self)
mortal = Mortal()
mortal.part = [1.5]
del mortal
report(seen[0]["type"])
"""
        self.assertEqual(run(program), ["Mortal"])

    def test_interpreter_that_ends_is_dumped(self):
        program = u"""
import atexit
atexit.register(lambda: (look(seen), report("end")))
class Late(object):
    def __init__(self): self.dump = heapgrind.dump
    def __del__(self): self.dump("/dev/null")
if sys.version_info >= (3,):  # Before, what a function needs is gone by then.
    late = Late()
    sys.late = Late()
"""
        self.assertEqual(run(program), ["end"])

    def test_signal_handler_may_dump(self):
        program = u"""
import signal
signal.signal(signal.SIGUSR1, lambda number, frame: look(frame))
os.kill(os.getpid(), signal.SIGUSR1)
report(seen[0]["type"])
"""
        self.assertEqual(run(program), ["frame"])

    @unittest.skipUnless(PYTHON_3, "not run: gc.callbacks came with Python 3")
    def test_collection_at_each_allocation_may_dump(self):
        program = u"""
import collections, enum
left = [60]
def dump(phase, facts):
    if phase == "start" and left[0]:
        left[0] -= 1
        heapgrind.dump("/dev/null", values="none")
gc.callbacks.append(dump)
gc.set_threshold(1)
class Made(collections.OrderedDict):
    __slots__ = ("slot",)
    cell = property(lambda self: [__class__, self])
class Colour(enum.Enum):
    RED = 1
def generate(*parts, **named):
    yield [parts, named, lambda: parts]
kept = [list(generate(i, key=[i])) for i in range(50)]
try: raise KeyError([1], {2: Made()})
except KeyError as error: kept.append(error.__traceback__)
gc.callbacks.clear()
report(len(kept))
"""
        self.assertEqual(run(program), [51])


class HalfMadeTest(unittest.TestCase):
    def test_what_was_never_initialised_is_dumped(self):
        program = u"""
import abc, array, collections, ctypes, datetime, decimal, functools, io, itertools
import mmap, operator, re, socket, struct, threading, types, warnings, zipfile
for name in ("asyncio", "_csv", "_pickle", "_elementtree", "sqlite3", "ssl", "typing",
             "contextvars", "concurrent.futures", "multiprocessing"):
    try: __import__(name)
    except ImportError: pass
warnings.simplefilter("ignore")
types_found, kept = [object], []
for found in types_found:
    types_found.extend(t for t in type.__subclasses__(found) if t not in types_found)
gc.disable()  # Some the collector itself does not survive.
for found in types_found:
    if found in (type(sys.version_info), type(sys.flags)): continue  # Python 2 dies of it.
    for make in (lambda: found.__new__(found), lambda: object.__new__(found)):
        try: kept.append(make())
        except BaseException: pass
taken = look(kept)
report(seen[0]["len"] == len(kept) > 300, all(taken.has(item) for item in kept[:200]))
os._exit(0 if not sys.stdout.flush() else 1)
"""
        self.assertEqual(run(program), [True, True])

    def test_tuple_with_holes_is_dumped(self):
        program = u"""
import ctypes
make = ctypes.pythonapi.PyTuple_New
make.restype, make.argtypes = ctypes.py_object, [ctypes.c_ssize_t]
kept = make(3)
look(kept)
report(seen[0]["len"], seen[0]["refs"])
"""
        self.assertEqual(run(program), [3, []])

    def test_ended_things_are_dumped(self):
        program = u"""
import threading
def generate(): yield [1.5]
def running():
    look(itself)
    yield
def frame_of():
    part = [2.5]
    try: raise KeyError
    except KeyError: return sys.exc_info()[2]
closed, started = generate(), generate()
next(started)
closed.close()
itself = running()
next(itself)
frame = frame_of().tb_frame
if hasattr(frame, "clear"): frame.clear()
view = memoryview(bytearray(10))
if hasattr(view, "release"): view.release()
buffer = bytearray(1000)
exported = memoryview(buffer)
ended = threading.Thread(target=len, args=("",))
ended.start()
ended.join()
look(closed, started, frame, view, buffer, ended)
report([record["type"] for record in seen])
"""
        (found,) = run(program)
        expected = ["generator"] * 3 + ["frame", "memoryview", "bytearray", "Thread"]
        self.assertEqual(found, expected)


if __name__ == "__main__":
    unittest.main()
