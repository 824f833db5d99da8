"""Tests whom the first sentence names, and what it counts, on heaps written by hand."""

import json
import os
import tempfile
import unittest

from tests.end_to_end.support import converter
from tests.end_to_end.support import hand_written_dump
from tests.end_to_end.support import heapgrind_program

_APP = "/srv/app/app.py"
_LIBRARY = "/usr/lib/python3/dist-packages/frames/__init__.py"


class Heap(hand_written_dump.HandWrittenDump):
    """A process with a little of everything, to which tests add what is large."""

    def class_of(self, module, name):
        """Adds a class, which the namespace of its module must hold, and returns it."""
        return self.object("type", kind="class", name=name, qualname=name, module=module, size=1000)

    def instance(self, class_, name, attributes=(), size=100):
        return self.object(name, [("__class__", class_), *attributes], size)

    def instances(self, class_, name, number, size=100):
        return [self.instance(class_, name, size=size) for _ in range(number)]

    def list(self, elements, size=200):
        return self.object("list", [(None, element) for element in elements], size,
                           len=len(elements))

    def sentences(self, command="summary"):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "heap.json")
            self.write(path)
            return json.loads(
                heapgrind_program.run(command, "--json", path).stdout)["sentences"]

    def first_sentence(self):
        return self.sentences()[0]


def claim(sentence):
    """Returns a sentence without its numbers of bytes."""
    return sentence["text"].rsplit(", ", 2)[0]


class OwnerTest(unittest.TestCase):
    def setUp(self):
        self.heap = Heap()

    def test_inside_of_an_instance_of_a_library_is_not_named(self):
        heap = self.heap
        frame_class = heap.class_of("frames", "Frame")
        blocks = heap.list([heap.object("bytearray", size=5000) for _ in range(40)])
        frame = heap.instance(frame_class, "Frame",
                              [("_blocks", blocks)])
        heap.module("frames", {"Frame": frame_class}, _LIBRARY)
        heap.module("app", {"FRAME": frame}, _APP)
        self.assertEqual(claim(heap.first_sentence()), "app.FRAME holds 40 bytearray")

    def test_what_the_program_keeps_in_a_library_is_named(self):
        heap = self.heap
        registry_class = heap.class_of("app", "Registry")
        library_class = heap.class_of("frames", "Server")
        jobs = heap.list([heap.object("bytearray", size=5000) for _ in range(40)])
        registry = heap.instance(registry_class, "Registry", [("jobs", jobs)])
        server = heap.instance(library_class, "Server", [("state", registry)])
        heap.module("frames", {"Server": library_class}, _LIBRARY)
        heap.module("app", {"Registry": registry_class, "SERVER": server}, _APP)
        self.assertEqual(claim(heap.first_sentence()), "app.SERVER.state.jobs holds 40 bytearray")

    def test_variable_of_a_library_is_named_where_nothing_of_the_program_is(self):
        heap = self.heap
        lines = heap.list([heap.object("bytearray", size=5000) for _ in range(40)])
        heap.module("frames", {"CACHE": lines}, _LIBRARY)
        heap.module("app", {}, _APP)
        self.assertEqual(claim(heap.first_sentence()), "frames.CACHE holds 40 bytearray")

    def test_what_several_hold_is_theirs_together(self):
        heap = self.heap
        session = heap.class_of("app", "Session")
        sessions = heap.instances(session, "Session", 50, 2000)
        heap.module("app", {"Session": session, "by_id": heap.list(sessions),
                            "by_user": heap.list(sessions),
                            "other": heap.object("bytearray", size=3000)}, _APP)
        first = heap.first_sentence()
        self.assertEqual(claim(first), "by_id, by_user in app share 50 Session")
        self.assertEqual(first["bytes"], 50 * 2000)

    def test_what_the_parts_of_one_object_share_is_theirs(self):
        heap = self.heap
        session = heap.class_of("app", "Session")
        store_class = heap.class_of("app", "Store")
        sessions = heap.instances(session, "Session", 50, 2000)
        store = heap.instance(store_class, "Store", [("by_id", heap.list(sessions)),
                                                     ("by_user", heap.list(sessions))])
        heap.module("app", {"Session": session, "Store": store_class, "STORE": store}, _APP)
        self.assertEqual(claim(heap.first_sentence()),
                         "by_id, by_user in app.STORE share 50 Session")

    def test_links_of_a_ring_are_what_holds_it(self):
        heap = self.heap
        node = heap.class_of("app", "Node")
        ring = [heap.instance(node, "Node", [("previous", node), ("next", node)], 700)
                for _ in range(60)]
        for i, link in enumerate(ring):
            heap.set_references(link, [node, ring[i - 1], ring[(i + 1) % 60]])
        heap.module("app", {"Node": node, "RING": ring[0]}, _APP)
        first = heap.first_sentence()
        self.assertEqual((claim(first), first["bytes"]), ("app.RING holds 59 Node", 60 * 700))

    def test_what_more_than_three_share_is_no_single_owners(self):
        heap = self.heap
        session = heap.class_of("app", "Session")
        sessions = heap.instances(session, "Session", 50, 2000)
        lists = {name: heap.list(sessions) for name in "abcde"}
        heap.module("app", {"Session": session, **lists}, _APP)
        self.assertEqual(claim(heap.first_sentence()),
                         "more than three owners in app share 50 Session")

    def test_values_that_hold_the_same_are_taken_together(self):
        heap = self.heap
        quote = heap.class_of("app", "Quote")
        caches = {f"k{i}": heap.list(heap.instances(quote, "Quote", 20, 800)) for i in range(4)}
        heap.module("app", {"Quote": quote, "CACHES": heap.dict(caches)}, _APP)
        self.assertEqual([claim(sentence) for sentence in heap.sentences()],
                         ["app.CACHES holds 80 Quote"])

    def test_values_that_hold_different_things_are_named_themselves(self):
        heap = self.heap
        classes = {name: heap.class_of("app", name) for name in ("Quote", "Job", "User")}
        state = {name.lower() + "s": heap.list(heap.instances(class_, name, 20, 800))
                 for name, class_ in classes.items()}
        heap.module("app", {**classes, "STATE": heap.dict(state)}, _APP)
        self.assertEqual({claim(sentence) for sentence in heap.sentences()},
                         {f"app.STATE['{name.lower()}s'] holds 20 {name}" for name in classes})

    def test_container_that_has_most_is_named_though_one_of_its_items_is_large(self):
        heap = self.heap
        items = {f"k{i}": heap.object("bytearray", size=20_000) for i in range(8)}
        items["large"] = heap.list([heap.object("bytearray", size=3_000) for _ in range(10)])
        heap.module("app", {"STATE": heap.dict(items)}, _APP)
        owners = [sentence["owner"] for sentence in heap.sentences()]
        self.assertEqual(owners[0], "app.STATE")

    def test_largest_is_named_first_and_what_is_small_is_not(self):
        heap = self.heap
        variables = {name: heap.list([heap.object("bytearray", size=size) for _ in range(10)])
                     for name, size in (("A", 2000), ("B", 9000), ("C", 100))}
        heap.module("app", variables, _APP)
        self.assertEqual([sentence["owner"] for sentence in heap.sentences()],
                         ["app.B", "app.A"])

    def test_of_many_small_ones_the_largest_is_named(self):
        heap = self.heap
        variables = {letter: heap.list([heap.object("bytearray", size=1000 + ord(letter))
                                        for _ in range(10)]) for letter in "abcdefghijklmnop"}
        heap.module("app", variables, _APP)
        self.assertEqual([sentence["owner"] for sentence in heap.sentences()], ["app.p"])


