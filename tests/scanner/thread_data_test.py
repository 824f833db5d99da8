"""What belongs to a thread: thread-local data and context variables."""

import sys
import threading
import unittest

import dump_support

VERSION = sys.version_info[:2]

LOCAL = threading.local()


def set_local(ready, may_end, addresses):
    """Sets thread-local data, and waits."""
    LOCAL.held = [u"held by a thread alone"]
    addresses.append(id(LOCAL.held))
    ready.set()
    may_end.wait()


def set_context(variable, ready, may_end, addresses):
    """Sets a context variable, and waits."""
    variable.set([u"held by a context alone"])
    addresses.append(id(variable.get()))
    ready.set()
    may_end.wait()


def dump_beside(target, *arguments):
    """Dumps while a thread runs `target`; returns the record of the object
    whose address that has appended to a list."""
    ready, may_end, addresses = threading.Event(), threading.Event(), []
    thread = threading.Thread(
        target=target, args=arguments + (ready, may_end, addresses)
    )
    thread.start()
    try:
        ready.wait()
        dump = dump_support.take_dump()
    finally:
        may_end.set()
        thread.join()
    return dump.at(addresses[0])


class ThreadDataTest(unittest.TestCase):
    def check_reached(self, record):
        self.assertEqual((record["type"], record["len"]), ("list", 1))
        self.assertNotIn("refcount", record)  # So a root reaches it.

    def test_thread_local_data_of_another_thread_is_reached(self):
        self.check_reached(dump_beside(set_local))

    @unittest.skipUnless(VERSION >= (3, 7), "needs context variables")
    def test_context_variable_of_another_thread_is_reached(self):
        import contextvars

        variable = contextvars.ContextVar("variable")
        self.check_reached(dump_beside(set_context, variable))


if __name__ == "__main__":
    unittest.main()
