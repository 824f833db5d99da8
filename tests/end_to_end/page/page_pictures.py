"""Makes the pictures of the page of heapgrind report, in docs/pictures/.

    ./run screenshots

The pages are those of the web shop of docs/examples/, run under Debian's interpreter, and of the
dumps of a process that grows, in testdata/.
"""

import os

from tests.end_to_end.page import report_pages
from tests.end_to_end.page.browser import Browser
from tests.end_to_end.support import shop_pictures

_WIDTH, _HEIGHT = 1200, 860

# Name of the picture, page, the part of it, theme.
_PICTURES = (
    ("report", "shop", "", "light"),
    ("report-row", "shop", "#row", "dark"),
    ("report-growth", "growing", "#growth", "light"),
)


def make_pictures(folder):
    """Writes the pictures.

    Args:
        folder: A folder for what is needed on the way.
    """
    dump = shop_pictures.dump_shop(folder)
    pages = {name: os.path.join(folder, f"{name}.html") for name in ("shop", "growing")}
    report_pages.make(pages["shop"], dump)
    report_pages.make(pages["growing"], *report_pages.GROWING)
    browser = Browser()
    try:
        for name, page, fragment, theme in _PICTURES:
            if fragment == "#row":
                fragment = f"#row-{_first_suspect(pages[page])}"
            browser.open(pages[page], fragment, _WIDTH, _HEIGHT, theme)
            browser.screenshot(f"docs/pictures/{name}.png")
    finally:
        browser.close()


def _first_suspect(page):
    """The place of the row that the first sentence is about."""
    return report_pages.data(page)["sentences"][0]["row"]


if __name__ == "__main__":
    shop_pictures.make_all(make_pictures)
