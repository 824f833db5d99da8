"""What tests of the page in a browser have in common: a browser, and two pages."""

import os
import shutil
import tempfile
import unittest

from tests.end_to_end.page import report_pages
from tests.end_to_end.page.browser import Browser
from tests.end_to_end.page.report_pages import GROWING, LEAK


class BrowserTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.leak = os.path.join(cls.folder, "leak.html")
        cls.growing = os.path.join(cls.folder, "growing.html")
        report_pages.make(cls.leak, LEAK)
        report_pages.make(cls.growing, *GROWING)

    def setUp(self):
        self.browser.errors()

    def cell(self, name):
        """The button of the row whose name begins so, in the first treemap."""
        return self.browser.run(
            "return [...document.querySelector('#map .treemap').querySelectorAll('button')].find("
            "(cell) => cell.getAttribute('aria-label').startsWith(arguments[0]))", name)

    def zoomed(self):
        return self.browser.text("#map .crumbs [aria-current]")
