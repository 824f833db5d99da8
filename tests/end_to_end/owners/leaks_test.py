"""Tests that the largest path of a profile answers what holds a leak.

Each program in testdata/leaks leaks 20 MB in one well-known way.
"""

import os
import sys
import tempfile
import unittest

from tests.end_to_end.owners import owner_chains
from tests.end_to_end.support import converter
from tests.end_to_end.support import live_process

_LEAKED = 20_000_000  # Bytes.


class LeaksTest(unittest.TestCase):

    def assert_held_by(self, program, *chain):
        """Fails unless the largest path of a program's profile begins with these functions,
        of which the last one retains what leaked."""
        with tempfile.TemporaryDirectory() as folder:
            dump = os.path.join(folder, "leak.json")
            live_process.dump(f"testdata/leaks/{program}.py", dump, os.path.abspath("scanner"),
                              sys.executable)
            profile = os.path.join(folder, "callgrind.out.leak")
            converter.convert(dump, profile)
            owners = owner_chains.OwnerChains(profile)
        self.assertEqual(owners.largest_chain()[:len(chain)], list(chain))
        self.assertGreaterEqual(owners.inclusive(chain[-1]), _LEAKED)

    def test_global_dict_that_grows(self):
        self.assert_held_by(
            "global_dict",
            "module::__main__ (__main__)",
            "dict::RESULTS (__main__.RESULTS)",
            "bytearray::[*] (__main__.RESULTS[*])")

    def test_cache_of_a_method(self):
        self.assert_held_by(
            "cached_method",
            "module::__main__ (__main__)",
            "class::Report (__main__.Report)",
            "_lru_cache_wrapper::total (__main__.Report.total)")

    def test_closure_in_a_list_of_callbacks(self):
        self.assert_held_by(
            "callback_closure",
            "module::__main__ (__main__)",
            "Bus::bus (__main__.bus)",
            "list::callbacks (__main__.bus.callbacks)",
            "def::on_shutdown (__main__.bus.callbacks[*])")

    def test_traceback_of_an_exception_that_is_kept(self):
        self.assert_held_by(
            "kept_traceback",
            "module::__main__ (__main__)",
            "list::errors (__main__.errors)",
            "ValueError::[*] (__main__.errors[*])")

    def test_local_data_of_a_thread_that_does_not_end(self):
        self.assert_held_by(
            "thread_local",
            "thread::worker",
            "dict::local (worker.local)",
            "list::['buffers'] (worker.local['buffers'])")

    def test_list_of_a_class(self):
        self.assert_held_by(
            "class_list",
            "module::__main__ (__main__)",
            "class::Order (__main__.Order)",
            "list::history (__main__.Order.history)",
            "bytearray::[*] (__main__.Order.history[*])")


if __name__ == "__main__":
    unittest.main()
