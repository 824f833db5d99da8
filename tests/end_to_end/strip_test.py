"""Tests heapgrind strip: what stays, what goes, and that the profile is the same."""

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import unittest

from tests.end_to_end import converter, heapgrind_program, live_process

_DUMPS = ("leak.json.gz", "shapes.json.gz", "meliae-py27-all.json.gz", "meliae-py27-gc.json.gz")
_HINT = "hint: try heapgrind strip --help\n"

_SMALL = """\
{"heapgrind": 1, "scanner": "0.1.0", "python": "3.11.2", "pid": 4711}
{"root": "modules", "refs": [16]}
{"address": 16, "type": "dict", "size": 64, "pairs": 2, "refs": [32, 48, 64, 80]}
{"address": 32, "type": "str", "size": 50, "value": "user", "refs": []}
{"address": 48, "type": "str", "size": 51, "len": 9, "value": "somebody\\n", "refs": []}
{"address": 64, "type": "str", "size": 52, "value": "rows", "refs": []}
{"address": 80, "type": "list", "size": 90, "refs": [48, 48, 96]}
{"address": 48, "type": "str", "size": 51, "value": "another", "refs": []}
{"address": 96, "type": "strange", "size": 7, "value": 123456, "refs": []}
{"end": 7, "size": 365}
"""


def _limit_memory():
    resource.setrlimit(resource.RLIMIT_DATA, (60 << 20, 60 << 20))


class StripTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _write(self, name, text):
        with open(self._path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self._path(name)

    def _strip(self, *arguments, **options):
        """Returns stdout; asserts that all went well, and that stderr is as told."""
        stderr = options.pop("stderr_text", "")
        result = heapgrind_program.run("strip", *arguments, **options)
        self.assertEqual((result.returncode, result.stderr), (0, stderr))
        return result.stdout

    def _profile(self, dump, *options):
        """Returns the profile of a dump; what the reader says of repeats is left out."""
        with open(dump, "rb") as file:
            result = converter.run(*options, "-", stdin=file)
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = result.stderr.decode().splitlines()
        return result.stdout, [line for line in lines if "dumped again" not in line]


class SameProfileTest(StripTest):
    def _assert_same_profile(self, dump, *options):
        stripped = self._path("stripped.json")
        result = heapgrind_program.run("strip", *options, "-o", stripped, dump)
        self.assertEqual(result.returncode, 0, result.stderr)
        for view in ("--by=path", "--by=type", "--by=object"):
            self.assertEqual(self._profile(stripped, view), self._profile(dump, view), view)

    def test_dumps_without_values_have_the_same_profile(self):
        for dump in _DUMPS:
            with self.subTest(dump=dump):
                self._assert_same_profile(f"testdata/{dump}", "--values=none")

    def test_dumps_with_short_values_have_the_same_profile(self):
        for dump in _DUMPS:
            with self.subTest(dump=dump):
                self._assert_same_profile(f"testdata/{dump}", "--values=5")

    def test_a_fresh_dump_without_values_has_the_same_profile(self):
        dump = self._path("fresh.json")
        live_process.dump("testdata/programs/standard_library.py", dump,
                          os.path.abspath("scanner"), sys.executable)
        self._assert_same_profile(dump, "--values=none")
        with open(dump, encoding="utf-8") as file:
            num_before = sum('"value": "' in line for line in file)
        with open(self._path("stripped.json"), encoding="utf-8") as file:
            num_after = sum('"value": "' in line for line in file)
        self.assertLess(num_after, 0.8 * num_before)


class WhatStaysTest(StripTest):
    def test_without_options_only_duplicates_go(self):
        path = self._write("a.json", _SMALL)
        lines = _SMALL.splitlines()
        expected = lines[:7] + lines[8:9] + ['{"end": 6, "size": 314}']
        self.assertEqual(
            self._strip(path, stderr_text=f"heapgrind strip: {path}: left out objects dumped "
                        "again, of which the first counts: 1\n").splitlines(), expected)

    def test_what_does_not_change_is_copied(self):
        text = gzip.open("testdata/leak.json.gz", "rt", encoding="utf-8").read()
        self.assertEqual(self._strip("testdata/leak.json.gz"), text)
        self.assertEqual(self._strip("--max-refs=1000000", "--drop-type=no such type",
                                     "testdata/leak.json.gz"), text)

    def test_values_that_name_nothing_go(self):
        path = self._write("a.json", _SMALL)
        output = self._path("b.json")
        result = heapgrind_program.run("strip", "--values=none", "--verbose", "-o", output, path)
        self.assertEqual((result.returncode, result.stdout), (0, ""))
        self.assertEqual(
            result.stderr,
            f"heapgrind strip: {path}: left out objects dumped again, of which the first counts: "
            f"1\nheapgrind strip: {path}: left out values: 2\n")
        with open(output, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(lines[3], _SMALL.splitlines()[3])
        self.assertEqual(lines[4], '{"address": 48, "type": "str", "size": 51, "len": 9, "refs": []}')
        self.assertEqual(lines[7], '{"address": 96, "type": "strange", "size": 7, "refs": []}')

    def test_values_are_cut(self):
        path = self._write("a.json", _SMALL)
        output = self._path("b.json")
        heapgrind_program.run("strip", "--values=6", "-o", output, path)
        with open(output, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(
            lines[4],
            '{"address": 48, "type": "str", "size": 51, "len": 9, "value": "somebo", "refs": []}')
        self.assertEqual(lines[7], _SMALL.splitlines()[8])

    def test_references_are_cut_and_counted(self):
        path = self._write("a.json", _SMALL)
        output = self._path("b.json")
        heapgrind_program.run("strip", "--max-refs=2", "-o", output, path)
        with open(output, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(
            lines[2], '{"address": 16, "type": "dict", "size": 64, "pairs": 1, "refs": [32, 48], '
            '"refs_left_out": 2}')
        self.assertEqual(
            lines[6],
            '{"address": 80, "type": "list", "size": 90, "refs": [48, 48], "refs_left_out": 1}')
        result = converter.run(output)
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"references that the scanner left out: 3\n", result.stderr)

    def test_references_are_cut_as_the_scanner_cuts_them(self):
        for dump in _DUMPS:
            with self.subTest(dump=dump):
                output = self._path("limited.json")
                heapgrind_program.run("strip", "--max-refs=7", "-o", output, f"testdata/{dump}")
                with gzip.open(f"testdata/{dump}", "rt", encoding="utf-8") as file:
                    before = [json.loads(line) for line in file if '"address"' in line]
                seen = set()
                before = [r for r in before if not (r["address"] in seen or seen.add(r["address"]))]
                with open(output, encoding="utf-8") as file:
                    after = [json.loads(line) for line in file if '"address"' in line]
                self.assertEqual(after, [_limited(record, 7) for record in before])

    def test_types_are_dropped_and_their_references_lead_nowhere(self):
        path = self._write("a.json", _SMALL)
        output = self._path("b.json")
        stdout = self._strip(
            "--drop-type=str", "--drop-type=l?st", "--json", "-o", output, path,
            stderr_text=f"heapgrind strip: {path}: left out objects dumped again, of which the "
            "first counts: 1\n")
        self.assertEqual(json.loads(stdout), {
            "objects": 7, "repeated_objects": 1, "dropped_objects": 4, "bytes_left_out": 294,
            "values_left_out": 0, "values_cut": 0, "references_left_out": 0})
        lines = _SMALL.splitlines()
        with open(output, encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines(),
                             lines[:3] + lines[8:9] + ['{"end": 2, "size": 71}'])
        result = converter.run(output)
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"references to objects that the dump lacks: 4\n", result.stderr)

    def test_what_is_not_whole_stays_so(self):
        path = self._write("a.json", _SMALL[:-30])
        result = heapgrind_program.run("strip", path)
        self.assertEqual(result.returncode, 0)
        self.assertIn("line 9, the last one, is cut off and left out", result.stderr)
        self.assertIn("expected an end record after 6 objects, got the end of the dump",
                      result.stderr)
        self.assertEqual(result.stdout.splitlines(), _SMALL.splitlines()[:7])

    def test_an_end_record_that_lies_goes_on_to_lie(self):
        path = self._write("a.json", _SMALL.replace('"end": 7', '"end": 9'))
        output = self._path("b.json")
        heapgrind_program.run("strip", "-o", output, path)
        with open(output, encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines()[-1], '{"end": 8, "size": 314}')


def _limited(record, limit):
    """Returns a record with as many references as docs/dump_format.md allows it."""
    refs, names = record["refs"], record.get("names", [])
    num_pairs = record.get("pairs", 0)
    if not num_pairs and record["type"] == "dict" and not names and len(refs) % 2 == 0:
        num_pairs = len(refs) // 2
    pairs = refs[:2 * min(num_pairs, limit // 2)]
    room = limit - len(pairs)
    kept = []
    for place, reference in enumerate(refs[2 * num_pairs:]):
        name = names[place] if place < len(names) else None
        if name is None and room == 0:
            continue
        room -= name is None
        kept.append((reference, place < len(names), name))
    limited = dict(record, refs=pairs + [reference for reference, _, _ in kept])
    if len(limited["refs"]) == len(refs):
        return record
    limited["refs_left_out"] = (
        record.get("refs_left_out", 0) + len(refs) - len(limited["refs"]))
    if "pairs" in record:
        limited["pairs"] = len(pairs) // 2
    if names:
        limited["names"] = [name for _, is_listed, name in kept if is_listed]
    return limited


class OutputTest(StripTest):
    def test_compresses_by_name(self):
        text = gzip.open("testdata/leak.json.gz", "rb").read()
        for name, program in (("a.json.gz", "gzip"), ("a.json.zst", "zstd")):
            with self.subTest(name=name):
                self._strip("-o", self._path(name), "testdata/leak.json.gz")
                with open(self._path(name), "rb") as file:
                    magic = file.read(4)
                if program == "gzip":
                    self.assertEqual(gzip.open(self._path(name), "rb").read(), text)
                else:
                    self.assertEqual(magic, b"\x28\xb5\x2f\xfd")
                self.assertEqual(self._profile(self._path(name)),
                                 self._profile("testdata/leak.json.gz"))

    def test_reads_a_pipe_more_than_once(self):
        path = self._write("a.json", _SMALL)
        from_file = heapgrind_program.run("strip", "--values=none", path).stdout
        with subprocess.Popen(["cat", path], stdout=subprocess.PIPE) as cat:
            result = heapgrind_program.run(
                "strip", "--values=none", "-", stdin=cat.stdout,
                env={"TMPDIR": self.folder, "PATH": "/usr/bin:/bin"})
            cat.stdout.close()
        self.assertEqual((result.returncode, result.stdout), (0, from_file))
        self.assertEqual(os.listdir(self.folder), ["a.json"])

    def test_array_becomes_lines(self):
        path = self._write("a.json", '[\n{"address": 16, "type": "x", "size": 8, "refs": []},\n'
                           '{"address": 32, "type": "x", "size": 8, "refs": []}\n]\n')
        self.assertEqual(
            self._strip(path), '{"address": 16, "type": "x", "size": 8, "refs": []}\n'
            '{"address": 32, "type": "x", "size": 8, "refs": []}\n')

    def test_a_dump_larger_than_memory_works(self):
        path = self._path("large.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"heapgrind": 1}\n')
            for address in range(1 << 20, (1 << 20) + 64 * 300000, 64):
                file.write(f'{{"address": {address}, "type": "list", "size": 64, "refs": ['
                           + ", ".join(str(address + 64 * i) for i in range(20)) + "]}\n")
        self.assertGreater(os.path.getsize(path), 60 << 20)
        self._strip(
            "--values=none", "-o", self._path("small.json.gz"), path, preexec_fn=_limit_memory,
            stderr_text=f"heapgrind strip: {path}: expected an end record after 300000 "
            "objects, got the end of the dump\n")


class BadInputTest(StripTest):
    def _assert_error(self, status, message, *arguments):
        result = heapgrind_program.run("strip", *arguments, cwd=self.folder)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (status, "", message))

    def test_bad_command_lines(self):
        for message, arguments in (
                ("expected a dump to read, got none", ()),
                ('expected one dump, got "a" and "b"', ("a", "b")),
                ('expected none or a whole number from 5 in --values, got "4"',
                 ("--values=4", "a")),
                ('expected none or a whole number from 5 in --values, got "all"',
                 ("--values=all", "a")),
                ('expected a whole number from 1 in --max-refs, got "0"',
                 ("--max-refs=0", "a")),
                ('expected a type in --drop-type, got ""', ("--drop-type=", "a")),
                ('expected a file in --output, got ""', ("-o", "", "a")),
                ("expected --output with --json, got none: standard output can hold one of the "
                 "two", ("--json", "a"))):
            with self.subTest(arguments=arguments):
                self._assert_error(2, f"heapgrind strip: {message}\n{_HINT}", *arguments)

    def test_a_wrong_line_leaves_no_output(self):
        self._write("a.json", _SMALL.replace('"size": 90', '"size": -1'))
        self._assert_error(
            1, 'heapgrind strip: a.json:7:41: expected a whole number from 0 to 2^64-1 in "size", '
            "got -1\n", "-o", "b.json", "a.json")
        self.assertEqual(os.listdir(self.folder), ["a.json"])

    def test_a_dump_that_is_not_there(self):
        result = heapgrind_program.run("strip", "--values=none", "no.json", cwd=self.folder)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertTrue(result.stderr.startswith("heapgrind strip: no.json: expected "))

    def test_a_disk_that_is_full(self):
        result = heapgrind_program.run("strip", "-o", "/dev/full", os.path.abspath(
            "testdata/leak.json.gz"), cwd=self.folder)
        self.assertEqual(
            (result.returncode, result.stdout, result.stderr),
            (1, "", "heapgrind strip: /dev/full: expected space for the output, got \"No space "
             "left on device\"\n"))


if __name__ == "__main__":
    unittest.main()
