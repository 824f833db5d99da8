"""Tests names and shares on dumps that are written by hand."""

import os
import tempfile
import unittest

from tests.end_to_end.owners import owner_chains
from tests.end_to_end.support import converter
from tests.end_to_end.support import hand_written_dump


class HandWrittenTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "dump.json")
        self.dump = hand_written_dump.HandWrittenDump()

    def owners(self):
        self.dump.write(self.path)
        converter.convert(self.path, self.path + ".callgrind", "--min-percent=0")
        return owner_chains.OwnerChains(self.path + ".callgrind")

    def messages(self, *options):
        """Returns what --verbose says."""
        if not os.path.exists(self.path):
            self.dump.write(self.path)
        result = converter.run("--verbose", "-o", self.path + ".callgrind", *options, self.path)
        return result.stderr.decode().splitlines()

    def message(self, *options):
        """Returns what --verbose says last."""
        return self.messages(*options)[-1]


class NamesTest(HandWrittenTest):

    def test_suspended_generator_says_what_it_is_and_where_it_waits(self):
        lines = self.dump.object("list")
        generator = self.dump.object("generator", [("lines", lines)], name="produce",
                                     file="/app/shop.py", line=41)
        self.dump.module("shop", {"producer": generator})
        owners = self.owners()
        self.assertEqual(owners.chain("list::lines (shop.producer.lines)"), [
            "module::shop (shop)", "generator::produce (shop.producer, shop.py:41)",
            "list::lines (shop.producer.lines)"])
        self.assertEqual(
            owners.place("generator::produce (shop.producer, shop.py:41)")[1], "/app/shop.py")

    def test_coroutines_that_wait_at_two_places_are_two_rows(self):
        waiting = [self.dump.object("coroutine", name="fetch", file="/app/web.py", line=line)
                   for line in (7, 7, 9)]
        tasks = self.dump.object("list", [(None, address) for address in waiting])
        self.dump.module("web", {"tasks": tasks})
        owners = self.owners()
        self.assertEqual(owners.names("coroutine::"), [
            "coroutine::fetch (web.tasks[*], web.py:7)",
            "coroutine::fetch (web.tasks[*], web.py:9)"])
        self.assertEqual(owners.count("coroutine::fetch (web.tasks[*], web.py:7)"), 2)

    def test_threads_without_a_name_are_told_apart_by_number(self):
        for size in (1000, 2000):
            self.dump.root("thread", "", [("dict", self.dump.object("bytearray", size=size))])
        owners = self.owners()
        self.assertEqual(owners.names("thread::"),
                         ["thread::without a name 1", "thread::without a name 2"])

    def test_what_the_main_program_waits_in_belongs_to_its_thread(self):
        body = self.dump.object("bytearray")
        frame = self.dump.object("frame", [("body", body)], kind="frame", name="main")
        main = self.dump.object("greenlet", [("gr_frame", frame)])
        self.dump.root("thread", "MainThread", [("greenlet", main)])
        waiting = [self.dump.object("greenlet", [("parent", main)]) for _ in range(5)]
        for number, greenlet in enumerate(waiting):
            self.dump.module(f"web{number}", {"waiting": greenlet})
        self.assertEqual(self.owners().chain("bytearray::body (MainThread: main.body)")[0],
                         "thread::MainThread")

    def test_named_cell_belongs_to_its_function(self):
        body = self.dump.object("bytearray")
        cell = self.dump.object("cell", [("cell_contents", body)])
        closure = self.dump.object("tuple", [(None, cell)])
        module_dict = self.dump.dict({})
        handler = self.dump.function("handler", module_dict,
                                     [("__closure__", closure), ("cell body", cell)])
        self.dump.module("app", {"handlers": self.dump.object("list", [(None, handler)])})
        self.assertEqual(
            self.owners().chain(
                "bytearray::cell_contents (app.handlers[*].cell body.cell_contents)"),
            ["module::app (app)", "list::handlers (app.handlers)",
             "def::handler (app.handlers[*])",
             "cell::cell body (app.handlers[*].cell body)",
             "bytearray::cell_contents (app.handlers[*].cell body.cell_contents)"])

    def test_default_value_goes_by_its_argument(self):
        rows = self.dump.object("list")
        defaults = self.dump.object("tuple", [(None, rows)])
        find = self.dump.function("find", self.dump.dict({}),
                                  [("__defaults__", defaults), ("rows", rows)])
        self.dump.module("app", {"search": find})
        self.assertEqual(self.owners().names("list::"), ["list::rows (app.search.rows)"])

    def test_field_of_a_named_tuple_goes_by_its_name(self):
        y = self.dump.object("bytearray")
        self.dump.module("app", {"point": self.dump.object("Point", [("x", y)], len=1)})
        self.assertEqual(self.owners().names("bytearray::"), ["bytearray::x (app.point.x)"])

    def test_shared_object_takes_a_name_from_whoever_has_one(self):
        limits = self.dump.object("dict")
        unnamed = self.dump.object("list", [(None, limits)])
        named = self.dump.object("Server", [("limits", limits)])
        self.dump.module("first", {"all": unnamed})
        self.dump.module("second", {"server": named})
        self.assertEqual(self.owners().names("dict::limits"), ["dict::limits (shared: first, second)"])


