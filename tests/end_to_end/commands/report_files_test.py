"""Tests heapgrind report of several dumps, and what it reads and writes."""

import gzip
import os
import tempfile
import unittest

from tests.end_to_end.commands.reporting import GROWING, LEAK, command, report, run
from tests.end_to_end.support import heapgrind_program


class SeveralDumpsTest(unittest.TestCase):
    def test_growth_is_that_of_diff(self):
        difference = command("diff", *GROWING)
        growth = report(*GROWING)["growth"]
        self.assertEqual((growth["survivors"], growth["before"], growth["after"]),
                         (difference["survivors"], difference["all"]["before"],
                          difference["all"]["after"]))
        for key, name in (("types", "type"), ("owners", "owner"), ("packages", "package")):
            self.assertEqual(
                [(row["name"], row["net_bytes"], row["new_objects"], row["gone_bytes"])
                 for row in growth[key]["rows"]],
                [(row[name], row["net_bytes"], row["new"]["objects"], row["gone"]["bytes"])
                 for row in difference[key]])
        self.assertEqual(growth["stayed"]["owners"]["rows"], difference["suspects"]["owners"])

    def test_sentences_say_what_stayed_then_what_grew_then_what_is_there(self):
        for dumps, kinds in ((GROWING, ["stayed", "grew", "holds"]),
                             (GROWING[:2], ["grew", "holds"])):
            sentences = report(*dumps)["sentences"]
            self.assertEqual([sentence["kind"] for sentence in sentences], kinds)
            self.assertEqual({(sentence["owner"], sentence["type"]) for sentence in sentences},
                             {("__main__.CACHE", "Session")})

    def test_sentences_of_diff_and_series_say_the_same(self):
        stayed, grew, _ = report(*GROWING)["sentences"]
        self.assertEqual(command("diff", *GROWING)["sentences"][0]["text"], stayed["text"])
        self.assertEqual((stayed["count"], stayed["bytes"]), (200, 109000))
        self.assertEqual(command("diff", GROWING[0], GROWING[2])["sentences"][0]["text"],
                         grew["text"])
        self.assertEqual([sentence["text"] for sentence in command("series", *GROWING)["sentences"]],
                         [stayed["text"], grew["text"]])
        self.assertEqual(grew["count"], 300)

    def test_base_is_the_first_dump(self):
        self.assertEqual(run(f"--base={GROWING[0]}", GROWING[1]), run(*GROWING[:2]))

    def test_dump_that_did_not_grow_has_no_such_sentence(self):
        self.assertEqual({sentence["kind"] for sentence in report(LEAK, LEAK)["sentences"]},
                         {"holds"})
        self.assertEqual(command("diff", LEAK, LEAK)["sentences"], [])


class OutputTest(unittest.TestCase):
    def test_number_of_threads_does_not_matter(self):
        for format_ in ("json", "markdown"):
            self.assertEqual(
                len({run(f"--format={format_}", f"--threads={n}", *GROWING) for n in (1, 2, 7)}),
                1)

    def test_report_is_rendered_again_without_the_dump(self):
        with tempfile.TemporaryDirectory() as folder:
            saved = os.path.join(folder, "report.json")
            self.assertEqual(run(*GROWING, "-o", saved), "")
            self.assertEqual(run(saved, "--format=markdown"),
                             run("--format=markdown", "--threads=1", *GROWING))
            self.assertEqual(run(saved, "--top=3"), run(*GROWING, "--top=3"))
            with open(saved, encoding="utf-8") as file:
                written = file.read()
            self.assertEqual(run(saved, "--json"), written)
            self.assertEqual(run("--format=json", *GROWING), written)

    def test_format_follows_from_the_name_of_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, start in (("a.json", '{"heapgrind_report":1,'), ("a.md", "# Heap of `")):
                path = os.path.join(folder, name)
                run(LEAK, "-o", path)
                with open(path, encoding="utf-8") as file:
                    self.assertTrue(file.read().startswith(start), name)

    def test_wrong_words_are_usage_errors(self):
        for words, message in (
                ((), "expected a dump to read, got none"),
                (("-o", "a.txt", LEAK),
                 'expected a name that ends in .html, .md or .json, or --format, got "a.txt"'),
                (("--format=pdf", LEAK),
                 'expected html, markdown or json in --format, got "pdf"')):
            result = heapgrind_program.run("report", *words)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn(message, result.stderr)

    def test_report_of_another_version_and_damaged_ones_are_refused(self):
        for text, message in (
                ('{"heapgrind_report": 2}', "expected a report of version 1, got version 2"),
                ('{"heapgrind_report": "1"}',
                 'expected a report of version 1, got another value in "heapgrind_report"'),
                ('{"heapgrind_report": 1, "rows": [', "1:34: expected more JSON, got the end of the text"),
                ('{"heapgrind_report": 1, "rows": ' + 100 * "[", "nested up to 64 deep")):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                file.write(text)
                file.flush()
                result = heapgrind_program.run("report", file.name)
            self.assertEqual((result.returncode, result.stdout), (1, ""))
            self.assertIn(message, result.stderr)
            self.assertTrue(result.stderr.startswith(f"heapgrind report: {file.name}:"))

    def test_dump_may_come_through_a_pipe(self):
        with gzip.open(LEAK) as file:
            dump = file.read()
        for path in ("-", "/dev/stdin"):
            result = heapgrind_program.run("report", path, input=dump, stdin=None, encoding=None)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            self.assertIn(b"holds 500 Session", result.stdout)

    def test_report_may_lack_anything(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write('{"heapgrind_report": 1, "rows": 5, "threads": {"x": []}, "growth": 1}')
            file.flush()
            self.assertTrue(run(file.name).startswith("# Heap of `?`\n"))


if __name__ == "__main__":
    unittest.main()
