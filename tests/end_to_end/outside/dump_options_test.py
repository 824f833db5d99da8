"""The command line of `heapgrind dump`, and the files that it writes."""

import gzip
import json
import os
import re
import subprocess
import unittest

from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program

_USAGE_HINT = "hint: try heapgrind dump --help\n"


class UsageTest(unittest.TestCase):
    def _check(self, words, message):
        result = heapgrind_program.run("dump", *words)
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertEqual(result.stderr, f"heapgrind dump: expected {message}\n" + _USAGE_HINT)

    def test_no_process(self):
        self._check([], 'a PID or a core file, got ""')

    def test_digits_behind_a_folder_are_a_file(self):
        result = heapgrind_program.run("dump", "./4711")
        self.assertEqual((result.returncode, result.stderr), (
            1, 'heapgrind dump: ./4711: expected a core file, got "No such file or directory"\n'))

    def test_two_processes(self):
        self._check(["1", "2"], 'a PID or a core file, got "1" and "2"')

    def test_number_that_is_none_of_a_process(self):
        self._check(["0"], 'the number of a process, got "0"')
        self._check(["99999999999"], 'the number of a process, got "99999999999"')

    def test_values(self):
        self._check(["--values=x", "1"], '"short", "none" or a number in --values, got "x"')

    def test_references(self):
        self._check(["--max-refs=0", "1"], 'a whole number from 1 in --max-refs, got "0"')

    def test_bytes(self):
        self._check(["--max-bytes=1X", "1"],
                    'a size such as 500M or 2G in --max-bytes, got "1X"')

    def test_timeout(self):
        for wrong in "0", "-1", "nan", "1e9", "x", "":
            self._check([f"--timeout={wrong}", "1"], f'seconds in --timeout, got "{wrong}"')

    def test_output(self):
        self._check(["-o", "", "1"], 'a file in --output, got ""')
        self._check(["-o", "app.json.XZ", "1"], "a path in .gz or .zst to compress, or in .json, "
                                                'in --output, got "app.json.XZ"')
        self._check(["-o", "~/app.json", "1"], 'a path in --output, got "~/app.json": the shell '
                                               "expands ~ only at the start of a word")

    def test_folder_of_scanners(self):
        result = heapgrind_program.run("dump", "--list", "--blobs=/nowhere")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (
            1, "", 'heapgrind dump: /nowhere: expected to read it, got "No such file or '
                   'directory"\n'))


class ListTest(outside_support.OutsideTestCase):
    def test_says_which_scanners_there_are(self):
        for tag in "cp311", "cp38", "cp310d", "cp27mu", "cp27m", "cp313td", "x":
            with open(os.path.join(self.folder, f"heapgrind-{tag}.blob"), "w", encoding="utf-8"):
                pass
        result = heapgrind_program.run("dump", "--list", "--blobs", self.folder)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, "x       x\n"
                                        "cp27m   CPython 2.7, UCS-2\n"
                                        "cp27mu  CPython 2.7, UCS-4\n"
                                        "cp38    CPython 3.8\n"
                                        "cp310d  CPython 3.10, debug build\n"
                                        "cp311   CPython 3.11\n"
                                        "cp313td CPython 3.13, free-threaded, debug build\n")

    def test_says_that_there_are_none(self):
        result = heapgrind_program.run("dump", "--list", "--blobs", self.folder)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (
            0, "", "heapgrind dump: holds no scanner for any Python\n"
                   "hint: ./run release --python PATH adds that of an interpreter\n"))