class BorrowersTest(HandWrittenTest):
    """What holds for a while, or lists what others own, does not make it shared."""

    def setUp(self):
        super().setUp()
        self.session = self.dump.object("Session")
        cache = self.dump.object("list", [(None, self.session)])
        self.dump.module("app", {"cache": cache})

    def assert_in_cache(self):
        self.assertEqual(self.owners().chain("Session::[*] (app.cache[*])"), [
            "module::app (app)", "list::cache (app.cache)", "Session::[*] (app.cache[*])"])

    def test_temporary_list_of_a_frame(self):
        found = self.dump.object("list", [(None, self.session)])
        frame = self.dump.object("frame", [("found", found)], kind="frame", name="search")
        self.dump.root("thread", "MainThread", [("frame", frame)])
        self.assert_in_cache()
        self.assertEqual(self.owners().names("list::found"), [
            "list::found (MainThread: search.found)"])

    def test_arguments_of_a_thread(self):
        arguments = self.dump.object("tuple", [(None, self.session)])
        thread = self.dump.object("Thread", [("_args", arguments)])
        self.dump.root("thread", "worker", [("thread", thread)])
        self.assert_in_cache()

    def test_arguments_of_a_thread_with_a_dict(self):
        thread = self.dump.object("Thread", [("__dict__", self.dump.dict({
            "_kwargs": self.dump.object("dict", [(None, self.session)])}))])
        self.dump.root("thread", "worker", [("thread", thread)])
        self.assert_in_cache()

    def assert_tasks_are_in_their_list(self, refer):
        """Asserts it where futures of another module refer to them as `refer(task)` does."""
        tasks = [self.dump.object("Task", size=1000) for _ in range(2)]
        futures = [self.dump.object("Future", [refer(task)]) for task in tasks]
        for module, variable, held in (("app", "tasks", tasks), ("line", "getters", futures)):
            self.dump.module(module, {
                variable: self.dump.object("list", [(None, address) for address in held])})
        self.assertEqual(self.owners().chain("Task::[*] (app.tasks[*])"), [
            "module::app (app)", "list::tasks (app.tasks)", "Task::[*] (app.tasks[*])"])

    def test_tasks_are_not_of_the_futures_that_they_wait_for(self):
        self.assert_tasks_are_in_their_list(lambda task: ("_asyncio_awaited_by", task))

    def test_tasks_are_not_of_what_wakes_them_on_python_38(self):
        self.assert_tasks_are_in_their_list(lambda task: (
            "fut_callback0", self.dump.object("TaskWakeupMethWrapper", [("task", task)])))

    def test_running_tasks_of_asyncio(self):
        tasks = self.dump.object(
            "dict", [(None, self.dump.object("Loop")), (None, self.session)], pairs=1)
        self.dump.module("asyncio.tasks", {"_current_tasks": tasks})
        self.assert_in_cache()

    def test_eager_tasks_of_asyncio(self):
        tasks = self.dump.object("set", [(None, self.session)])
        self.dump.module("asyncio.tasks", {"_eager_tasks": tasks})
        self.assert_in_cache()

    def test_interned_strings_of_the_interpreter(self):
        self.dump.root("interpreter", "", [("interned", self.dump.object(
            "dict", [(None, self.session), (None, self.session)], pairs=1))])
        self.assert_in_cache()

    def test_hook_of_a_thread_for_asynchronous_generators(self):
        hook = self.dump.object("method", [("__self__", self.session)])
        self.dump.root("thread", "MainThread", [("async_gen_finalizer", hook)])
        self.assert_in_cache()


