"""The names of what tasks, coroutines and generators keep and wait for."""

import sys
import unittest

import dump_support
from dump_support import named, visited

VERSION = sys.version_info[:2]

# What Python 2 cannot spell.
ASYNC_PROGRAM = """
import asyncio, types

@types.coroutine
def pause():
    yield

async def work(held):
    await pause()

def delegate(inner):
    yield from inner

async def produce():
    await pause()
    yield 1

def make_task(loop, held):
    task = loop.create_task(work(held))
    loop.run_until_complete(asyncio.sleep(0))
    return task
"""


@unittest.skipUnless(VERSION >= (3, 6), "needs coroutines")
class AsyncTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import asyncio

        cls.namespace = namespace = {}
        exec(ASYNC_PROGRAM, namespace)
        cls.loop = asyncio.new_event_loop()
        cls.task = namespace["make_task"](cls.loop, [u"held"])
        cls.future = cls.loop.create_future()
        cls.future.set_result([u"result"])
        cls.dump = dump_support.take_dump()

    @classmethod
    def tearDownClass(cls):
        cls.loop.run_until_complete(cls.task)
        cls.loop.close()

    def names_of_frame(self, generator, dump):
        """Names in its record, and up to 3.10 in that of its frame."""
        names = visited(generator, dump)
        return named(dump.at(names["gi_frame"])) if "gi_frame" in names else names

    def test_task_names_its_coroutine(self):
        coroutine = visited(self.task, self.dump)["_coro"]
        self.assertEqual(self.dump.at(coroutine)["name"], "work")
        self.assertEqual(visited(self.task, self.dump)["_loop"], id(self.loop))

    @unittest.skipUnless(VERSION >= (3, 7), "a task has no context")
    def test_task_names_its_context(self):
        context = visited(self.task, self.dump)["_context"]
        self.assertEqual(self.dump.at(context)["type"], "Context")

    def test_future_names_its_result(self):
        result = visited(self.future, self.dump)["_result"]
        self.assertEqual(result, id(self.future.result()))

    def test_coroutine_names_what_it_awaits(self):
        coroutine = self.namespace["work"]([1])
        coroutine.send(None)
        names = self.names_of_frame(coroutine, dump_support.take_dump())
        self.assertEqual(names["cr_await"], id(coroutine.cr_await))
        coroutine.close()

    def test_generator_names_what_it_yields_from(self):
        inner = iter([1, 2])
        generator = self.namespace["delegate"](inner)
        next(generator)
        names = self.names_of_frame(generator, dump_support.take_dump())
        self.assertEqual(names["gi_yieldfrom"], id(inner))

    def test_asynchronous_generator_names_what_it_awaits(self):
        generator = self.namespace["produce"]()
        step = generator.asend(None)
        step.send(None)
        names = self.names_of_frame(generator, dump_support.take_dump())
        self.assertEqual(names["ag_await"], id(generator.ag_await))
        self.assertEqual(visited(step)["ags_gen"], id(generator))
        self.assertRaises(StopIteration, step.send, None)

    def test_generator_in_a_loop_yields_from_nothing(self):
        def loop():
            for item in [u"a", u"b"]:
                yield item

        generator = loop()
        next(generator)
        names = self.names_of_frame(generator, dump_support.take_dump())
        self.assertNotIn("gi_yieldfrom", names)
        self.assertIn("(temporary)", names)


if __name__ == "__main__":
    unittest.main()
