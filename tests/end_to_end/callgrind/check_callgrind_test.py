"""Tests what check_callgrind.py says about headers, names and the graph."""

import contextlib
import io
import os
import unittest

from tests.end_to_end.callgrind import broken_callgrind
from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.callgrind.broken_callgrind import GOOD


def _tree(parents):
    """Returns a file of functions with one object each; parents[i] < i calls i."""
    calls = {number: [] for number in range(len(parents))}
    costs = [1] * len(parents)
    for number in range(len(parents) - 1, 0, -1):
        calls[parents[number]].append(number)
        costs[parents[number]] += costs[number]
    ids = {}

    def name(key, number):
        is_new = number not in ids
        ids.setdefault(number, len(ids) + 1)
        text = "main" if number == 0 else f"a::n{number}"
        return f"{key}=({ids[number]})" + (f" {text}" if is_new else "")

    lines = [GOOD[:GOOD.index("summary:")] + f"summary: {costs[0]} {costs[0]}"]
    for number, callees in calls.items():
        lines += ["ob=(1)" if number else "ob=(1) app", "fl=(1)" if number else "fl=(1) ???",
                  name("fn", number), "0 1 1"]
        for callee in callees:
            lines += ["cob=(1)", "cfi=(1)", name("cfn", callee), "calls=1 0",
                      f"0 {costs[callee]} {costs[callee]}"]
    return "\n".join(lines + [f"totals: {costs[0]} {costs[0]}", ""]).encode("utf-8")