class HeldTest(unittest.TestCase):
    def setUp(self):
        self.heap = Heap()

    def test_values_of_a_dictionary_count_even_if_its_keys_are_larger(self):
        heap = self.heap
        refs = []
        for i in range(200):
            refs += [(None, heap.object("str", value=f"k{i}", len=5, size=900)),
                     (None, heap.object("bytearray", size=600))]
        cache = heap.object("dict", refs, 5000, len=200, pairs=200)
        heap.module("app", {"CACHE": cache}, _APP)
        self.assertEqual(claim(heap.first_sentence()), "app.CACHE holds 200 bytearray")

    def test_instances_count_rather_than_the_tuples_around_them(self):
        heap = self.heap
        job = heap.class_of("app", "Job")
        queue = heap.list([heap.object("tuple", [(None, heap.instance(job, "Job", size=3000))],
                                       60, len=1) for _ in range(30)])
        heap.module("app", {"Job": job, "QUEUE": queue}, _APP)
        self.assertEqual(claim(heap.first_sentence()), "app.QUEUE holds 30 Job")

    def test_objects_count_rather_than_their_bound_methods(self):
        heap = self.heap
        view = heap.class_of("app", "View")
        methods = [heap.object("method", [("__self__", heap.instance(view, "View", size=3000))],
                               64) for _ in range(30)]
        heap.module("app", {"View": view, "LISTENERS": heap.list(methods)}, _APP)
        self.assertEqual(claim(heap.first_sentence()), "app.LISTENERS holds 30 View")

    def test_of_nested_dictionaries_the_outermost_count(self):
        heap = self.heap
        answers = [heap.dict({"user": heap.dict({"name": heap.object("bytearray", size=900)}),
                              "item": heap.dict({"price": heap.object("bytearray", size=900)})})
                   for _ in range(30)]
        heap.module("app", {"ANSWERS": heap.list(answers)}, _APP)
        self.assertEqual(claim(heap.first_sentence()), "app.ANSWERS holds 30 dict")

    def test_links_of_a_chain_are_counted(self):
        heap = self.heap
        node_class = heap.class_of("app", "Node")
        node = heap.instance(node_class, "Node", size=500)
        for _ in range(99):
            node = heap.instance(node_class, "Node", [("next", node)], size=500)
        heap.module("app", {"Node": node_class, "HEAD": node}, _APP)
        first = heap.first_sentence()
        self.assertEqual((claim(first), first["bytes"]), ("app.HEAD holds 99 Node", 100 * 500))

    def test_object_that_is_large_itself_is_said_to_be_so(self):
        self.heap.module("app", {"BLOB": self.heap.object("bytearray", size=90_000)}, _APP)
        self.assertEqual(claim(self.heap.first_sentence()), "app.BLOB is one bytearray")

    def test_objects_that_have_a_row_each_are_counted_by_type(self):
        heap = self.heap
        job = heap.class_of("app", "Job")
        jobs = {name: heap.instance(job, "Job", size=4000) for name in "abcdefghijklmn"}
        jobs["log"] = heap.object("bytearray", size=3000)
        heap.module("app", {"Job": job, "STATE": heap.dict(jobs)}, _APP)
        first = heap.first_sentence()
        self.assertEqual((claim(first), first["type"]), ("app.STATE holds 14 Job", "Job"))

    def test_what_is_of_many_types_is_counted_together(self):
        heap = self.heap
        state = heap.dict({f"k{i}": heap.object(f"type{i:02}", size=9_000) for i in range(15)})
        heap.module("app", {"STATE": state}, _APP)
        first = heap.first_sentence()
        # The values and their keys.
        self.assertEqual((claim(first), first["type"]), ("app.STATE holds 30 objects", "objects"))
        self.assertEqual(first["parts"], [{"type": f"type{i:02}", "bytes": 9000} for i in range(3)])