class DumpTest(outside_support.OutsideTestCase):
    def setUp(self):
        super().setUp()
        process = outside_support.Process()
        self.addCleanup(process.__exit__)
        self.process = process

    def _lines(self, path=None):
        with open(path or self.output, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_scanner_is_handed_what_it_wants(self):
        self.assertDumped(self.dump(self.process.pid, "--values=7", "--max-refs=9",
                                    "--native=yes"))
        header = self._lines()[0]
        self.assertEqual(
            {key: header[key] for key in ("abi", "pid", "tid", "threads", "value_length",
                                          "max_references", "native", "sorted", "weak", "stack",
                                          "has_malloc_info", "has_files", "first_image")},
            {"abi": 2, "pid": self.process.pid, "tid": self.process.pid, "threads": 1,
             "value_length": 7, "max_references": 9, "native": 1, "sorted": 1,
             "weak": 0, "stack": 0,
             "has_malloc_info": 1, "has_files": 1,
             "first_image": os.path.realpath(outside_support.SYSTEM_PYTHON)})
        # The kernel counts pages in batches, 64 or more for each processor.
        self.assertAlmostEqual(
            header["rss"], int(self.process.status("VmRSS").split()[0]) << 10, delta=1 << 20)
        self.assertEqual([record["type"] for record in self._lines() if "type" in record],
                         ["NoneType"])

    def test_values_are_short_by_default(self):
        self.dump(self.process.pid)
        self.assertEqual(self._lines()[0]["value_length"], 100)
        self.dump(self.process.pid, "--values=none")
        self.assertEqual(self._lines()[0]["value_length"], 0)

    def test_native_memory_is_followed_by_default(self):
        self.dump(self.process.pid)
        self.assertEqual(self._lines()[0]["native"], 2)
        self.dump(self.process.pid, "--native=no")
        self.assertEqual(self._lines()[0]["native"], 0)

    def test_name_of_the_file_by_default(self):
        blobs = outside_support.make_blobs(self.folder)
        result = heapgrind_program.run("dump", str(self.process.pid), "--blobs", blobs,
                                       cwd=self.folder)
        self.assertDumped(result)
        path = os.path.join(self.folder, f"heapgrind.{self.process.pid}.json")
        self.assertIn(f" to {os.path.realpath(path)}; stopped", result.stderr)
        self.assertEqual(os.stat(path).st_mode, 0o100600)

    def test_signs_in_the_name(self):
        blobs = outside_support.make_blobs(self.folder)
        result = heapgrind_program.run("dump", str(self.process.pid), "--blobs", blobs, "-o",
                                       os.path.join(self.folder, "%p-%t-%%-%x%.json"))
        self.assertDumped(result)
        names = [name for name in os.listdir(self.folder) if name.endswith(".json")]
        self.assertEqual(len(names), 1)
        self.assertRegex(names[0], rf"\A{self.process.pid}-\d{{8}}T\d{{6}}-%-%x%\.json\Z")

    def test_mode_is_private_whatever_the_umask_is(self):
        old = os.umask(0)
        self.addCleanup(os.umask, old)
        self.dump(self.process.pid)
        self.assertEqual(os.stat(self.output).st_mode, 0o100600)

    def test_older_file_is_replaced(self):
        with open(self.output, "w", encoding="utf-8") as file:
            file.write("older")
        os.chmod(self.output, 0o644)
        self.assertDumped(self.dump(self.process.pid))
        self.assertEqual(self._lines()[-1]["end"], 1)
        self.assertEqual(os.stat(self.output).st_mode, 0o100600)

    def test_compression_by_name(self):
        for name, expand in (("app.json.gz", gzip.decompress), ("app.json.ZST", _unzstd)):
            self.output = os.path.join(self.folder, name)
            self.assertDumped(self.dump(self.process.pid))
            with open(self.output, "rb") as file:
                text = expand(file.read()).decode()
            self.assertRegex(text, r'(?s)\A\{"heapgrind": 2.*\n\{"end": ')

    def test_standard_output(self):
        self.output = "-"
        result = self.dump(self.process.pid)
        self.assertEqual(result.returncode, 0)
        self.assertTrue(result.stdout.startswith('{"heapgrind": 2'))
        self.assertIn(" to <stdout>; stopped", result.stderr)

    def test_folder_that_is_not_there(self):
        self.output = "/nowhere/app.json"
        result = self.dump(self.process.pid)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertRegex(result.stderr, r"\Aheapgrind dump: /nowhere/app.json: expected a file to "
                                        r'write, got "No such file or directory"\n')

    def test_full_device(self):
        self.output = "/dev/full"
        result = self.dump(self.process.pid, passes=20)
        self.assertEqual((result.returncode, result.stderr), (
            1, "heapgrind dump: /dev/full: expected space for the output, got \"No space left on "
               "device\"\n"))
        self.assertUnharmed(self.process)

    def test_size_is_limited(self):
        for size in 6000, 100000, 1000000:
            result = self.dump(self.process.pid, f"--max-bytes={size}", passes=20)
            self.assertEqual(result.returncode, 0, result.stderr)
            left_out, = re.findall(r"left out, because of --max-bytes: (\d+) objects",
                                   result.stderr)
            *records, end = self._lines()
            count = len([record for record in records if "address" in record])
            self.assertEqual(end, {"end": count, "size": 16 * count, "left_out": 20001 - count,
                                   "left_out_size": 16 * (20001 - count)})
            self.assertEqual(int(left_out), 20001 - count)
            self.assertTrue(size - 8192 < os.stat(self.output).st_size <= size, size)

    def test_limit_that_is_not_reached_leaves_nothing_out(self):
        self.assertDumped(self.dump(self.process.pid, "--max-bytes=10M", passes=20))
        self.assertEqual(self._lines()[-1]["end"], 20001)

    def test_limited_file_may_be_compressed(self):
        self.output += ".gz"
        result = self.dump(self.process.pid, "--max-bytes=400K", passes=200)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertLessEqual(os.stat(self.output).st_size, 400 << 10)
        with open(self.output, "rb") as file:
            end = json.loads(gzip.decompress(file.read()).splitlines()[-1])
        self.assertEqual(end["end"] + end["left_out"], 200001)
        self.assertGreater(end["left_out"], 0)


def _unzstd(content):
    return subprocess.run(["zstd", "-dc"], input=content, stdout=subprocess.PIPE,
                          check=True).stdout


if __name__ == "__main__":
    unittest.main()
