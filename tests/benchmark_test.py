"""Tests what benchmark.py computes of its measurements."""

import contextlib
import io
import sys
import unittest
from unittest import mock

from tests import benchmark


class MeasureTest(unittest.TestCase):

    def test_commands_take_turns_and_medians_are_of_each(self):
        ran = []
        figures = {"wc": iter([(3, 10), (1, 30), (2, 20)]), "ours": iter([(9, 1), (7, 1), (8, 4)])}

        def run_one(command):
            ran.append(command)
            return next(figures[command])

        self.assertEqual(benchmark.measure(["wc", "ours"], 3, run_one), [(2, 20), (8, 1)])
        self.assertEqual(ran, ["wc", "ours", "wc", "ours", "wc", "ours"])

    def test_run_says_which_command_ended_with_another_status(self):
        command = [sys.executable, "-c", "raise SystemExit(3)"]
        with self.assertRaises(RuntimeError) as raised:
            benchmark.run(command)
        self.assertEqual(str(raised.exception), f"{command}: expected exit status 0, got 3")

    def test_run_tells_the_peak_of_memory(self):
        _, peak = benchmark.run([sys.executable, "-c", "bytearray(300_000_000)"])
        self.assertGreater(peak, 300_000_000)
        self.assertLess(peak, 400_000_000)


class RowTest(unittest.TestCase):

    def row(self, old):
        """The words of a row of which the program takes a second and 200 bytes."""
        figures = {"wc": (0.5, 10), benchmark.CONVERTER: (1, 200), "old": (4, 100)}
        output = io.StringIO()
        with mock.patch.object(benchmark, "measure",
                               lambda commands: [figures[words[0]] for words in commands]), \
                mock.patch.object(benchmark, "old_converters", old), \
                contextlib.redirect_stdout(output):
            benchmark.compare_with_wc("heap", "path", 10)
        return output.getvalue().split()

    def test_a_program_is_compared_with_wc_and_with_an_old_one(self):
        self.assertEqual(self.row([]), ["heap", "0.500", "1.000", "2.0", "20.0"])
        self.assertEqual(self.row(["old"]), self.row([]) + ["0.25", "2.00"])


class CommandsTest(unittest.TestCase):

    def test_what_a_dump_costs_is_compared_with_the_call_graph(self):
        figures = {"report": (3, 3e6), "diff": (8, 4e6), "summary": (1, 1e6), "--by=type": (4, 5e6)}

        def measure(commands):
            return [figures.get(command[1], (2, 2e6)) for command in commands]

        output = io.StringIO()
        with mock.patch.object(benchmark, "measure", measure), contextlib.redirect_stdout(output):
            benchmark.compare_commands("heap", "path", "later")
        self.assertEqual([line.split()[-3:] for line in output.getvalue().splitlines()[1:]],
                         [["2.00", "1.00", "2"], ["4.00", "2.00", "5"], ["1.00", "0.50", "1"],
                          ["3.00", "1.50", "3"], ["4.00", "2.00", "4"]])


class MainTest(unittest.TestCase):

    def run_main(self, *arguments):
        """Returns the names of the parts that ran."""
        ran = []
        parts = {name: mock.Mock(__doc__="", side_effect=lambda name=name: ran.append(name))
                 for name in benchmark.PARTS}
        with mock.patch.object(benchmark, "PARTS", parts), \
                mock.patch.object(sys, "argv", ["benchmark.py", *arguments]), \
                contextlib.redirect_stdout(io.StringIO()):
            benchmark.main()
        return ran

    def test_all_parts_run_unless_some_are_named(self):
        self.assertEqual(self.run_main(), list(benchmark.PARTS))
        self.assertEqual(self.run_main("growth", "shapes"), ["growth", "shapes"])

    def test_an_unknown_part_is_an_error_of_usage(self):
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), self.assertRaises(SystemExit) as raised:
            self.run_main("grwth")
        self.assertEqual(raised.exception.code, 2)
        self.assertIn("expected parts among conversion, heaps,", errors.getvalue())
        self.assertIn("got 'grwth'", errors.getvalue())


if __name__ == "__main__":
    unittest.main()
