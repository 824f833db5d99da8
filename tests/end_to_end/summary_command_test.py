"""Tests the command line of heapgrind summary."""

import gzip
import json
import unittest

from tests.end_to_end import heapgrind_program
from tests.end_to_end.heap_summary import LEAK, summarize


class CommandTest(unittest.TestCase):
    def test_several_dumps_are_summed_up_one_after_the_other(self):
        result = heapgrind_program.run("summary", "--json", LEAK, "testdata/shapes.json.gz")
        self.assertEqual([json.loads(line)["dump"] for line in result.stdout.splitlines()],
                         [LEAK, "testdata/shapes.json.gz"])

    def test_reads_standard_input(self):
        with gzip.open(LEAK) as file:
            result = heapgrind_program.run("summary", "--json", "-", stdin=None, encoding=None,
                                           input=file.read())
        self.assertEqual(json.loads(result.stdout)["dump"], "<stdin>")

    def test_number_of_threads_does_not_matter(self):
        outputs = {heapgrind_program.run("summary", f"--threads={n}", LEAK).stdout
                   for n in (1, 2, 7)}
        self.assertEqual(len(outputs), 1)

    def test_sort_chooses_what_comes_first(self):
        for key, column in (("objects", "objects"), ("largest", "largest"),
                            ("retained", "retained"), ("bytes", "bytes")):
            numbers = [row[column] for row in summarize(f"--sort={key}", LEAK)["types"]]
            self.assertEqual(numbers, sorted(numbers, reverse=True))
        names = [row["type"] for row in summarize("--sort=name", LEAK)["types"]]
        self.assertEqual(names, sorted(names))

    def test_rows_that_are_not_shown_are_summed_up(self):
        lines = heapgrind_program.run("summary", "--top=2", LEAK).stdout.split("\n")
        types = lines[lines.index("Types (2 of 87)") + 2:][:3]
        self.assertEqual(sum(int(line.split()[0]) for line in types), summarize(LEAK)["objects"])
        self.assertEqual(types[2].split()[-1], "others")

    def test_pattern_that_no_type_matches_is_an_error(self):
        for pattern, hint in (("Sesion", "\nhint: did you mean Session?"),
                              ("no.such.*", "")):
            for words in ((), ("--json",)):
                result = heapgrind_program.run("summary", f"--type={pattern}", *words, LEAK)
                self.assertEqual(
                    (result.returncode, result.stdout, result.stderr),
                    (1, "", f"heapgrind summary: {LEAK}: expected objects of a type that matches "
                            f'"{pattern}" in --type, got none{hint}\n'))

    def test_pattern_need_match_in_one_of_the_dumps_alone(self):
        result = heapgrind_program.run("summary", "--json", "--type=Session",
                                       "testdata/shapes.json.gz", LEAK)
        counts = [json.loads(line)["objects"] for line in result.stdout.splitlines()]
        self.assertEqual(counts[0], 0)
        self.assertGreater(counts[1], 0)

    def test_wrong_words_are_usage_errors(self):
        for words, message in (
                ((), "expected a dump to read, got none"),
                (("--top=0", "x"), 'expected a whole number from 1 in --top, got "0"'),
                (("--sort=size", "x"), "expected bytes, objects, largest, retained or name in "
                                       '--sort, got "size"'),
                (("--type=", "x"), 'expected a pattern in --type, got ""'),
                (("--frob", "x"), 'expected an option, got "--frob"'),
                (("-", "-"), 'expected "-", standard input, once, got it again')):
            result = heapgrind_program.run("summary", *words)
            self.assertEqual(
                (result.returncode, result.stdout, result.stderr),
                (2, "", f"heapgrind summary: {message}\nhint: try heapgrind summary --help\n"))

    def test_missing_dump_is_an_error(self):
        result = heapgrind_program.run("summary", LEAK, "/nonexistent.json")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertEqual(
            result.stderr,
            "heapgrind summary: /nonexistent.json: expected a heap dump, got no such file\n")


if __name__ == "__main__":
    unittest.main()