class GroupTest(unittest.TestCase):
    """Objects of one type that many hold, each a few."""

    def setUp(self):
        self.heap = Heap()

    def add_plugins(self, number, class_name="Event", path=_APP):
        """Adds modules, each with a state of its own that has 10 objects of 1000 bytes."""
        heap = self.heap
        state_class = heap.class_of("plugins", "State")
        event_class = heap.class_of("plugins", class_name)
        heap.module("plugins", {"State": state_class, class_name: event_class}, path)
        for i in range(number):
            events = heap.list(heap.instances(event_class, class_name, 10, 1000))
            state = heap.instance(state_class, "State", [("events", events)])
            heap.module(f"plugin{i:02}", {"state": state}, path)

    def test_group_is_named_with_what_its_paths_have_in_common(self):
        self.add_plugins(15)
        first = self.heap.first_sentence()
        self.assertEqual(claim(first), "15 different owners (*.state.events[*]) hold 150 Event")
        self.assertEqual((first["count"], first["type"], first["bytes"]), (150, "Event", 150_000))

    def test_who_has_a_tenth_alone_comes_first(self):
        self.add_plugins(9)
        self.heap.module("app", {"LOG": self.heap.object("bytearray", size=500_000)}, _APP)
        self.assertEqual([claim(sentence) for sentence in self.heap.sentences()],
                         ["app.LOG is one bytearray",
                          "9 different owners (*.state.events[*]) hold 90 Event"])

    def test_more_owners_than_can_be_named_are_a_group_though_each_is_large(self):
        self.add_plugins(8)
        self.assertEqual([claim(sentence) for sentence in self.heap.sentences()],
                         ["8 different owners (*.state.events[*]) hold 80 Event"])

    def test_owners_that_can_be_named_are(self):
        self.add_plugins(4)
        self.assertEqual([sentence["owner"] for sentence in self.heap.sentences()],
                         [f"plugin{i:02}.state.events" for i in range(4)])

    def test_what_a_library_has_in_its_own_objects_is_no_group(self):
        self.add_plugins(15, path=_LIBRARY)
        self.assertNotIn("different owners", self.heap.first_sentence()["text"])


class ProfileTest(unittest.TestCase):
    """Which profiles have the first sentence."""

    def assert_described(self, is_described, *options):
        result = converter.run(*options, "testdata/leak.json.gz").stdout.decode()
        expected = ["desc: Suspect: __main__.CACHE holds 500 Session, 259.4 kB, 12 % of the heap"]
        self.assertEqual([line for line in result.split("\n") if "Suspect" in line],
                         expected if is_described else [])

    def test_profile_by_path_has_it_however_much_is_pruned(self):
        for options in ((), ("--min-percent=20",), ("--max-functions=5",), ("--min-percent=0",)):
            self.assert_described(True, *options)

    def test_others_have_none(self):
        for options in (("--by=type",), ("--by=object",), ("--focus=Session::",),
                        ("--base=testdata/leak.json.gz",)):
            self.assert_described(False, *options)


if __name__ == "__main__":
    unittest.main()
