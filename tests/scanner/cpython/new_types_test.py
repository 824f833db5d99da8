"""Types that Python 3.14 and 3.15 have brought, or changed: what their objects cost and hold."""

import gc
import os
import sys
import types
import unittest

import dump_support
from dump_support import named

VERSION = sys.version_info[:2]

TEMPLATE_SOURCE = """
values = ["of ", "a template"]
template = t"some {values!r:>{30}} and {len(values)}"
"""

ANNOTATIONS_SOURCE = """
class Annotated:
    first: NotDefined
    second: int
"""

RUN_SOURCE = """
import asyncio

async def look():
    return take_dump(), id(asyncio.get_running_loop()), id(asyncio.current_task())

found = asyncio.run(look())
"""

ALIAS_SOURCE = """
type Alias[Item] = list[Item]
Alias.__value__
"""

LAZY_SOURCE = """
lazy import no_such_package.module
lazy from no_such_package import name
"""

TUPLE_SOURCE = """
class Row(tuple):
    __slots__ = ("first", "second")

class Longer(Row):
    __slots__ = ("third", "__dict__")
"""

SLOTS_SOURCE = """
class Bytes(bytes):
    __slots__ = ("__dict__", "__weakref__")
"""


def run(source, **names):
    """Returns the variables of a program that older versions cannot parse."""
    exec(source, names)
    return names


class NewTypesTest(unittest.TestCase):
    def record(self, item, is_size_known=True):
        """Returns the record; asserts that it has all that the collector sees, by names."""
        record = dump_support.take_dump().of(item)
        if is_size_known:
            self.assertEqual(record["size"], sys.getsizeof(item))
        shown = {id(held) for held in gc.get_referents(item)}
        self.assertLessEqual(shown, set(record["refs"]))
        return record

    def check(self, item, is_size_known=True, **targets):
        record = self.record(item, is_size_known)
        names = named(record)
        wanted = {name: id(target) for name, target in targets.items()}
        self.assertEqual({name: names.get(name) for name in wanted}, wanted)
        self.assertEqual(len(names), len(record["refs"]), record)


@unittest.skipUnless(VERSION >= (3, 14), "they came later")
class Python314Test(NewTypesTest):
    def test_template_has_its_parts(self):
        template = run(TEMPLATE_SOURCE)["template"]
        self.check(template, strings=template.strings, interpolations=template.interpolations)
        part = template.interpolations[0]
        self.check(part, value=part.value, expression=part.expression,
                   conversion=part.conversion, format_spec=part.format_spec)

    def test_iterator_of_a_template_names_its_sources(self):
        self.check(iter(run(TEMPLATE_SOURCE)["template"]))

    def test_union_names_what_it_caches(self):
        import typing

        for union in (int | str, list[typing.TypeVar("Item")] | None,
                      typing.Annotated[int, ["not hashable"]] | None):
            self.check(union, __args__=union.__args__, __parameters__=union.__parameters__)

    def test_annotations_are_held_by_the_class(self):
        import annotationlib

        made = run(ANNOTATIONS_SOURCE)["Annotated"]
        annotations = annotationlib.get_annotations(
            made, format=annotationlib.Format.FORWARDREF)
        dump = dump_support.take_dump()
        space = dump.at(named(dump.of(made))["__dict__"])
        function = dump.value_names(space)["__annotate_func__"]
        self.assertEqual(function, id(made.__annotate__))
        reference = annotations["first"]
        self.assertIn(id(reference), dump.of(annotations)["refs"])
        self.assertTrue(dump.has(reference.__forward_arg__))

    def test_placeholder_is_one_object(self):
        import functools

        partial = functools.partial(len, functools.Placeholder, [1])
        self.check(partial, func=len, args=partial.args)
        self.assertTrue(dump_support.take_dump().has(functools.Placeholder))

    def test_view_of_variables_names_its_frame(self):
        frame = sys._getframe()
        self.check(frame.f_locals, frame=frame)

    def test_running_loop_and_task_are_the_threads(self):
        dump, loop, task = run(RUN_SOURCE, take_dump=dump_support.take_dump)["found"]
        names = named(dump.root("thread"))
        self.assertEqual(names["asyncio_running_loop"], loop)
        self.assertEqual(names["asyncio_running_task"], task)


