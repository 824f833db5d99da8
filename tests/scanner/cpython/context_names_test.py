"""What values of context variables, signal handlers and nameless modules are called."""

import signal
import sys
import types
import unittest

import dump_support

VERSION = sys.version_info[:2]


def handle(*unused):
    """Is registered, and never called."""


class ContextTest(unittest.TestCase):
    @unittest.skipUnless(VERSION >= (3, 7), "needs context variables")
    def test_value_has_the_name_of_its_variable(self):
        import contextvars

        kept = {}
        for number in range(100):
            name = "variable{}".format(number)
            kept[name] = (contextvars.ContextVar(name), [name])
        for variable, value in kept.values():
            variable.set(value)
        dump = dump_support.take_dump()
        found = {}
        for record in dump.records(b'"type": "hamt_bitmap_node"'):
            found.update(dump_support.named(record))
        expected = {name: id(value) for name, (_, value) in kept.items()}
        self.assertEqual({name: found.get(name) for name in expected}, expected)


class SignalTest(unittest.TestCase):
    @unittest.skipUnless(VERSION >= (3, 6), "Python 2 does not tell them")
    def test_handler_is_the_interpreters(self):
        old = signal.signal(signal.SIGUSR1, handle)
        try:
            root = dump_support.take_dump().root("interpreter")
        finally:
            signal.signal(signal.SIGUSR1, old)
        self.assertIn(("signal handler", id(handle)), zip(root["names"], root["refs"]))

    @unittest.skipUnless(VERSION >= (3, 12), "needs sys.monitoring")
    def test_callback_of_monitoring_is_the_interpreters(self):
        monitoring = sys.monitoring
        monitoring.use_tool_id(3, "heapgrind test")
        monitoring.register_callback(3, monitoring.events.PY_START, handle)
        try:
            root = dump_support.take_dump().root("interpreter")
        finally:
            monitoring.register_callback(3, monitoring.events.PY_START, None)
            monitoring.free_tool_id(3)
        self.assertIn(("monitoring callback", id(handle)), zip(root["names"], root["refs"]))


class ModuleTest(unittest.TestCase):
    def test_module_without_a_name_has_that_of_its_place(self):
        nameless, numbered = types.ModuleType("x"), types.ModuleType("y")
        del nameless.__dict__["__name__"]
        numbered.__dict__["__name__"] = 99
        sys.modules["heapgrind_a"], sys.modules["heapgrind_b"] = nameless, numbered
        try:
            dump = dump_support.take_dump()
        finally:
            del sys.modules["heapgrind_a"], sys.modules["heapgrind_b"]
        self.assertEqual(dump.of(nameless)["name"], "heapgrind_a")
        self.assertEqual(dump.of(numbered)["name"], "heapgrind_b")

    def test_module_with_another_name_keeps_it(self):
        module = types.ModuleType("other")
        sys.modules["heapgrind_c"] = module
        try:
            dump = dump_support.take_dump()
        finally:
            del sys.modules["heapgrind_c"]
        self.assertEqual(dump.of(module)["name"], "other")


if __name__ == "__main__":
    unittest.main()
