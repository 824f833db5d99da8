"""Tests where heapgrind strip writes, how much memory it takes, and how it fails."""

import gzip
import os
import resource
import subprocess
import unittest

from tests.end_to_end.commands import stripping
from tests.end_to_end.commands.stripping import SMALL
from tests.end_to_end.support import heapgrind_program

_HINT = "hint: try heapgrind strip --help\n"


def _limit_memory():
    resource.setrlimit(resource.RLIMIT_DATA, (60 << 20, 60 << 20))


class OutputTest(stripping.StripTest):
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
        path = self._write("a.json", SMALL)
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


class BadInputTest(stripping.StripTest):
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
        self._write("a.json", SMALL.replace('"size": 90', '"size": -1'))
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
