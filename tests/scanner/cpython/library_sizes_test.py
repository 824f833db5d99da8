"""What objects of the standard library's C types cost, compared with what the
interpreter itself says, and what they refer to."""

import array
import collections
import csv
import io
import select
import sys
import threading
import unittest

import dump_support
from dump_support import named
from instances_support import (
    ElementTree,
    fill_poll,
    fill_text,
    make_decimals,
    make_iterators,
    make_pickler,
    make_tree,
    make_unpickler,
    write_row,
)

try:
    import _pickle
    import builtins
except ImportError:  # Python 2.
    _pickle = builtins = None

VERSION = sys.version_info[:2]
POINTER = array.array("l").itemsize


@unittest.skipUnless(VERSION >= (3, 0), "they have no __sizeof__ there")
class InterpretersFiguresTest(unittest.TestCase):
    """Where sys.getsizeof is right."""

    def check(self, items):
        """Asserts the sizes of {name: object}."""
        dump = dump_support.take_dump()
        sizes = {name: dump.of(item)["size"] for name, item in items.items()}
        self.assertEqual(
            sizes, {name: sys.getsizeof(item) for name, item in items.items()}
        )

    def test_elements_count_their_children(self):
        exact = {str(n): make_tree(n) for n in (4, 5, 20000)}
        exact["leaf"] = exact["4"][0]
        self.check(exact)

    def test_picklers_count_their_memo(self):
        self.check({"few": make_pickler(3)[0], "many": make_pickler(5000)[0]})

    def test_unpicklers_count_their_memo(self):
        self.check({"few": make_unpickler(3)[0], "many": make_unpickler(5000)[0]})
        self.check({"new": _pickle.Unpickler(io.BytesIO())})

    def test_decimals_count_their_digits(self):
        self.check(make_decimals())

    def test_iterators_count_their_indices(self):
        self.check(make_iterators())


class ElementsTest(unittest.TestCase):
    def test_element_names_its_parts_and_not_its_children(self):
        root = make_tree(3)
        root.text = text = "some " + "text"
        dump = dump_support.take_dump()
        record = dump.of(root)
        names = named(record)
        self.assertEqual(
            (names["text"], names["attrib"]), (id(text), id(root.attrib))
        )
        children = record["refs"][len(record["names"]) :]
        self.assertEqual(children, [id(child) for child in root])
        self.assertEqual(record["len"], 3)

    def test_text_that_the_parser_has_not_joined_is_its_text(self):
        root = ElementTree.fromstring("<a>%s</a>" % ("text &amp; " * 100))
        dump = dump_support.take_dump()
        parts = dump.at(named(dump.of(root))["text"])
        self.assertEqual(parts["type"], "list")

    def test_element_without_children_has_no_length(self):
        leaf = ElementTree.Element("leaf")
        record = dump_support.take_dump().of(leaf)
        self.assertNotIn("len", record)
        self.assertEqual(record["size"], type(leaf).__basicsize__ + record.get("gc", 0))


@unittest.skipIf(_pickle is None, "needs Python 3")
class MemoTest(unittest.TestCase):
    """What picklers remember is theirs, each object once."""

    def check(self, item, remembered):
        references = dump_support.take_dump().of(item)["refs"]
        for held in remembered:
            self.assertEqual(references.count(id(held)), 1)

    def test_pickler_refers_to_what_it_remembers(self):
        self.check(*make_pickler(20))

    def test_unpickler_refers_to_what_it_remembers(self):
        self.check(*make_unpickler(20))

    def test_objects_that_only_a_pickler_holds_are_found(self):
        pickler = make_pickler(1)[0]
        dump = dump_support.take_dump()
        held = [dump.at(address) for address in dump.of(pickler)["refs"]]
        self.assertIn("list", [record["type"] for record in held])

    def test_unfinished_stack_is_found(self):
        whole = _pickle.dumps([["inner"]], 2)
        unpickler = _pickle.Unpickler(io.BytesIO(whole[: whole.index(b"e") - 4]))
        self.assertRaises((EOFError, _pickle.UnpicklingError), unpickler.load)
        dump = dump_support.take_dump()
        stacks = [dump.at(address) for address in dump.of(unpickler)["refs"]]
        (stack,) = [record for record in stacks if record["type"] == "Pdata"]
        held = [dump.at(address)["type"] for address in stack["refs"]]
        self.assertEqual(set(held) - {"type"}, {"list"})


class PartsTest(unittest.TestCase):
    @unittest.skipUnless((3, 3) <= VERSION < (3, 12), "later it has a buffer")
    def test_stringio_refers_to_what_it_has_not_joined(self):
        text = io.StringIO()
        fill_text(text)
        dump = dump_support.take_dump()
        strings = dump.at(named(dump.of(text))["small"])
        self.assertEqual(strings["len"], 1001)

    def test_poll_refers_to_what_is_registered(self):
        poll = select.poll()
        fill_poll(poll)
        dump = dump_support.take_dump()
        registered = dump.at(named(dump.of(poll))["registered"])
        self.assertEqual(registered["len"], 200)

    @unittest.skipUnless(VERSION < (3, 13), "later ones are in one piece")
    def test_lock_counts_its_semaphore(self):
        lock = threading.Lock()
        size = dump_support.take_dump().of(lock)["size"]
        self.assertEqual(size, sys.getsizeof(lock) + 4 * POINTER)


@unittest.skipUnless(VERSION >= (3, 15), "there is none")
class FrozenDictTest(unittest.TestCase):
    def test_frozen_dictionary_has_its_pairs_once(self):
        key = "only " + "a key" * VERSION[1]
        held = [key]
        frozen = builtins.frozendict({key: held, "other": None})
        record = dump_support.take_dump().of(frozen)
        self.assertEqual((record["pairs"], record["len"]), (2, 2))
        self.assertEqual(record["refs"].count(id(key)), 1)
        self.assertEqual(record["refs"].count(id(held)), 1)
        self.assertEqual(record["size"], sys.getsizeof(frozen))


class KnownLayoutsTest(unittest.TestCase):
    def test_structs_are_those_of_this_interpreter(self):
        """A type with another tp_basicsize would count no more than that."""
        grown = [
            collections.deque(range(1000)),
            array.array("d", [0.0] * 1000),
            make_tree(20),
        ]
        if VERSION >= (3, 0):
            grown += [make_pickler(20)[0], make_unpickler(20)[0]]
            grown += [make_decimals()["long"], make_iterators()["product"]]
            grown += [collections.OrderedDict(a=1), csv.writer(io.StringIO())]
            write_row(grown[-1])
        dump = dump_support.take_dump()
        for item in grown:
            record = dump.of(item)
            own = record["size"] - record.get("gc", 0)
            self.assertGreater(own, type(item).__basicsize__, type(item))


if __name__ == "__main__":
    unittest.main()
