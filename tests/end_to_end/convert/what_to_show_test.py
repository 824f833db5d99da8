"""Tests the options that choose what of a heap is shown, on a dump in testdata/."""

import collections
import os
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.support import converter

_DUMP = "testdata/leak.json.gz"
_SESSION = "Session::[*] (__main__.CACHE[*])"


class WhatToShowTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "callgrind.out.leak")

    def convert(self, *options):
        converter.convert(_DUMP, self.path, *options)
        problems, _ = check_callgrind.check(self.path, has_classes=True)
        self.assertEqual(problems, [])
        return callgrind_file.read(self.path)

    def self_bytes(self, profile, key):
        sums = collections.Counter()
        for function in profile.functions.values():
            sums[key(function)] += function.self_cost[0]
        return sums

    def functions_named(self, profile, text):
        return [f for f in profile.functions.values() if text in f.name]

    def test_focus_shows_what_the_sessions_retain_together_and_nothing_else(self):
        whole = self.convert()
        sessions = self.inclusive_bytes(whole, _SESSION)
        profile = self.convert("--focus=Session::[*]")
        self.assertGreaterEqual(profile.totals[0], sessions)
        self.assertLess(profile.totals[0], 2 * sessions)
        main, = self.functions_named(profile, "main")[:1]
        self.assertEqual([profile.names["fn"][callee] for callee, _ in main.calls],
                         ["focus::objects"])

    def test_focus_on_nothing_is_an_error(self):
        result = converter.run("--focus=no such name", _DUMP)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(
            result.stderr.decode("utf-8"),
            f"memdump2callgrind: {_DUMP}: expected a function whose name contains "
            '"no such name", got none\n')

    def test_single_objects_are_shown_with_their_addresses(self):
        profile = self.convert("--by=object", "--top=3")
        single = self.functions_named(profile, " at 0x")
        self.assertEqual(len(single), 3)
        self.assertEqual(len({f.name for f in single}), 3)
        for function in single:
            self.assertRegex(function.name, r" at 0x[0-9a-f]+$")

    def test_process_rows_fill_up_to_the_resident_memory(self):
        without = self.convert()
        profile = self.convert("--process")
        self.assertEqual(
            f"resident {profile.totals[0]} bytes", profile.header["desc"].split(", ")[-1])
        rows = self.functions_named(profile, "process::")
        self.assertEqual(profile.totals[0] - without.totals[0],
                         sum(f.self_cost[0] for f in rows))

    def test_more_events_are_columns(self):
        profile = self.convert("--events=gc,slack")
        self.assertEqual(profile.events, ["Bytes", "Objects", "GC_bytes", "Slack"])
        self.assertLess(0, profile.totals[2])
        self.assertLess(profile.totals[2], profile.totals[0])

    def test_groups_have_sensible_sums(self):
        profile = self.convert()
        by_package = self.self_bytes(profile, lambda f: f.object)
        by_file = self.self_bytes(profile, lambda f: os.path.basename(f.file))
        by_type = self.self_bytes(profile, lambda f: f.name.partition("::")[0])
        main = self.inclusive_bytes(profile, "module::__main__ (__main__)")
        self.assertEqual(by_package["__main__"], main)
        # With what its frames hold.
        self.assertGreaterEqual(by_file["leak.py"], main)
        sessions, = self.functions_named(profile, _SESSION)
        self.assertEqual(by_type["Session"], sessions.self_cost[0])
        self.assertLess(by_type["small"], profile.totals[0] // 10)

    def inclusive_bytes(self, profile, name):
        costs = [call.cost[0] for f in profile.functions.values() for callee, call in f.calls
                 if profile.names["fn"][callee] == name]
        self.assertEqual(len(costs), 1)
        return costs[0]

    def test_source_prefix_leads_to_the_sources_here(self):
        where = lambda profile: {os.path.dirname(f.file) for f in profile.functions.values()
                                 if f.file.endswith("/leak.py")}
        folder, = where(self.convert())
        self.assertEqual(where(self.convert(f"--source-prefix={folder}=/srv/shop")), {"/srv/shop"})


if __name__ == "__main__":
    unittest.main()
