"""The names of what C types keep in fields that only their tp_traverse shows."""

import collections
import functools
import io
import itertools
import operator
import sys
import threading
import unittest
import weakref

import dump_support
from dump_support import named, visited

VERSION = sys.version_info[:2]

# What Python 2 cannot spell.
RAISE_PROGRAM = """
def raise_from(cause):
    try:
        raise KeyError("context")
    except KeyError:
        raise ValueError("effect") from cause
"""


class Sequence(object):
    """Has an iterator by index."""

    def __getitem__(self, index):
        return index


def notice(reference):
    """Is called when the target of a weak reference dies."""


class FieldsTest(unittest.TestCase):
    def check(self, holder, **targets):
        """Each name must refer to its target; no reference may have no name."""
        record = dump_support.take_dump().of(holder)
        names = named(record)
        wanted = {name: id(target) for name, target in targets.items()}
        self.assertEqual({name: names.get(name) for name in wanted}, wanted)
        self.assertEqual(len(record["refs"]), len(names), record)

    def test_iterators_name_what_they_iterate_over(self):
        items, text, table = [1], u"text of an iterator", {1: 2}
        self.check(iter(items), it_seq=items)
        self.check(iter(Sequence()))
        self.check(iter(tuple(items)))
        self.check(iter(table), di_dict=table)
        self.check(iter(set(items)))
        if VERSION >= (3, 0):  # Before, this is the iterator of any sequence.
            self.check(iter(text), it_seq=text)

    def test_deque_iterator_names_its_deque(self):
        items = collections.deque([1])
        self.check(iter(items), deque=items)

    def test_itertools_name_their_sources(self):
        iterator, function = iter([1]), len
        self.check(itertools.islice(iterator, 3), it=iterator)
        self.check(itertools.takewhile(function, iterator), func=function, it=iterator)
        self.check(itertools.starmap(function, iterator), func=function, it=iterator)
        self.check(itertools.repeat(function), element=function)
        self.check(itertools.chain.from_iterable(iterator), source=iterator)
        self.check(itertools.groupby(iterator, function), it=iterator, keyfunc=function)

    def test_operator_functions_name_what_they_look_up(self):
        key = (u"a key", 1)
        self.check(operator.itemgetter(key), item=key)

    def test_enumerate_names_its_source(self):
        iterator = iter([1])
        names = visited(enumerate(iterator))
        self.assertEqual(names["en_sit"], id(iterator))

    @unittest.skipUnless(VERSION >= (3, 0), "they return lists")
    def test_lazy_built_ins_name_their_sources(self):
        iterator = iter([1])
        self.check(filter(len, iterator), func=len, it=iterator)
        self.assertIn("iters", visited(map(len, iterator)))
        self.assertIn("ittuple", visited(zip(iterator)))

    def test_weak_proxy_names_its_callback(self):
        target = set()
        self.check(weakref.proxy(target, notice), __callback__=notice)
        self.check(weakref.ref(target, notice), __callback__=notice)

    def test_view_of_a_class_names_its_dictionary(self):
        names = visited(Sequence.__dict__)
        self.assertEqual(sorted(names), ["mapping"])

    @unittest.skipUnless(VERSION >= (3, 0), "an exception has no such parts")
    def test_exception_names_its_parts(self):
        namespace = {}
        exec(RAISE_PROGRAM, namespace)
        cause = OSError("cause")
        try:
            namespace["raise_from"](cause)
        except ValueError as error:
            self.check(
                error,
                args=error.args,
                __traceback__=error.__traceback__,
                __context__=error.__context__,
                __cause__=cause,
            )

    def test_class_of_exceptions_has_the_names_too(self):
        class Failure(KeyError):
            """An exception of the program's own."""

        failure = Failure((u"argument", 1))
        self.assertEqual(visited(failure)["args"], id(failure.args))

    @unittest.skipUnless(VERSION >= (3, 0), "needs functools.lru_cache")
    def test_cached_function_names_its_cache(self):
        function = functools.lru_cache(None)(lambda argument: [argument])
        function((u"key", 1))
        dump = dump_support.take_dump()
        names = visited(function, dump)
        self.assertEqual(dump.at(names["cache"])["len"], 1)
        self.assertEqual(names["__wrapped__"], id(function.__wrapped__))

    def test_thread_local_data_names_its_table(self):
        local = threading.local()
        local.data = [1]
        names = visited(local)
        self.assertIn("localdicts" if VERSION >= (3, 13) else "dummies", names)

    def test_text_file_names_its_parts(self):
        raw = io.BytesIO()
        text = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        text.write(u"something")
        record = dump_support.take_dump().of(text)
        names = named(record)
        self.assertEqual([names["buffer"], len(record["refs"])], [id(raw), len(names)])
        self.assertIn("encoder", names)

    @unittest.skipUnless(VERSION >= (3, 7), "needs context variables")
    def test_context_variable_names_its_default(self):
        import contextvars

        default = [u"default"]
        self.check(contextvars.ContextVar("variable", default=default), default=default)


if __name__ == "__main__":
    unittest.main()
