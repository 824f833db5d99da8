"""What docs/in-tests.md shows is what comes out."""

import os
import re
import sys
import unittest

import growth_support

PAGE = os.path.join(growth_support.ROOT, "docs", "in-tests.md")
EXAMPLES = os.path.join(growth_support.ROOT, "docs", "examples")


@unittest.skipIf(sys.version_info < (3, 6), "the example is for Python 3.6")
@unittest.skipUnless(os.path.exists(PAGE), "needs the pages")
class PageTest(growth_support.GrowthTest):
    def blocks(self):
        """The indented blocks of the page."""
        with open(PAGE) as page:
            text = page.read()
        found = re.findall(r"(?:^    .*\n|^\n(?=    |\n    ))+", text, re.MULTILINE)
        return [re.sub(r"^    ", "", block, flags=re.MULTILINE).strip() for block in found]

    def test_example_says_what_the_page_says(self):
        program, output = self.blocks()[:2]
        sys.path.insert(0, EXAMPLES)
        self.addCleanup(sys.path.remove, EXAMPLES)
        with self.assertRaises(AssertionError) as raised:
            exec(program, {"__name__": "example"})
        # Bytes depend on the version of Python.
        without_bytes = re.compile(r"\(\d+ bytes\)")
        self.assertEqual(
            without_bytes.sub("()", str(raised.exception)), without_bytes.sub("()", output)
        )


if __name__ == "__main__":
    unittest.main()
