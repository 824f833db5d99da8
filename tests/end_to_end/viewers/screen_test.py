"""Tests that things to drag are found by their colours, on small screens that are written here."""

import unittest

from tests.end_to_end.viewers.screen import Screen

_WIDTH = 60
_GREY, _WHITE = 0xEF, 0xFF


def _screen(rows):
    """Returns a Screen of rows of grey pixels."""
    return Screen(bytes(grey for row in rows for grey in row for _ in range(3)), _WIDTH)


def _header(*borders):
    """Returns a row of a list's header with borders there."""
    row = [0xF1] * _WIDTH
    for x in borders:
        row[x - 1 : x + 1] = [0xF3, 0xCB]
    return row


class ScreenTest(unittest.TestCase):
    def test_gap_is_the_first_run_of_background(self):
        row = [_GREY] * 3 + [_WHITE] * 20 + [_GREY] * 15 + [_WHITE] * 22
        self.assertEqual(_screen([row]).gap_right_of_list(0), 28)

    def test_screen_without_a_gap_is_an_error(self):
        with self.assertRaises(RuntimeError):
            _screen([[_GREY] * 3 + [_WHITE] * 57]).gap_right_of_list(0)

    def test_border_is_the_last_one_of_the_lowest_list(self):
        rows = [_header(10, 40)] * 12 + [[_WHITE] * _WIDTH] * 5 + [_header(20, 30, 50)] * 12
        self.assertEqual(_screen(rows).last_column_border(45), (30, 23))

    def test_line_that_is_lower_than_a_header_is_no_border(self):
        rows = [_header(10)] * 12 + [_header(30)] * 5
        self.assertEqual(_screen(rows).last_column_border(_WIDTH - 1)[0], 10)

    def test_screen_without_a_list_is_an_error(self):
        with self.assertRaises(RuntimeError):
            _screen([[_WHITE] * _WIDTH] * 20).last_column_border(_WIDTH - 1)


if __name__ == "__main__":
    unittest.main()
