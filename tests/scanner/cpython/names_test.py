"""What references and suspended calls are called beyond their type's own names."""

import collections
import subprocess
import sys
import unittest

import dump_support
from dump_support import named

VERSION = sys.version_info[:2]

Pair = collections.namedtuple("Pair", "left right")


class NamedPair(Pair):
    """A class of its own below a named tuple."""

    __slots__ = ()


class FalsePair(tuple):
    """A tuple whose `_fields` names nothing."""

    _fields = 5


def make_closure():
    """Returns a function with two cells, and what is in them."""
    zeta, alpha = [u"zeta"], [u"alpha"]

    def inner():
        return alpha, zeta

    return inner, alpha, zeta


def with_defaults(plain, first=(u"one", 1.5), second=(u"two", 2.5)):
    """Has default values."""
    return plain, first, second


def count(limit):
    """A generator."""
    number = 0
    while number < limit:
        yield number
        number += 1


class Holder(object):
    """Holds a generator function with a qualified name."""

    def items(self):
        """A generator."""
        yield self


class NamesTest(unittest.TestCase):
    def test_function_names_its_cells_by_variable(self):
        function, alpha, zeta = make_closure()
        dump = dump_support.take_dump()
        names = named(dump.of(function))
        contents = {
            name: named(dump.at(names[name]))["cell_contents"]
            for name in ("cell alpha", "cell zeta")
        }
        self.assertEqual(contents, {"cell alpha": id(alpha), "cell zeta": id(zeta)})
        self.assertEqual(names["__closure__"], id(function.__closure__))

    def test_function_names_its_default_values_by_argument(self):
        names = named(dump_support.take_dump().of(with_defaults))
        first, second = with_defaults.__defaults__
        self.assertEqual(
            [names.get("first"), names.get("second")], [id(first), id(second)]
        )
        self.assertNotIn("plain", names)
        self.assertEqual(names["__defaults__"], id(with_defaults.__defaults__))

    @unittest.skipUnless(VERSION >= (3, 0), "needs keyword-only arguments")
    def test_function_names_its_keyword_only_default_values(self):
        namespace = {}
        exec("def function(*, key=('three', 3.5)): pass", namespace)
        function = namespace["function"]
        names = named(dump_support.take_dump().of(function))
        self.assertEqual(names["key"], id(function.__kwdefaults__["key"]))

    @unittest.skipUnless(VERSION >= (3, 14), "older annotations are a dictionary")
    def test_function_names_what_makes_its_annotations(self):
        namespace = {}
        exec("def function(argument: undefined): pass", namespace)
        function = namespace["function"]
        names = named(dump_support.take_dump().of(function))
        self.assertEqual(names["__annotate__"], id(function.__annotate__))

    def test_elements_of_a_named_tuple_have_its_fields_names(self):
        pair = Pair([u"left"], [u"right"])
        record = dump_support.take_dump().of(pair)
        names = named(record)
        self.assertEqual(
            [names["left"], names["right"]], [id(pair.left), id(pair.right)]
        )
        self.assertEqual(record["refs"].count(id(pair.left)), 1)

    def test_class_below_a_named_tuple_has_its_fields_names(self):
        pair = NamedPair([u"left"], [u"right"])
        names = named(dump_support.take_dump().of(pair))
        self.assertEqual(names["right"], id(pair.right))

    def test_tuple_whose_fields_are_no_tuple_has_no_names(self):
        pair = FalsePair([[u"left"]])
        dump = dump_support.take_dump()
        self.assertEqual(sorted(named(dump.of(pair))), ["__class__", "__dict__"][:1])
        self.assertTrue(dump.holds(pair, pair[0]))


class SuspendedCallsTest(unittest.TestCase):
    def test_generator_says_what_it_is_and_where_it_stands(self):
        generator = count(3)
        next(generator)
        record = dump_support.take_dump().of(generator)
        code = count.__code__
        self.assertEqual(
            [record.get(key) for key in ("name", "file", "line")],
            ["count", code.co_filename, code.co_firstlineno + 4],
        )
        self.assertNotIn("kind", record)

    def test_generator_that_has_ended_stands_nowhere(self):
        generator = count(0)
        list(generator)
        record = dump_support.take_dump().of(generator)
        self.assertEqual(record["name"], "count")
        self.assertNotIn("line", record)

    @unittest.skipUnless(VERSION >= (3, 5), "needs __qualname__")
    def test_generator_has_its_qualified_name(self):
        generator = Holder().items()
        record = dump_support.take_dump().of(generator)
        self.assertEqual(
            [record["name"], record["qualname"]], ["items", "Holder.items"]
        )

    def test_temporaries_of_a_suspended_generator_are_found(self):
        def pause():
            result = [([u"temporary"], (yield))]
            del result

        generator = pause()
        next(generator)
        dump = dump_support.take_dump()
        record = dump.of(generator)
        if "gi_frame" in named(record):
            record = dump.at(named(record)["gi_frame"])
        held = [dump.at(address) for address in record["refs"]]
        texts = [
            dump.at(x["refs"][0])["value"]
            for x in held
            if x and x["type"] == "list" and x.get("len") == 1
        ]
        self.assertEqual(texts, ["temporary"])


THREAD_PROGRAM = """
import sys
import heapgrind
assert "threading" not in sys.modules
heapgrind.dump(sys.argv[1])
"""

OTHER_THREAD_PROGRAM = """
import sys
thread = __import__("_thread" if sys.version_info >= (3,) else "thread")
import heapgrind
done = thread.allocate_lock()
done.acquire()
def work():
    heapgrind.dump(sys.argv[1])
    done.release()
thread.start_new_thread(work, ())
done.acquire()
"""


class MainThreadTest(unittest.TestCase):
    def thread_names(self, program):
        """Returns the names of the threads that a program dumps."""
        with dump_support.temporary_path() as path:
            subprocess.check_output([sys.executable, "-S", "-c", program, path])
            with open(path, "rb") as dump:
                roots = dump_support.Dump(dump.read()).roots()
        return [root.get("name") for root in roots if root["root"] == "thread"]

    def test_main_thread_has_its_name_without_threading(self):
        self.assertEqual(self.thread_names(THREAD_PROGRAM), ["MainThread"])

    def test_other_threads_have_none_without_threading(self):
        names = self.thread_names(OTHER_THREAD_PROGRAM)
        self.assertEqual(sorted(names, key=str), ["MainThread", None])


if __name__ == "__main__":
    unittest.main()
