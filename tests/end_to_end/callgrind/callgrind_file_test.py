"""Tests what check_callgrind.py says about files whose lines are not as they must be."""

import unittest

from tests.end_to_end.callgrind import broken_callgrind


class CallgrindFileTest(broken_callgrind.BrokenFileTest):
    def test_byte_that_is_not_utf_8(self):
        content = broken_callgrind.GOOD.encode("utf-8").replace(b"app.py", b"app\xff.py", 1)
        self.assertEqual(self.check(content)[0], [(5, "a byte that is not UTF-8")])

    def test_first_line_must_name_the_format(self):
        self.assert_problems(
            "# callgrind format", "# callgrind",
            (1, "expected '# callgrind format', got '# callgrind'"))

    def test_carriage_return(self):
        self.assert_problems(
            "app.py\n", "app.py\r\n",
            (5, "a control character"))

    def test_control_character_in_a_name(self):
        self.assert_problems(
            "CACHE.name", "CACHE\tname",
            (30, "a control character"))

    def test_last_line_without_newline(self):
        self.assert_problems(
            "totals: 1600 16\n", "totals: 1600 16",
            (39, "no newline at the end"))

    def test_line_of_a_kind_that_is_not_written(self):
        self.assert_problems(
            "0 100 1\n", "0 100 1\njump=1 7\n",
            (18, "expected a line of the format, got 'jump=1 7'"))

    def test_costs_may_be_of_another_file(self):
        content = broken_callgrind.GOOD.replace("7 1000 10\n", "7 600 4\nfi=(1)\n3 400 6\nfe=(2)\n")
        self.assertEqual(self.check(content.encode("utf-8"))[0], [])

    def test_calls_are_of_the_functions_own_file(self):
        self.assert_problems(
            "7 1000 10\n", "fi=(1)\n7 1000 10\n",
            (32, "calls= in another file than the function's"),
            (37, "a function ends in another file, without fe="))

    def test_return_to_a_file_that_was_not_left(self):
        self.assert_problems(
            "7 1000 10\n", "7 1000 10\nfe=(2)\n",
            (28, "expected fi= of another file or fe= of the own, got fe=(2)"))

    def test_hexadecimal_number(self):
        self.assert_problems(
            "0 100 1", "0 0x64 1",
            (0, "summary: 1600 16, but the self costs add up to (1500, 16)"),
            (0, "totals: (1600, 16), but the self costs add up to (1500, 16)"),
            (17, "expected a plain decimal number, got '0x64'"))

    def test_relative_line(self):
        self.assert_problems(
            "0 100 1", "+0 100 1",
            (0, "summary: 1600 16, but the self costs add up to (1500, 15)"),
            (0, "totals: (1600, 16), but the self costs add up to (1500, 15)"),
            (17, "expected a line of the format, got '+0 100 1'"))

    def test_negative_number(self):
        self.assert_problems(
            "7 1000 10", "7 -1000 10",
            (0, "summary: 1600 16, but the self costs add up to (600, 16)"),
            (0, "totals: (1600, 16), but the self costs add up to (600, 16)"),
            (26, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (500, 15)"),
            (27, "expected a plain decimal number, got '-1000'"))

    def test_leading_zero(self):
        self.assert_problems(
            "7 1000 10", "7 01000 10",
            (27, "expected a plain decimal number, got '01000'"))

    def test_two_blanks(self):
        self.assert_problems(
            "7 1000 10", "7  1000 10",
            (0, "summary: 1600 16, but the self costs add up to (600, 1006)"),
            (0, "totals: (1600, 16), but the self costs add up to (600, 1006)"),
            (26, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (500, "
                 "1005)"),
            (27, "expected 3 numbers, got 4"),
            (27, "expected a plain decimal number, got ''"))

    def test_missing_column(self):
        self.assert_problems(
            "7 1000 10", "7 1000",
            (0, "summary: 1600 16, but the self costs add up to (1600, 6)"),
            (0, "totals: (1600, 16), but the self costs add up to (1600, 6)"),
            (26, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (1500, 5)"),
            (27, "expected 3 numbers, got 2"))

    def test_number_of_2_to_the_53(self):
        self.assert_problems(
            "7 1000 10", "9007199254740992 1000 10",
            (27, "expected a number below 2^53, got 9007199254740992"))

    def test_comment_between_a_call_and_its_cost(self):
        self.assert_problems(
            "calls=5 0\n", "calls=5 0\n# comment\n",
            (0, "summary: 1600 16, but the self costs add up to (2100, 21)"),
            (0, "totals: (1600, 16), but the self costs add up to (2100, 21)"),
            (32, "expected 3 numbers, got 2"),
            (32, "expected a plain decimal number, got '#'"),
            (32, "expected a plain decimal number, got 'comment'"),
            (37, "'str::name (app.CACHE.name)' gets (0, 0) from its callers, but has (500, 5)"))

    def test_call_without_its_cost(self):
        self.assert_problems(
            "7 500 5\n\nob=(1)\nfl=(1)\nfn=(3)\n0 500 5\n\ntotals: 1600 16\n", "",
            (0, "summary: 1600 16, but the self costs add up to (1100, 11)"),
            (26, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (1000, "
                 "10)"),
            (31, "the file ends after calls="),
            (31, "the file ends without totals:"))

    def test_call_with_count_0(self):
        self.assert_problems(
            "calls=5 0", "calls=0 0",
            (31, "expected calls= with a count and a line, got 'calls=0 0'"))

    def test_call_without_target_line(self):
        self.assert_problems(
            "calls=5 0", "calls=5",
            (31, "expected calls= with a count and a line, got 'calls=5'"))

    def test_unknown_header(self):
        self.assert_problems(
            "part: 1", "thread: 1",
            (6, "unknown header thread:"))

    def test_second_part_in_one_file(self):
        self.assert_problems(
            "part: 1", "part: 1\npart: 2",
            (7, "a second part:"))

    def test_summary_before_events(self):
        self.assert_problems(
            "events: Bytes Objects\nsummary: 1600 16",
            "summary: 1600 16\nevents: Bytes Objects",
            (0, "the header is version creator pid cmd positions summary events, expected "
                "version creator pid cmd positions events summary"),
            (11, "summary: before events:"))

    def test_event_after_events(self):
        self.assert_problems(
            "events: Bytes Objects", "events: Bytes Objects\nevent: Slack : Slack",
            (12, "event: after events:"))

    def test_header_after_the_first_function(self):
        self.assert_problems(
            "totals:", "part: 2\n\ntotals:",
            (39, "a second part:"),
            (39, "part: after the first function"))

    def test_missing_totals(self):
        self.assert_problems(
            "totals: 1600 16\n", "",
            (38, "the file ends without totals:"))

    def test_line_after_totals(self):
        self.assert_problems(
            "totals: 1600 16\n", "totals: 1600 16\n\n",
            (40, "a line after totals:"))

    def test_names_in_wrong_order(self):
        self.assert_problems(
            "ob=(1)\nfl=(2)\nfn=(2)", "fl=(2)\nob=(1)\nfn=(2)",
            (26, "expected ob=, fl=, fn=, got fl=, ob=, fn="))

    def test_call_without_cfi(self):
        self.assert_problems(
            "cfi=(1)\ncfn=(3)", "cfn=(3)",
            (30, "expected cob=, cfi=, cfn= before calls=, got cob=, cfn="))

    def test_ids_with_a_gap(self):
        self.assert_problems(
            "cfi=(2) /srv", "cfi=(3) /srv",
            (19, "expected the next id, (2), got (3)"),
            (25, "fl=(2) before its definition"))

    def test_id_defined_twice(self):
        self.assert_problems(
            "ob=(1)\nfl=(2)", "ob=(1) app\nfl=(2)",
            (24, "ob=(1) is defined twice"))

    def test_id_without_definition(self):
        self.assert_problems(
            "ob=(1)\nfl=(2)", "ob=(2)\nfl=(2)",
            (24, "ob=(2) before its definition"))

    def test_two_blocks_of_a_function(self):
        self.assert_problems(
            "fn=(3)\n0", "fn=(2)\n0",
            (0, "summary: 1600 16, but the self costs add up to (600, 6)"),
            (0, "totals: (1600, 16), but the self costs add up to (600, 6)"),
            (36, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (500, 5)"),
            (36, "a second block of fn=(2)"))

    def test_cost_before_the_first_function(self):
        self.assert_problems(
            "ob=(1) app\n", "0 1 1\nob=(1) app\n",
            (14, "a cost before the first function"))


if __name__ == "__main__":
    unittest.main()
