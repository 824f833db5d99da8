"""Tests how the page of heapgrind report looks in a browser: `./run test-page`."""

import os
import subprocess
import unittest

from tests.end_to_end.page import report_pages
from tests.end_to_end.page.browser_case import BrowserTest
from tests.end_to_end.page.report_pages import GROWING
from tests.end_to_end.support.hand_written_dump import HandWrittenDump

# Where ./run test-page has put it; without it, what it would check is not checked.
_AXE = os.environ.get("HEAPGRIND_AXE", "")


class GrowthTest(BrowserTest):
    def setUp(self):
        super().setUp()
        self.browser.open(self.growing, "#growth")
        self.report = report_pages.report(*GROWING)

    def test_rows_that_changed_most_come_first(self):
        changed = [row for row in self.report["growth"]["rows"][1:]
                   if row["self_bytes"] != row.get("self_before", 0)]
        most = max(changed, key=lambda row: abs(row["self_bytes"] - row.get("self_before", 0)))
        self.assertEqual(self.browser.run("""
            return document.querySelector("#growth tbody tr").cells[0].textContent"""),
            most["name"])

    def test_what_grew_and_what_shrank_differ_in_colour(self):
        grew = self.browser.find_all("#growth .treemap [class*=grew]")
        same = self.browser.find_all("#growth .treemap .same")
        self.assertTrue(grew and same)

    def test_what_stayed_is_told(self):
        self.assertIn("is in all later ones", self.browser.text("#growth"))


class LooksTest(BrowserTest):
    def _paper(self):
        return self.browser.run("return getComputedStyle(document.body).backgroundColor")

    def test_page_is_dark_or_light_as_the_system_or_the_button_says(self):
        self.browser.open(self.leak, theme="dark")
        dark = self._paper()
        self.browser.open(self.leak, theme="light")
        self.assertNotEqual(self._paper(), dark)
        self.browser.find(".theme").click()
        self.assertEqual(self._paper(), dark)

    def test_page_fits_narrow_and_wide_windows(self):
        for width in (360, 700, 1000, 1600):
            for fragment in ("", "#row-5"):
                self.browser.open(self.growing, fragment, width=width)
                self.assertLessEqual(self.browser.run(
                    "return document.documentElement.scrollWidth"), width, (width, fragment))

    def test_page_prints(self):
        self.browser.open(self.growing)
        path = os.path.join(self.folder, "page.pdf")
        with open(path, "wb") as file:
            file.write(self.browser.print_pdf())
        text = subprocess.run(["pdftotext", path, "-"], check=True,
                              stdout=subprocess.PIPE).stdout.decode()
        sentence = report_pages.report(*GROWING)["sentences"][0]["text"]
        self.assertIn(sentence.split()[0], text)
        for title in ("Who owns the memory", "What changed", "Ownership tree", "Types"):
            self.assertIn(title, text)

    @unittest.skipUnless(_AXE, "not run: no axe-core")
    def test_axe_finds_nothing(self):
        with open(_AXE, encoding="utf-8") as file:
            axe = file.read()
        for page, fragment in ((self.leak, ""), (self.growing, ""), (self.leak, "#row-1")):
            for theme in ("light", "dark"):
                self.browser.open(page, fragment, theme=theme)
                self.browser.run(axe)
                violations = self.browser.run_async(
                    "const done = arguments[0]; axe.run().then((all) => done(all.violations))")
                self.assertEqual([(v["id"], v["impact"], v["nodes"][0]["html"])
                                  for v in violations], [], (page, fragment, theme))


class HostileTest(BrowserTest):
    def test_names_are_texts_whatever_they_hold(self):
        dump = HandWrittenDump()
        names = ["</script><img src=x onerror=window.hacked=1>", "\u202egnp.exe", "x" * 100000,
                 "&lt;b&gt;", "' onfocus='hacked=1'"]
        dump.module("app", {name: dump.object(f"type {name}", size=100000) for name in names})
        path = os.path.join(self.folder, "hostile")
        dump.write(f"{path}.json")
        report_pages.make(f"{path}.html", f"{path}.json")
        self.browser.open(f"{path}.html")
        self.assertEqual(self.browser.errors(), [])
        self.assertEqual(self.browser.find_all("img, b, iframe, object"), [])
        self.assertIn("<img src=x onerror=window.hacked=1>", self.browser.text("#types"))
        self.assertNotIn("\u202e", self.browser.text("main"))
        self.assertIsNone(self.browser.run("return window.hacked"))
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 1200)


if __name__ == "__main__":
    unittest.main()
