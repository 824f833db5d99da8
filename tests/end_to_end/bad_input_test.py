"""Tests what memdump2callgrind says to bad input and bad command lines.

Each time the whole message, the exit status, and that no file is touched.
"""

import os
import resource
import signal
import subprocess
import tempfile
import unittest

from tests.end_to_end import converter

_HEADER = b'{"heapgrind": 1, "scanner": "0.1.0", "python": "3.11.2", "pid": 4711}\n'
_ROOT = b'{"root": "modules", "name": "sys.modules", "refs": [16]}\n'
_OBJECT = b'{"address": 16, "type": "dict", "size": 64, "refs": [32]}\n'
_LEAF = b'{"address": 32, "type": "str", "size": 50, "refs": []}\n'
_END = b'{"end": 2, "size": 114}\n'
_GOOD = _HEADER + _ROOT + _OBJECT + _LEAF + _END
_HINT = "hint: try memdump2callgrind --help\n"


class BadInputTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self._write("callgrind.out", b"an older output")

    def _write(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)

    def _run(self, *arguments, **options):
        """Returns exit status, stdout and stderr, and asserts that no file was touched."""
        before = self._files()
        result = converter.run(*arguments, cwd=self.folder, **options)
        self.assertEqual(self._files(), before)
        return result.returncode, result.stdout or b"", result.stderr.decode("utf-8")

    def _files(self):
        content_of = {}
        for name in os.listdir(self.folder):
            path = os.path.join(self.folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    content_of[name] = file.read()
        return content_of

    def assert_refused(self, content, message):
        """Asserts that a dump of this content is an error with this message."""
        self._write("dump.json", content)
        self.assertEqual(
            self._run("-o", "callgrind.out", "dump.json"),
            (1, b"", f"memdump2callgrind: {message}\n"))

    def assert_usage_error(self, message, *arguments):
        self.assertEqual(
            self._run(*arguments), (2, b"", f"memdump2callgrind: {message}\n{_HINT}"))


class BadDumpTest(BadInputTest):
    def test_text_that_is_not_json(self):
        self.assert_refused(
            b"hello, world\n",
            'dump.json:1:1: expected a record, got "hello"')

    def test_json_that_is_no_record(self):
        self.assert_refused(
            _HEADER + b"[1, 2]\n",
            "dump.json:2:1: expected a record, got an array")

    def test_object_that_is_no_record(self):
        self.assert_refused(
            _HEADER + b'{"a": 1}\n',
            'dump.json:2:1: expected a record with "address", "root", "end" or '
            '"heapgrind", got an object without them')

    def test_missing_address(self):
        self.assert_refused(
            _HEADER + b'{"type": "x", "size": 1, "refs": []}\n',
            'dump.json:2:36: expected "address", got the end of the record')

    def test_missing_type(self):
        self.assert_refused(
            _HEADER + b'{"address": 1, "size": 1, "refs": []}\n',
            'dump.json:2:37: expected "type", got the end of the record')

    def test_missing_size(self):
        self.assert_refused(
            _HEADER + b'{"address": 1, "type": "x", "refs": []}\n',
            'dump.json:2:39: expected "size", got the end of the record')

    def test_missing_refs(self):
        self.assert_refused(
            _HEADER + b'{"address": 1, "type": "x", "size": 1}\n',
            'dump.json:2:38: expected "refs", got the end of the record')

    def test_address_that_is_a_string(self):
        self.assert_refused(
            _HEADER + b'{"address": "1", "type": "x", "size": 1, "refs": []}\n',
            'dump.json:2:13: expected a whole number from 0 to 2^64-1 in "address", got '
            "a string")

    def test_negative_size(self):
        self.assert_refused(
            _HEADER + b'{"address": 1, "type": "x", "size": -1, "refs": []}\n',
            'dump.json:2:37: expected a whole number from 0 to 2^64-1 in "size", got -1')

    def test_size_that_is_a_fraction(self):
        self.assert_refused(
            _HEADER + b'{"address": 1, "type": "x", "size": 1.5, "refs": []}\n',
            'dump.json:2:37: expected a whole number from 0 to 2^64-1 in "size", got 1.5')

    def test_refs_that_are_a_number(self):
        self.assert_refused(
            _HEADER + b'{"address": 1, "type": "x", "size": 1, "refs": 2}\n',
            "dump.json:2:48: expected a list, each a whole number from 0 to 2^64-1 in "
            '"refs", got 2')

    def test_reference_that_is_null(self):
        self.assert_refused(
            _HEADER + b'{"address": 1, "type": "x", "size": 1, "refs": [1, null]}\n',
            'dump.json:2:52: expected a whole number from 0 to 2^64-1 in "refs", got null')

    def test_address_beyond_64_bits(self):
        self.assert_refused(
            _HEADER + b'{"address": 18446744073709551616, "type": "x", "size": 1, "refs": []}\n',
            'dump.json:2:13: expected a whole number from 0 to 2^64-1 in "address", got '
            "18446744073709551616")

    def test_broken_line_in_the_middle(self):
        self.assert_refused(
            _HEADER + _ROOT + b'{"address": 16, "ty\n' + _LEAF,
            "dump.json:3:20: expected the rest of the record, got the end of the line")

    def test_other_version_of_the_format(self):
        self.assert_refused(
            b'{"heapgrind": 2}\n',
            'dump.json:1:2: expected version 1 of the dump format in "heapgrind", got 2\n'
            "hint: use a memdump2callgrind that is as new as the scanner")

    def test_empty_file(self):
        self.assert_refused(
            b"",
            "dump.json: expected a heap dump, got an empty file")

    def test_dump_without_objects(self):
        self.assert_refused(
            _HEADER,
            "dump.json:1:1: expected at least one object record, got none")

    def test_gzip_with_broken_data(self):
        self.assert_refused(
            b"\x1f\x8b\x08\0\0\0\0\0\0\3 no deflate",
            'dump.json: expected gzip data, got "invalid stored block lengths" after '
            "0 decompressed bytes")


class BadFileTest(BadInputTest):
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
        self._write("dump.json", _GOOD)
        self.assertEqual(
            self._run("-o", ".", "dump.json"),
            (1, b"",
             "memdump2callgrind: .: expected a file to write, got a directory\n"))

    def test_output_in_a_folder_that_is_not_there(self):
        self._write("dump.json", _GOOD)
        self.assertEqual(
            self._run("-o", "no/callgrind.out", "dump.json"),
            (1, b"",
             'memdump2callgrind: no/callgrind.out: expected a file to write, got "No such '
             'file or directory"\n'))

    def test_full_device(self):
        self._write("dump.json", _GOOD)
        self.assertEqual(
            self._run("-o", "/dev/full", "dump.json"),
            (1, b"",
             'memdump2callgrind: /dev/full: expected space for the output, got "No space '
             'left on device"\n'))

    def test_full_device_as_standard_output(self):
        self._write("dump.json", _GOOD)
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

        self._write("dump.json", _GOOD)
        self.assertEqual(
            self._run("-o", "callgrind.out", "dump.json",
                      preexec_fn=forbid_files_of_more_than_100_bytes),
            (1, b"",
             'memdump2callgrind: callgrind.out: expected space for the output, got "File '
             'too large"\n'))

    def test_closed_pipe_ends_it_silently_as_it_does_cat(self):
        self._write("dump.json", _GOOD)
        reading, writing = os.pipe()
        os.close(reading)
        with open(writing, "wb") as pipe:
            self.assertEqual(
                self._run("dump.json", stdout=pipe), (-signal.SIGPIPE, b"", ""))


class BadCommandLineTest(BadInputTest):
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
        self.assert_usage_error('expected path, type, object or site in --by, got "size"', "--by=size", "a")

    def test_percentage_above_100(self):
        self.assert_usage_error(
            'expected a number from 0 to 100 in --min-percent, got "101"', "--min-percent=101", "a")

    def test_too_few_functions(self):
        self.assert_usage_error(
            'expected a whole number from 2 in --max-functions, got "0"', "--max-functions=0", "a")


class LossTest(BadInputTest):
    """What is no error but is counted and told."""

    def _convert(self, content):
        self._write("dump.json", content)
        result = converter.run("dump.json", cwd=self.folder)
        totals = result.stdout.decode("utf-8").rpartition("totals: ")[2].strip()
        return result.returncode, totals, result.stderr.decode("utf-8")

    def test_whole_dump_says_nothing(self):
        self.assertEqual(self._convert(_GOOD), (0, "114 2", ""))

    def test_object_dumped_twice(self):
        self.assertEqual(
            self._convert(_HEADER + _ROOT + _OBJECT + _LEAF + _LEAF),
            (0, "114 2",
             "memdump2callgrind: dump.json: expected an end record after 3 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: objects dumped again, the same: 1\n"))

    def test_contradicting_records_of_an_object(self):
        other = _LEAF.replace(b"50", b"60")
        self.assertEqual(
            self._convert(_HEADER + _ROOT + _OBJECT + _LEAF + other),
            (0, "114 2",
             "memdump2callgrind: dump.json: expected an end record after 3 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: objects dumped again with other content, of "
             "which the first counts: 1\n"))

    def test_sizes_that_no_profile_can_say(self):
        huge = _LEAF.replace(b'"size": 50', b'"size": 9007199254740991')
        self.assertEqual(
            self._convert(_HEADER + _ROOT + _OBJECT + huge),
            (1, "",
             "memdump2callgrind: dump.json: expected an end record after 2 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: expected objects of at most 9007199254740991 "
             "bytes altogether, got more\n"))

    def test_reference_to_an_absent_object(self):
        self.assertEqual(
            self._convert(_HEADER + _ROOT + _OBJECT),
            (0, "64 1",
             "memdump2callgrind: dump.json: expected an end record after 1 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: references to objects that the dump lacks: 1\n"))

    def test_last_line_cut_off(self):
        self.assertEqual(
            self._convert(_GOOD[:-70]),
            (0, "64 1",
             "memdump2callgrind: dump.json: line 4, the last one, is cut off and left out\n"
             "memdump2callgrind: dump.json: expected an end record after 1 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: references to objects that the dump lacks: 1\n"))

    def test_end_record_missing(self):
        self.assertEqual(
            self._convert(_GOOD[:-len(_END)]),
            (0, "114 2",
             "memdump2callgrind: dump.json: expected an end record after 2 objects, got "
             "the end of the dump\n"))


if __name__ == "__main__":
    unittest.main()
