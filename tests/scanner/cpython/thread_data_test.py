"""What belongs to a thread: thread-local data and context variables."""

import gc
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


def locals_of(dump, name):
    """The addresses of the dictionaries that a thread's root calls `local`."""
    (root,) = [x for x in dump.roots() if x.get("name") == name]
    return [x for x, called in zip(root["refs"], root["names"]) if called == "local"]


def end_locals():
    """Takes apart what nothing refers to.  From 3.14 on without a GIL the collector alone does."""
    if dump_support.IS_FREE_THREADED:
        gc.collect()


class ThreadDataTest(unittest.TestCase):
    def check_reached(self, record):
        self.assertEqual((record["type"], record["len"]), ("list", 1))
        self.assertNotIn("refcount", record)  # So a root reaches it.

    def test_thread_local_data_of_another_thread_is_reached(self):
        self.check_reached(dump_beside(set_local))

    def test_thread_refers_to_its_own_data_alone(self):
        LOCAL.held = [u"of this thread"]
        other = threading.local()
        other.number = 5
        ready, may_end, addresses = threading.Event(), threading.Event(), []
        thread = threading.Thread(
            target=set_local, name="Other", args=(ready, may_end, addresses)
        )
        thread.start()
        try:
            ready.wait()
            dump = dump_support.take_dump()
        finally:
            may_end.set()
            thread.join()
        self.assertIn(id(LOCAL.__dict__), locals_of(dump, "MainThread"))
        self.assertIn(id(other.__dict__), locals_of(dump, "MainThread"))
        (record,) = map(dump.at, locals_of(dump, "Other"))
        self.assertEqual(dump.value_names(record), {"held": addresses[0]})

    def test_data_of_a_local_that_is_gone_is_not_referred_to(self):
        gone = threading.local()
        gone.held = [u"gone"]
        address = id(gone.__dict__)
        del gone
        end_locals()
        self.assertNotIn(address, locals_of(dump_support.take_dump(), "MainThread"))

    def test_dump_while_a_local_is_taken_apart(self):
        dumps = []

        class Dumper(object):
            """Dumps when it dies."""

            def __del__(self):
                dumps.append(dump_support.take_dump())

        dying = threading.local()
        dying.held = Dumper()
        address = id(dying.__dict__)
        del dying
        end_locals()
        self.assertNotIn(address, locals_of(dumps[0], "MainThread"))

    @unittest.skipUnless(VERSION >= (3, 7), "needs context variables")
    def test_context_variable_of_another_thread_is_reached(self):
        import contextvars

        variable = contextvars.ContextVar("variable")
        self.check_reached(dump_beside(set_context, variable))


if __name__ == "__main__":
    unittest.main()
