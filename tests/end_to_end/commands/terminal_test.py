"""Tests what heapgrind shows on a terminal: tables as wide as that, readable sizes, colour."""

import os
import pty
import subprocess
import unittest

from tests.end_to_end.support import heapgrind_program

_GROWING = tuple(f"testdata/growing-{n}.json.gz" for n in (1, 2, 3))
_COMMANDS = (("summary", "testdata/leak.json.gz"), ("diff", *_GROWING), ("series", *_GROWING))


def _show(words, **environment):
    """Runs heapgrind on a terminal, and returns the lines that it shows there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
            [heapgrind_program.PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=theirs,
            env={"TERM": "xterm", **environment}) as process:
        os.close(theirs)
        text = b""
        while True:
            try:
                text += os.read(ours, 1 << 16)
            except OSError:  # The other end is closed.
                break
        os.close(ours)
    if process.returncode:
        raise RuntimeError(f"exit status {process.returncode}")
    return text.decode().replace("\r\n", "\n").split("\n")


class TerminalTest(unittest.TestCase):
    def test_lines_fit(self):
        for words in _COMMANDS:
            for columns in (60, 80, 120):
                lines = _show(words, COLUMNS=str(columns), NO_COLOR="1")
                self.assertEqual([line for line in lines if len(line) > columns], [])

    def test_wide_terminal_shows_more_columns(self):
        for words in _COMMANDS:
            narrow, wide = (max(len(line.split()) for line in _show(words, COLUMNS=columns)[7:13])
                            for columns in ("60", "200"))
            self.assertLess(narrow, wide)

    def test_sizes_are_readable(self):
        self.assertIn("testdata/leak.json.gz: 19342 objects, 2.1 MiB",
                      _show(_COMMANDS[0], COLUMNS="80", NO_COLOR="1"))

    def test_series_has_a_curve_on_a_terminal_alone(self):
        lines = _show(("series", "--top=1", *_GROWING), COLUMNS="100", NO_COLOR="1")
        self.assertRegex(lines[12], r"-  35\.9 KiB  ▁▆█    dict\Z")
        self.assertNotIn("▁", heapgrind_program.run("series", *_GROWING).stdout)

    def test_headings_are_bold_where_colour_is_wanted(self):
        for words in _COMMANDS:
            self.assertIn("\033[1m", "".join(_show(words)))
            self.assertNotIn("\033", "".join(_show(words, NO_COLOR="1")))
            self.assertNotIn("\033", "".join(_show(words, TERM="dumb")))
            self.assertNotIn("\033", heapgrind_program.run(*words).stdout)


if __name__ == "__main__":
    unittest.main()