@unittest.skipUnless(VERSION >= (3, 14), "it came later")
class ZstdTest(unittest.TestCase):
    def setUp(self):
        try:
            from compression import zstd
        except ImportError:
            self.skipTest("made without libzstd")
        self.zstd = zstd

    def test_dictionary_counts_its_content_and_holds_what_it_has_digested(self):
        made = self.zstd.ZstdDict(os.urandom(200000), is_raw=True)
        dump = dump_support.take_dump()
        record = dump.of(made)
        self.assertEqual(record["size"], sys.getsizeof(made) + 200000)
        self.assertEqual(dump.at(named(record)["c_dicts"])["type"], "dict")

    def test_decompressor_counts_the_input_that_it_keeps(self):
        made = self.zstd.ZstdDecompressor()
        self.assertEqual(dump_support.take_dump().of(made)["size"], sys.getsizeof(made))
        made.decompress(self.zstd.compress(os.urandom(500000))[:400000], max_length=10)
        size = dump_support.take_dump().of(made)["size"]
        self.assertGreater(size, sys.getsizeof(made) + 200000)
        self.assertLess(size, sys.getsizeof(made) + 500000)

    def test_both_hold_their_dictionary(self):
        given = self.zstd.ZstdDict(os.urandom(1000), is_raw=True)
        made = [self.zstd.ZstdCompressor(zstd_dict=given),
                self.zstd.ZstdDecompressor(zstd_dict=given)]
        dump = dump_support.take_dump()
        self.assertEqual([dump.holds(one, given) for one in made], [True, True])


@unittest.skipUnless(VERSION >= (3, 15), "they came later")
class Python315Test(NewTypesTest):
    def test_lazy_import_has_its_parts_and_stays_one(self):
        # What loads a name from a module's variables imports: they are in no module here.
        module = types.ModuleType("lazy")
        exec(LAZY_SOURCE, module.__dict__)
        lazy = [dict.__getitem__(module.__dict__, name) for name in ("no_such_package", "name")]
        for one in lazy:
            self.record(one)
            self.assertIn("lz_from", named(dump_support.take_dump().of(one)))
        self.assertEqual([type(one).__name__ for one in lazy], ["lazy_import"] * 2)

    def test_filter_of_lazy_imports_is_the_interpreters(self):
        def choose(importing, imported, names):
            return True

        sys.set_lazy_imports_filter(choose)
        self.addCleanup(sys.set_lazy_imports_filter, None)
        names = named(dump_support.take_dump().root("interpreter"))
        self.assertEqual(names["lazy_imports_filter"], id(choose))
        self.assertEqual(names["lazy_modules"], id(sys.lazy_modules))

    def test_sentinel_has_its_texts(self):
        made = run("made = sentinel('MADE', repr='made ' + 'here')")["made"]
        self.check(made, __name__=made.__name__, __module__=made.__module__)
        self.assertIn("repr", named(dump_support.take_dump().of(made)))

    def test_frozen_dictionary_with_attributes_has_them(self):
        made = run("class Made(frozendict): pass\nmade = Made(key=1)")["made"]
        made.attribute = [1]
        self.check_attribute(made, "attribute")

    def test_slots_of_a_tuple_stand_behind_its_elements(self):
        made = run(TUPLE_SOURCE)
        for elements in ((), (u"only one",), tuple(map(str, range(1000, 1010)))):
            row = made["Longer"](elements)
            row.first, row.third, row.attribute = [1], [3], [4]
            self.check_attribute(row, "first")
            self.check_attribute(row, "third")
            self.check_attribute(row, "attribute")
            record = dump_support.take_dump().of(row)
            self.assertEqual([record["refs"].count(id(one)) for one in elements],
                             [1] * len(elements))
            self.assertNotIn("second", named(record))

    def test_slot_for_a_dictionary_is_one_in_any_class(self):
        made = run(SLOTS_SOURCE)["Bytes"](b"some bytes")
        made.attribute = [1]
        self.check_attribute(made, "attribute")

    def check_attribute(self, item, name):
        """Asserts that the attribute is found once, wherever the object keeps it."""
        dump = dump_support.take_dump()
        record = dump.of(item)
        names = named(record)
        if name not in names:
            record = dump.at(names["__dict__"])
            names = dump.value_names(record)
        value = id(getattr(item, name))
        self.assertEqual((names[name], record["refs"].count(value)), (value, 1))

    def test_alias_of_a_type_names_its_parts(self):
        made = run(ALIAS_SOURCE)["Alias"]
        self.check(made, __type_params__=made.__type_params__, __value__=made.__value__)

    def test_buffer_whose_bytes_were_taken_has_none(self):
        buffer = bytearray(b"x" * 100000)
        taken = buffer.take_bytes(60000)
        dump = dump_support.take_dump()
        self.assertEqual(dump.of(buffer)["size"], sys.getsizeof(buffer))
        self.assertEqual(dump.of(taken)["len"], 60000)
        buffer.take_bytes()
        size = dump_support.take_dump().of(buffer)["size"]
        self.assertEqual(size, type(buffer).__basicsize__)

    def test_parts_of_a_text_hold_it(self):
        import unicodedata

        text = u"text " * 10
        parts = unicodedata.iter_graphemes(text)
        self.check(parts)
        self.check(next(parts))

    def test_arrays_of_complex_and_of_short_numbers_count_their_elements(self):
        import array

        for kind in ("Zf", "Zd", "e"):
            items = array.array(kind, [0] * 1000)
            record = self.record(items)
            self.assertEqual(record["len"], 1000)


if __name__ == "__main__":
    unittest.main()
