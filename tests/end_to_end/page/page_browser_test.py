"""Tests what the page of heapgrind report does in a browser: `./run test-page`."""

import time
import unittest

from tests.end_to_end.page import report_pages
from tests.end_to_end.page.browser_case import BrowserTest
from tests.end_to_end.page.report_pages import LEAK


class OpeningTest(BrowserTest):
    def test_pages_open_from_a_file_without_complaint(self):
        for page in (self.leak, self.growing):
            self.browser.open(page)
            self.assertEqual(self.browser.errors(), [])
            self.assertEqual(self.browser.find_all("[role=alert]"), [])

    def test_nothing_is_loaded(self):
        self.browser.open(self.leak)
        self.assertEqual(self.browser.run(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)"), [])

    def test_policy_forbids_the_network_and_other_scripts(self):
        self.browser.open(self.leak)
        for attempt in ("fetch('https://example.org/')", "fetch('file:///etc/hostname')"):
            self.assertEqual(self.browser.run_async(
                f"const done = arguments[0]; {attempt}.then(() => done('ok'), () => done('no'))"),
                "no")
        self.browser.run("""
            const script = document.createElement("script");
            script.textContent = "window.hacked = true";
            document.body.append(script);
            const image = document.createElement("img");
            image.setAttribute("onerror", "window.hacked = true");
            image.src = "x";
            document.body.append(image);""")
        time.sleep(0.2)
        self.assertIsNone(self.browser.run("return window.hacked"))
        complaints = " ".join(self.browser.errors())
        for directive in ("connect-src", "script-src", "img-src"):
            self.assertIn(directive, complaints)

    def test_first_screen_has_sentences_total_and_treemap(self):
        self.browser.open(self.leak, width=1600, height=1000)
        for selector in (".sentence", ".total", "#map .treemap"):
            bottom = self.browser.run(
                "return document.querySelector(arguments[0]).getBoundingClientRect().bottom",
                selector)
            self.assertLess(bottom, 1000, selector)


class NumbersTest(BrowserTest):
    def setUp(self):
        super().setUp()
        self.browser.open(self.leak)
        self.report = report_pages.report(LEAK)

    def test_sentences_are_those_of_the_report(self):
        shown = self.browser.run(
            "return [...document.querySelectorAll('.sentence > bdi')].map((e) => e.textContent)")
        self.assertEqual(shown, [sentence["text"] for sentence in self.report["sentences"]])

    def test_cells_are_as_large_as_their_bytes(self):
        cells = self.browser.run("""
            return [...document.querySelector("#map .treemap").querySelectorAll("button")]
              .filter((cell) => cell.classList.contains("depth1"))
              .map((cell) => [Number(cell.dataset.place), cell.offsetWidth * cell.offsetHeight])""")
        self.assertGreater(len(cells), 5)
        rows = self.report["rows"]
        areas = sum(area for _, area in cells) / sum(rows[place]["bytes"] for place, _ in cells)
        for place, area in cells:
            # Borders are whole pixels.
            self.assertAlmostEqual(area / areas / rows[place]["bytes"], 1, delta=0.25)

    def test_row_page_has_the_exact_numbers(self):
        for place in (0, 1, len(self.report["rows"]) // 2, len(self.report["rows"]) - 1):
            row = self.report["rows"][place]
            self.browser.run("location.hash = arguments[0]", f"row-{place}")
            self.browser.wait("return document.querySelector('#row-title')?.textContent")
            self.browser.wait(f"return document.title.length && location.hash === '#row-{place}'")
            self.assertEqual(self.browser.text("#row-title"), row["name"])
            facts = dict(self.browser.run("""
                const titles = [...document.querySelectorAll(".row-page dt")];
                return titles.map((title) => [title.textContent,
                                              title.nextElementSibling.textContent])"""))
            self.assertEqual(facts["Bytes"].replace("\u202f", ""), str(row["bytes"]))
            self.assertEqual(facts["Package"], row["package"])

    def test_types_are_those_of_the_report(self):
        shown = self.browser.run("""
            return [...document.querySelectorAll("#types tbody tr")].map(
              (line) => [line.cells[0].textContent, line.cells[4].textContent])""")
        rows = self.report["types"]["rows"][:15]
        self.assertEqual([[name, count.replace("\u202f", "")] for name, count in shown[:15]],
                         [[row["name"], str(row["objects"])] for row in rows])


class TreemapTest(BrowserTest):
    def setUp(self):
        super().setUp()
        self.browser.open(self.leak)

    def test_click_zooms_and_back_returns(self):
        self.browser.click_corner(self.cell("module::__main__"))
        self.assertEqual(self.zoomed(), "module::__main__")
        self.browser.find("#map .back").click()
        self.assertEqual(self.zoomed(), "main")
        self.assertFalse(self.browser.find("#map .back").is_enabled())

    def test_keys_move_zoom_and_return(self):
        self.browser.run("document.querySelector('#map .treemap button').focus()")
        self.browser.press("ARROW_DOWN")
        first = self.browser.focused("aria-label")
        self.browser.press("ARROW_RIGHT")
        self.assertNotEqual(self.browser.focused("aria-label"), first)
        self.browser.press("ARROW_LEFT")
        self.assertEqual(self.browser.focused("aria-label"), first)
        self.browser.press("ENTER")
        self.assertNotEqual(self.zoomed(), "main")
        self.browser.press("ESCAPE")
        self.assertEqual(self.zoomed(), "main")

    def test_there_is_one_tab_stop(self):
        self.assertEqual(len(self.browser.find_all("#map .treemap [tabindex='0']")), 1)

    def test_details_lead_to_the_row_and_back(self):
        self.browser.click_corner(self.cell("module::__main__"))
        self.browser.find("#map .details").click()
        self.browser.wait("return document.querySelector('#row-title') !== null")
        self.assertEqual(self.browser.text("#row-title"), "module::__main__ (__main__)")
        self.browser.driver.back()
        self.browser.wait("return document.querySelector('#row-title') === null")
        self.assertTrue(self.browser.find("#map").is_displayed())
        self.assertEqual(self.zoomed(), "module::__main__")


class RowPageTest(BrowserTest):
    def test_page_that_begins_with_a_row_leads_to_the_rest(self):
        self.browser.open(self.leak, "#row-1")
        self.assertFalse(self.browser.find("#map").is_displayed())
        self.browser.find(".row-page .back").click()
        self.browser.wait("return document.querySelector('#row-title') === null")
        self.assertTrue(self.browser.find("#map").is_displayed())

    def test_owners_and_owned_rows_are_links(self):
        rows = report_pages.report(LEAK)["rows"]
        self.browser.open(self.leak, "#row-1")
        self.browser.find(".row-page tbody .link").click()
        child = next(row for row in rows[2:] if row["parent"] == 1)
        self.browser.wait("return location.hash !== '#row-1'")
        self.assertEqual(self.browser.text("#row-title"), child["name"])
        self.browser.find(".row-page .crumbs .link").click()
        self.browser.wait("return location.hash === '#row-0'")
        self.assertEqual(self.browser.text("#row-title"), "main")


class TreeAndSearchTest(BrowserTest):
    def setUp(self):
        super().setUp()
        self.browser.open(self.leak)

    def _items(self):
        return self.browser.run("""
            return [...document.querySelectorAll("#tree [role=treeitem] .name")].map(
              (item) => item.textContent)""")

    def test_tree_opens_and_closes(self):
        before = self._items()
        self.browser.run("document.querySelectorAll('#tree [role=treeitem]')[1].focus()")
        self.browser.press("ARROW_RIGHT")
        opened = self._items()
        self.assertGreater(len(opened), len(before))
        self.browser.press("ARROW_RIGHT", "ARROW_LEFT", "ARROW_LEFT")
        self.assertEqual(self._items(), before)

    def test_tree_has_the_children_of_main(self):
        rows = report_pages.report(LEAK)["rows"]
        children = [row["name"] for row in rows[1:] if row["parent"] == 0]
        self.assertEqual(self._items(), ["main", *children[:100]])

    def test_search_finds_by_name_type_path_and_package(self):
        rows = report_pages.report(LEAK)["rows"]
        for field, text in (("name", "cache"), ("type", "session"), ("path", "__main__.c"),
                            ("package", "collections")):
            self.browser.find("#find select").send_keys(field)
            found = self.browser.find("#find input")
            found.clear()
            found.send_keys(text)
            expected = sum(text in row[field].lower() for row in rows)
            self.assertEqual(self.browser.text("#find [role=status]").split()[0].replace(
                "\u202f", ""), str(expected), field)
            self.assertGreater(expected, 0)

    def test_slash_begins_a_search(self):
        self.browser.run("document.querySelector('#tree [tabindex=\"0\"]').focus()")
        self.browser.press("/")
        self.browser.press("CACHE")
        self.assertEqual(self.browser.run("return document.activeElement.value"), "CACHE")

    def test_tables_sort_by_a_heading(self):
        self.browser.find("#types th button").click()
        names = self.browser.run("""
            return [...document.querySelectorAll("#types tbody tr:not(.others)")].map(
              (line) => line.cells[0].textContent)""")
        self.assertEqual(names, sorted(names))
        self.assertEqual(self.browser.find("#types th").get_attribute("aria-sort"), "ascending")


if __name__ == "__main__":
    unittest.main()
