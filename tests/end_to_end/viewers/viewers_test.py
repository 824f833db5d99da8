"""Tests that the viewers tell a good file from a broken one."""

import unittest

from tests.end_to_end.callgrind import broken_callgrind
from tests.end_to_end.callgrind.broken_callgrind import GOOD
from tests.end_to_end.viewers import viewers
from tests.end_to_end.viewers.kcachegrind import View


class ViewersTest(broken_callgrind.BrokenFileTest):
    def _messages(self, content, view=View()):
        self.check(content.encode("utf-8"))
        return viewers.kcachegrind_messages(self.path, view)

    def test_kcachegrind_is_content_with_a_good_file(self):
        self.assertEqual(self._messages(GOOD), viewers.KCACHEGRIND_IS_CONTENT)

    def test_kcachegrind_shows_what_it_is_asked_for(self):
        self.assertEqual(
            self._messages(GOOD, View(function="dict::CACHE (app.CACHE)")),
            ['Selected "dict::CACHE (app.CACHE)"'])

    def test_kcachegrind_complains_of_a_broken_line(self):
        self.assertEqual(
            self._messages(GOOD.replace("calls=5", "caals=5")),
            [f'Loading "{self.path}" : 31 : "Invalid line \'caals=5 0\'"', 'Selected "main"'])

    def test_kcachegrind_refuses_a_summary_before_the_events(self):
        events, summary = "events: Bytes Objects\n", "summary: 1600 16\n"
        self.assertEqual(
            self._messages(GOOD.replace(events + summary, summary + events)),
            [f'Loading "{self.path}" : 11 : "Invalid format: summary before data. Skipping file"'])

    def test_annotate_says_the_total_of_a_good_file(self):
        self.check(GOOD.encode("utf-8"))
        self.assertEqual(viewers.annotate(self.path), ([1600, 16], ""))

    def test_annotate_says_a_wrong_total_without_summary(self):
        broken = GOOD.replace("summary: 1600 16\n", "").replace("totals: 1600 16\n", "")
        self.check(broken.encode("utf-8"))
        self.assertNotEqual(viewers.annotate(self.path), ([1600, 16], ""))


if __name__ == "__main__":
    unittest.main()