class NamedShareTest(HandWrittenTest):

    def test_modules_threads_and_the_interpreter_are_named_owners(self):
        self.dump.module("app", {"data": self.dump.object("list", size=1000)})
        frame = self.dump.object("frame", size=500, kind="frame", name="serve")
        self.dump.root("thread", "MainThread", [("frame", frame)])
        self.dump.root("interpreter", "", [("codecs", self.dump.object("list", size=300))])
        # sys.modules itself, and the names in it, are the interpreter's: 250 bytes.
        self.assertEqual(self.message(), f"memdump2callgrind: {self.path}: "
                         "2380 of 2380 bytes, 100.0 %, have a named owner")

    def test_what_modules_share_has_no_named_owner(self):
        shared = self.dump.object("list", size=1000)
        self.dump.module("first", {"alpha": shared})
        self.dump.module("second", {"beta": shared})
        self.assertEqual(self.message(), f"memdump2callgrind: {self.path}: "
                         "660 of 1960 bytes, 33.7 %, have a named owner")

    def test_name_that_is_imported_goes_with_its_variable(self):
        source = os.path.join(os.path.dirname(self.path), "slow.py")
        with open(source, "w", encoding="utf-8") as file:
            file.write("from fast import *\n")
        limit, name = self.dump.object("int", value=12345), self.dump.text("limit")
        for module, facts in (("fast", {}), ("slow", {"file": source})):
            namespace = self.dump.object("dict", [(None, name), (None, limit)], pairs=1)
            self.dump.object("module", [("__dict__", namespace)], kind="module", name=module,
                             **facts)
            self.dump.known_module(module)
        # All but sys.modules, the names in it, and the number, which both may have made.
        self.assertEqual(self.message(), f"memdump2callgrind: {self.path}: "
                         "450 of 850 bytes, 52.9 %, have a named owner")

    def test_what_is_unreachable_has_no_named_owner(self):
        self.dump.object("frame", size=1000, kind="frame", name="lost")
        self.dump.module("app", {})
        self.assertEqual(self.message(), f"memdump2callgrind: {self.path}: "
                         "280 of 1530 bytes, 18.3 %, have a named owner")

    def test_what_waits_for_collection_is_told(self):
        cycle = self.dump.object("list", size=1000)
        self.dump.set_references(cycle, [cycle])
        self.dump.module("app", {})
        self.assertEqual(self.messages()[-2:], [
            f"memdump2callgrind: {self.path}: 1000 of 1530 bytes, 65.4 %, are nobody's, and wait "
            "for collection",
            f"memdump2callgrind: {self.path}: 280 of 1530 bytes, 18.3 %, have a named owner"])

    def test_strict_ownership_names_less(self):
        data = self.dump.object("list", size=1000)
        # A class attribute, and a module that imports the class.
        model = self.dump.object("type", [("__dict__", self.dump.dict({"rows": data}))],
                                 kind="class", name="Model", module="models")
        self.dump.module("models", {"Model": model})
        self.dump.module("views", {"Model": model})
        self.assertEqual(self.message(), f"memdump2callgrind: {self.path}: "
                         "2010 of 2310 bytes, 87.0 %, have a named owner")
        self.assertEqual(self.message("--ownership=strict"), f"memdump2callgrind: {self.path}: "
                         "660 of 2310 bytes, 28.6 %, have a named owner")


if __name__ == "__main__":
    unittest.main()
