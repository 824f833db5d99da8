"""Tests what memdump2callgrind says to bad files and bad command lines.

Each time the whole message, the exit status, and that no file is touched.
"""

import os
import resource
import signal
import unittest

from tests.end_to_end.convert import refused_input
from tests.end_to_end.convert.refused_input import GOOD


class BadFileTest(refused_input.BadInputTest):
    def test_directory(self):
        os.mkdir(os.path.join(self.folder, "dump.json"))
        self.assertEqual(
            self._run("-o", "callgrind.out", "dump.json"),
            (1, b"",
             "memdump2callgrind: dump.json: expected a heap dump, got a directory\n"))

    def test_missing_file(self):
        self.assertEqual(
            self._run("-o", "callgrind.out", "dump.json"),
            (1, b"",
             "memdump2callgrind: dump.json: expected a heap dump, got no such file\n"))

    def test_output_that_is_a_directory(self):
        self._write("dump.json", GOOD)
        self.assertEqual(
            self._run("-o", ".", "dump.json"),
            (1, b"",
             "memdump2callgrind: .: expected a file to write, got a directory\n"))

    def test_output_in_a_folder_that_is_not_there(self):
        self._write("dump.json", GOOD)
        self.assertEqual(
            self._run("-o", "no/callgrind.out", "dump.json"),
            (1, b"",
             'memdump2callgrind: no/callgrind.out: expected a file to write, got "No such '
             'file or directory"\n'))

    def test_full_device(self):
        self._write("dump.json", GOOD)
        self.assertEqual(
            self._run("-o", "/dev/full", "dump.json"),
            (1, b"",
             'memdump2callgrind: /dev/full: expected space for the output, got "No space '
             'left on device"\n'))

    def test_full_device_as_standard_output(self):
        self._write("dump.json", GOOD)
        with open("/dev/full", "wb") as full:
            self.assertEqual(
                self._run("dump.json", stdout=full),
                (1, b"",
                 'memdump2callgrind: <stdout>: expected space for the output, got "No space '
                 'left on device"\n'))

    def test_file_that_cannot_grow(self):
        def forbid_files_of_more_than_100_bytes():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        self._write("dump.json", GOOD)
        self.assertEqual(
            self._run("-o", "callgrind.out", "dump.json",
                      preexec_fn=forbid_files_of_more_than_100_bytes),
            (1, b"",
             'memdump2callgrind: callgrind.out: expected space for the output, got "File '
             'too large"\n'))

    def test_closed_pipe_ends_it_silently_as_it_does_cat(self):
        self._write("dump.json", GOOD)
        reading, writing = os.pipe()
        os.close(reading)
        with open(writing, "wb") as pipe:
            self.assertEqual(
                self._run("dump.json", stdout=pipe), (-signal.SIGPIPE, b"", ""))


class BadCommandLineTest(refused_input.BadInputTest):
    def test_no_dump(self):
        self.assert_usage_error("expected a dump to read, got none")

    def test_two_dumps(self):
        self.assert_usage_error('expected "-", standard input, once, got it again', "-", "a", "-")

    def test_unknown_option(self):
        self.assert_usage_error('expected an option, got "--frobnicate"', "--frobnicate", "a")

    def test_option_with_a_slip_is_told_what_is_meant(self):
        self.assertEqual(
            self._run("--ouptut=x", "a"),
            (2, b"", 'memdump2callgrind: expected an option, got "--ouptut=x"\n'
                     "hint: did you mean --output?\n"))

    def test_option_without_value(self):
        self.assert_usage_error("expected a value after -o, got none", "a", "-o")

    def test_unknown_graph(self):
        self.assert_usage_error(
            'expected path, type, object or site in --by, got "size"', "--by=size", "a")

    def test_percentage_above_100(self):
        self.assert_usage_error(
            'expected a number from 0 to 100 in --min-percent, got "101"', "--min-percent=101", "a")

    def test_too_few_functions(self):
        self.assert_usage_error(
            'expected a whole number from 2 in --max-functions, got "0"', "--max-functions=0", "a")


if __name__ == "__main__":
    unittest.main()
