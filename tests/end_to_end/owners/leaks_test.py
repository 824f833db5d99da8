"""Tests that the largest path of a profile, and the first sentence, answer what holds a leak.

Each program in testdata/leaks leaks 20 MB in one well-known way.
"""

import json
import os
import sys
import tempfile
import unittest

from tests.end_to_end.owners import owner_chains
from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process

_LEAKED = 20_000_000  # Bytes.


class LeaksTest(unittest.TestCase):

    def assert_held_by(self, program, *chain, holder, owner, held):
        """Fails unless a program's profile and the first sentence say what leaked.

        Args:
            program: Its name in testdata/leaks.
            chain: Functions that the largest path of the profile begins with, of which the last
                one retains what leaked.
            holder: The function of these that the sentence is about.
            owner: What the sentence calls it.
            held: The number and type of what it holds.
        """
        with tempfile.TemporaryDirectory() as folder:
            dump = os.path.join(folder, "leak.json")
            live_process.dump(f"testdata/leaks/{program}.py", dump, os.path.abspath("scanner"),
                              sys.executable)
            profile = os.path.join(folder, "callgrind.out.leak")
            converter.convert(dump, profile)
            owners = owner_chains.OwnerChains(profile)
            summary = json.loads(heapgrind_program.run("summary", "--json", dump).stdout)
            text = heapgrind_program.run("summary", dump).stdout
            with open(profile, encoding="utf-8") as file:
                descriptions = [line for line in file if line.startswith("desc: Suspect: ")]
        self.assertEqual(owners.largest_chain()[:len(chain)], list(chain))
        self.assertGreaterEqual(owners.inclusive(chain[-1]), _LEAKED)
        first = summary["sentences"][0]
        self.assertEqual(
            (first["kind"], first["owner"], (first["count"], first["type"]), first["bytes"],
             first["of_bytes"]),
            ("holds", owner, held, owners.inclusive(holder), summary["bytes"]))
        self.assertEqual(first["text"], "{} holds {:,} {}, {:.1f} MB, {:.0f} % of the heap".format(
            owner, *held, first["bytes"] / 1e6, 100 * first["bytes"] / summary["bytes"]).replace(
                ",", " ", 1))
        self.assertTrue(text.startswith(first["text"] + f"\n  {first['bytes']} bytes; "), text)
        self.assertEqual(descriptions, [f"desc: Suspect: {first['text']}\n"])

    def test_global_dict_that_grows(self):
        self.assert_held_by(
            "global_dict",
            "module::__main__ (__main__)",
            "dict::RESULTS (__main__.RESULTS)",
            "bytearray::[*] (__main__.RESULTS[*])",
            holder="dict::RESULTS (__main__.RESULTS)",
            owner="__main__.RESULTS", held=(2000, "bytearray"))

    def test_cache_of_a_method(self):
        self.assert_held_by(
            "cached_method",
            "module::__main__ (__main__)",
            "class::Report (__main__.Report)",
            "_lru_cache_wrapper::total (__main__.Report.total)",
            holder="_lru_cache_wrapper::total (__main__.Report.total)",
            owner="__main__.Report.total", held=(2000, "Report"))

    def test_closure_in_a_list_of_callbacks(self):
        self.assert_held_by(
            "callback_closure",
            "module::__main__ (__main__)",
            "Bus::bus (__main__.bus)",
            "list::callbacks (__main__.bus.callbacks)",
            "def::on_shutdown (__main__.bus.callbacks[*])",
            holder="list::callbacks (__main__.bus.callbacks)",
            owner="__main__.bus.callbacks", held=(2000, "function"))

    def test_traceback_of_an_exception_that_is_kept(self):
        self.assert_held_by(
            "kept_traceback",
            "module::__main__ (__main__)",
            "list::errors (__main__.errors)",
            "ValueError::[*] (__main__.errors[*])",
            holder="list::errors (__main__.errors)",
            owner="__main__.errors", held=(2000, "ValueError"))

    def test_local_data_of_a_thread_that_does_not_end(self):
        self.assert_held_by(
            "thread_local",
            "thread::worker",
            "dict::local (worker.local)",
            "list::['buffers'] (worker.local['buffers'])",
            holder="list::['buffers'] (worker.local['buffers'])",
            owner="worker.local['buffers']", held=(2000, "bytearray"))

    def test_list_of_a_class(self):
        self.assert_held_by(
            "class_list",
            "module::__main__ (__main__)",
            "class::Order (__main__.Order)",
            "list::history (__main__.Order.history)",
            "bytearray::[*] (__main__.Order.history[*])",
            holder="list::history (__main__.Order.history)",
            owner="__main__.Order.history", held=(2000, "bytearray"))


if __name__ == "__main__":
    unittest.main()
