"""Tests what docs/ says of the programs: the output that it shows, and the manual pages."""

import glob
import os
import re
import subprocess
import unittest

from tests.end_to_end.support import converter
from tests.end_to_end.support import documented_output
from tests.end_to_end.support import heapgrind_program

_OPTION = re.compile(r"--[a-z]+(?:-[a-z]+)*")


class UsingTest(unittest.TestCase):
    def setUp(self):
        with open(documented_output.PAGE, encoding="utf-8") as file:
            self._page = file.read()

    def test_page_shows_what_commands_print(self):
        for command, output in documented_output.examples(self._page):
            self.assertEqual((command, output),
                             (command, documented_output.output_of(command)))

    def test_page_has_examples_of_commands(self):
        commands = {command.split()[0]
                    for command, _ in documented_output.examples(self._page)}
        self.assertLessEqual({"summary", "diff", "series"}, commands)

    def test_renewed_page_is_the_same(self):
        self.assertEqual(documented_output.renewed(self._page), self._page)

    def test_examples_end_where_the_text_goes_on(self):
        self.assertEqual(
            documented_output.examples("x\n\n    $ heapgrind a b\n    1\n\n      2\n\ntext\n"
                                       "    $ heapgrind c\n    $ heapgrind d\n    3\n"),
            [("a b", "1\n\n  2\n"), ("c", "\n"), ("d", "3\n")])


class ManualPageTest(unittest.TestCase):
    def _pages(self):
        return sorted(glob.glob("docs/*.1"))

    def _help(self, page):
        name = os.path.basename(page)[:-len(".1")]
        if name == "memdump2callgrind":
            return converter.run("--help").stdout.decode()
        words = name.split("-")[1:]
        return heapgrind_program.run(*words, "--help").stdout

    def test_there_are_pages(self):
        self.assertLessEqual(
            {"docs/heapgrind.1", "docs/heapgrind-summary.1", "docs/heapgrind-diff.1",
             "docs/heapgrind-series.1", "docs/memdump2callgrind.1"}, set(self._pages()))

    def test_formatter_has_nothing_to_say(self):
        for page in self._pages():
            result = subprocess.run(
                ["groff", "-man", "-Tutf8", "-ww", "-z", page], stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, check=False, encoding="utf-8")
            self.assertEqual((page, result.returncode, result.stdout, result.stderr),
                             (page, 0, "", ""))

    def test_pages_have_the_options_of_the_help(self):
        for page in self._pages():
            with open(page, encoding="utf-8") as file:
                text = file.read().replace("\\-", "-")
            options = text.partition(".SH OPTIONS\n")[2].partition(".SH ")[0]
            # Those that an entry begins with.
            entries = re.findall(r"^\.TP\n(.*)$", options, re.MULTILINE)
            in_page = {option for entry in entries for option in _OPTION.findall(entry)}
            in_help = {found.group(1) for found in re.finditer(
                r"^ +(?:-\w, )?(--[a-z-]+)", self._help(page), re.MULTILINE)}
            if page != "docs/heapgrind.1":  # Its help lists commands.
                self.assertEqual((page, sorted(in_page)), (page, sorted(in_help)))

    def test_page_of_heapgrind_has_the_commands_of_the_help(self):
        with open("docs/heapgrind.1", encoding="utf-8") as file:
            commands = re.findall(r"^\.TP\n\.B (\w+)$",
                                  file.read().partition(".SH COMMANDS")[2].partition(".SH ")[0],
                                  re.MULTILINE)
        help_ = self._help("heapgrind.1")
        listed = re.findall(r"^  (\w+) ", help_, re.MULTILINE)
        self.assertEqual(sorted(commands), sorted(listed))


if __name__ == "__main__":
    unittest.main()
