"""Tests the page of heapgrind report as text: what it carries, and that it is all there is.

What it looks like and does in a browser: page_browser_test.py and page_looks_test.py."""

import base64
import hashlib
import html.parser
import os
import re
import tempfile
import unittest

from tests.end_to_end.page import report_pages
from tests.end_to_end.page.report_pages import GROWING, LEAK
from tests.end_to_end.support.hand_written_dump import HandWrittenDump


class _Elements(html.parser.HTMLParser):
    """The elements of a page, and the texts of its scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.texts, self.policy = [], [], {}, ""
        self._open = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self._open = tag if tag in ("script", "style") else None
        if dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs)["content"]
        if self._open:
            self.texts.setdefault(tag, []).append("")

    def handle_data(self, data):
        if self._open:
            self.texts[self._open][-1] += data

    def handle_endtag(self, tag):
        self._open = None


class PageTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "report.html")
        self.dump = os.path.join(folder.name, "dump.json")

    def _text(self, *words):
        report_pages.make(self.path, *words)
        with open(self.path, encoding="utf-8") as file:
            return file.read()

    def test_page_carries_the_report(self):
        for words in ((LEAK,), GROWING, ("--ownership=strict", LEAK)):
            self._text(*words)
            self.assertEqual(report_pages.data(self.path), report_pages.report(*words))

    def test_the_same_report_is_the_same_page(self):
        self.assertEqual(self._text(LEAK), self._text("--threads=1", LEAK))

    def test_page_loads_nothing(self):
        text = self._text(LEAK)
        elements = _Elements(text)
        self.assertEqual({"src", "srcset", "href", "action"} & set(elements.attributes), set())
        self.assertNotIn("@import", text)
        self.assertNotIn("url(", text)

    def test_policy_allows_these_scripts_and_no_others(self):
        elements = _Elements(self._text(LEAK))
        # The first script is the data.
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                  for text in elements.texts["script"][1:] + elements.texts["style"]]
        self.assertEqual(len(hashes), 3)
        self.assertEqual(
            elements.policy,
            f"default-src 'none'; script-src 'sha256-{hashes[0]}' 'sha256-{hashes[1]}'; "
            f"style-src 'sha256-{hashes[2]}'; base-uri 'none'; form-action 'none'")

    def test_hostile_names_do_not_reach_the_markup(self):
        dump = HandWrittenDump()
        name = "</script><img src=x onerror=alert(1)>\"'&\u202e"
        dump.module("app", {name: dump.object(name, size=100000), "x" * 100000: dump.text("a")})
        dump.write(self.dump)
        plain, hostile = _Elements(self._text(LEAK)), _Elements(self._text(self.dump))
        self.assertEqual(hostile.tags, plain.tags)
        names = [row["name"] for row in report_pages.data(self.path)["rows"]]
        self.assertTrue(any("<img src=x onerror" in name for name in names), names)

    def test_scripts_make_texts_and_never_markup(self):
        script = _Elements(self._text(LEAK)).texts["script"][2]
        self.assertIsNone(re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(|"
            r"setHTML|createContextualFragment|DOMParser", script))

    def test_page_has_the_licence_of_what_it_contains(self):
        text = self._text(LEAK)
        self.assertIn("Copyright: 2010", text)
        self.assertIn("Redistributions in binary form must reproduce", text)


if __name__ == "__main__":
    unittest.main()