class CheckCallgrindTest(broken_callgrind.BrokenFileTest):
    def test_good_file_has_no_problem(self):
        problems, shape = self.check(GOOD.encode("utf-8"), total=1600)
        self.assertEqual(problems, [])
        self.assertEqual(str(shape), "3 functions, 2 calls, 1600 bytes, depth 3, fan-out 1")

    def test_other_total_than_expected(self):
        self.assertEqual(
            self.check(GOOD.encode("utf-8"), total=1601)[0],
            [(0, "the self costs add up to (1600, 16), expected 1601 bytes")])

    def test_names_of_types_need_no_class(self):
        types = GOOD.replace("dict::CACHE", "dict").replace("str::name", "str")
        self.assertEqual(self.check(types.encode("utf-8"), has_classes=False)[0], [])

    def test_depth_of_2000_is_allowed(self):
        problems, shape = self.check(_tree([0, *range(1999)]))
        self.assertEqual((problems, shape.depth), ([], 2000))

    def test_depth_of_2001(self):
        self.assertEqual(
            self.check(_tree([0, *range(2000)]))[0], [(0, "depth 2001, expected at most 2000")])

    def test_fan_out_of_5000_is_allowed(self):
        problems, shape = self.check(_tree([0] * 5001))
        self.assertEqual((problems, shape.fanout), ([], 5000))

    def test_fan_out_of_5001(self):
        self.assertEqual(
            self.check(_tree([0] * 5002))[0], [(0, "fan-out 5001, expected at most 5000")])

    def test_more_than_100_000_functions(self):
        self.assertEqual(
            self.check(_tree([i // 20 for i in range(100_001)]))[0],
            [(0, "functions 100001, expected at most 100000")])

    def test_other_version(self):
        self.assert_problems(
            "version: 1\n", "version: 2\n",
            (0, "expected version: 1"))

    def test_creator_before_version(self):
        self.assert_problems(
            "version: 1\ncreator: memdump2callgrind 0.1.0",
            "creator: memdump2callgrind 0.1.0\nversion: 1",
            (0, "the header is creator version pid cmd positions events summary, expected "
                "version creator pid cmd positions events summary"))

    def test_missing_header(self):
        self.assert_problems(
            "positions: line\n", "",
            (0, "expected positions: line"),
            (0, "the header is version creator pid cmd events summary, expected version "
                "creator pid cmd positions events summary"))

    def test_pid_0(self):
        self.assert_problems(
            "pid: 4711", "pid: 0",
            (0, "expected a pid: above 0"))

    def test_other_positions(self):
        self.assert_problems(
            "positions: line", "positions: instr line",
            (0, "expected positions: line"))

    def test_empty_command(self):
        self.assert_problems(
            "cmd: python3 app.py", "cmd: ",
            (0, "expected a command in cmd:"))

    def test_event_that_is_a_formula(self):
        self.assert_problems(
            "event: Objects : Objects", "event: Objects = Bytes + 1 : Objects",
            (0, "event: Objects = Bytes + 1 : Objects is a formula"))

    def test_event_of_kcachegrind(self):
        self.assert_problems(
            "events: Bytes Objects", "events: Bytes Ir",
            (0, "event Ir means something else to KCachegrind"))

    def test_first_event_is_not_bytes(self):
        self.assert_problems(
            "events: Bytes Objects", "events: Objects Bytes",
            (0, "expected Bytes (in a diff, After) as the first event"))

    def test_wrong_summary(self):
        self.assert_problems(
            "summary: 1600 16", "summary: 1600 17",
            (0, "summary: 1600 17, but the self costs add up to (1600, 16)"))

    def test_wrong_totals(self):
        self.assert_problems(
            "totals: 1600 16", "totals: 1601 16",
            (0, "totals: (1601, 16), but the self costs add up to (1600, 16)"))

    def test_call_of_a_function_without_block(self):
        self.assert_problems(
            "ob=(1)\nfl=(1)\nfn=(3)\n0 500 5\n", "",
            (0, "summary: 1600 16, but the self costs add up to (1100, 11)"),
            (0, "totals: (1600, 16), but the self costs add up to (1100, 11)"),
            (32, "a call of (3), which has no fn block"))

    def test_function_that_calls_itself(self):
        self.assert_problems(
            "cfn=(3) str::name (app.CACHE.name)\ncalls=5 0\n7 500 5",
            "cfn=(2)\ncalls=5 0\n7 500 5",
            (0, "the roots are ['main', ''], expected one, main"),
            (32, "'dict::CACHE (app.CACHE)' calls itself"),
            (36, "'' has no class"),
            (36, "fn=(3) before its definition"))

    def test_call_that_hands_on_too_few_bytes(self):
        self.assert_problems(
            "7 500 5", "7 499 5",
            (26, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (1499, "
                 "15)"),
            (36, "'str::name (app.CACHE.name)' gets (499, 5) from its callers, but has (500, 5)"))

    def test_call_that_hands_on_too_few_objects(self):
        self.assert_problems(
            "7 500 5", "7 500 4",
            (26, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (1500, "
                 "14)"),
            (36, "'str::name (app.CACHE.name)' gets (500, 4) from its callers, but has (500, 5)"))

    def test_function_that_has_less_than_it_gets(self):
        self.assert_problems(
            "7 1000 10\n", "",
            (0, "summary: 1600 16, but the self costs add up to (600, 6)"),
            (0, "totals: (1600, 16), but the self costs add up to (600, 6)"),
            (26, "'dict::CACHE (app.CACHE)' gets (1500, 15) from its callers, but has (500, 5)"))

    def test_two_roots(self):
        self.assert_problems(
            "0 500 5\n", "0 500 5\n\nob=(1)\nfl=(1)\nfn=(4) x::y (z)\n0 0 0\n",
            (0, "the roots are ['main', 'x::y (z)'], expected one, main"))

    def test_root_with_another_name(self):
        self.assert_problems(
            "fn=(1) main", "fn=(1) root::main",
            (0, "the roots are ['root::main'], expected one, main"))

    def test_cycle(self):
        self.assert_problems(
            "0 500 5\n", "0 500 5\ncob=(1)\ncfi=(1)\ncfn=(2)\ncalls=1 7\n0 0 0\n",
            (0, "2 functions are on a cycle or below one"))

    def test_two_functions_of_one_name(self):
        self.assert_problems(
            "str::name (app.CACHE.name)", "dict::CACHE (app.CACHE)",
            (36, "'dict::CACHE (app.CACHE)' is also the name of the function in line 26"))

    def test_quote_in_a_name(self):
        self.assert_problems(
            "CACHE.name)", "CACHE[\"name\"])",
            (0, "fn name 'str::name (app.CACHE[\"name\"])' is empty or has outer blanks, "
                "quotes or backslashes"))

    def test_backslash_in_a_name(self):
        self.assert_problems(
            "CACHE.name)", "CACHE.na\\me)",
            (0, "fn name 'str::name (app.CACHE.na\\\\me)' is empty or has outer blanks, quotes "
                "or backslashes"))

    def test_blank_at_the_end_of_a_name(self):
        self.assert_problems(
            "CACHE.name)", "CACHE.name) ",
            (0, "fn name 'str::name (app.CACHE.name) ' is empty or has outer blanks, quotes or "
                "backslashes"))

    def test_name_without_class(self):
        self.assert_problems(
            "str::name (", "name (str::",
            (36, "'name (str::app.CACHE.name)' has no class"))

    def test_relative_path_of_a_source(self):
        self.assert_problems(
            "/srv/app.py", "app.py",
            (0, "fl name 'app.py' is neither an absolute path nor ???"))


class MainTest(broken_callgrind.BrokenFileTest):
    def _main(self, *arguments):
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            status = check_callgrind.main([*arguments, self.path])
        return status, output.getvalue(), errors.getvalue()

    def test_prints_problems_with_their_lines_and_the_shape(self):
        self.check(GOOD.replace("calls=5 0", "calls=0 0").encode("utf-8"))
        self.assertEqual(
            self._main("--total=1600"),
            (1, f"{self.path}:31: expected calls= with a count and a line, got 'calls=0 0'\n"
             "3 functions, 2 calls, 1600 bytes, depth 3, fan-out 1\n", ""))

    def test_missing_file_is_status_2(self):
        self.assertFalse(os.path.exists(self.path))
        self.assertEqual(
            self._main(),
            (2, "", "check_callgrind.py: [Errno 2] No such file or directory: "
             f"{self.path!r}\n"))


if __name__ == "__main__":
    unittest.main()
