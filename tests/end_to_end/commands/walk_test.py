"""Tests how heapgrind walk moves, what people see, and how it fails."""

import json
import os
import signal
import subprocess
import tempfile
import unittest

from tests.end_to_end.commands.walk_answers import LEAK, ask, walk
from tests.end_to_end.support import heapgrind_program


class MovesTest(unittest.TestCase):
    maxDiff = None

    def _names(self, *commands):
        return [answer["name"] for answer in ask(LEAK, *commands)]

    def test_goes_down_up_and_back(self):
        self.assertEqual(
            self._names("cd __main__", "cd CACHE", "cd ['session-0007']", "cd .data", "up", "up",
                        "back", "back", "cd ..", "cd -", "cd", "cd __main__.CONFIG", "cd /"),
            ["__main__", "__main__.CACHE", "__main__.CACHE['session-0007']",
             "__main__.CACHE['session-0007'].data", "__main__.CACHE['session-0007']",
             "__main__.CACHE", "__main__.CACHE['session-0007']",
             "__main__.CACHE['session-0007'].data", "__main__.CACHE['session-0007']",
             "__main__.CACHE['session-0007'].data", "main", "__main__.CONFIG", "main"])

    def test_names_may_be_written_in_many_ways(self):
        name = "__main__.CACHE['session-0007'].data['basket'][1]"
        address = ask(LEAK, f"info {name}")[0]["address"]
        answers = ask(
            LEAK, f"info {address}", f"info {address:#x}",
            'info __main__.CACHE["session-0007"].data["basket"][ 1 ]',
            "cd __main__", "info CACHE['session-0007'].data['basket'][1]",
            "info .CACHE['session-0007'].data['basket'][1]",
            "cd CACHE['session-0007']", "info .data['basket'][1]", "info data['basket'][1]",
            "cd .data",
            "cd ['basket']", "info [1]", "ls", "info 2")
        self.assertEqual([answer["address"] for answer in answers if answer["command"] == "info"],
                         [address] * 9)

    def test_rows_have_numbers(self):
        answers = ask(LEAK, "find type=Session name~session-000", "info 3", "find type=str -n 2",
                      "info 2")
        self.assertEqual(answers[1]["address"], answers[0]["rows"][2]["address"])
        self.assertEqual(answers[3]["address"], answers[2]["rows"][1]["address"])

    def test_threads_and_the_interpreter_are_places(self):
        answers = ask(LEAK, "info MainThread", "ls MainThread", "info MainThread.frame",
                      "info interpreter", "info sys.modules")
        self.assertEqual([answers[0]["type"], answers[0]["address"]], ["thread", None])
        self.assertIn(".frame", [row["name"] for row in answers[1]["rows"]])
        self.assertEqual(answers[2]["type"], "frame")
        self.assertEqual(answers[3]["type"], "interpreter")
        self.assertEqual(answers[4]["type"], "dict")


class TextTest(unittest.TestCase):
    """What people see."""

    maxDiff = None

    def test_list_is_a_table(self):
        status, stdout, stderr = walk(LEAK, "ls __main__ -n 3")
        self.assertEqual((status, stderr), (0, ""))
        self.assertEqual(
            stdout,
            "#  Retained   Size  Owned  Type    Name           Content\n"
            "1    259442  13056  yes    dict    .CACHE         500 items\n"
            "2    213057     72         module  .__builtins__  module builtins\n"
            "3    109290     72         module  .sys           module sys\n"
            "12 more; -n 15 shows all\n")

    def test_commands_of_a_line_are_answered_in_turn(self):
        result = heapgrind_program.run(
            "walk", LEAK, "-c",
            "cd __main__; info .CONFIG['language']\n# a comment\n\ncd; quit; ls")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        lines = [line.split("  ", 1) for line in result.stdout.splitlines()]
        self.assertEqual(
            [(title, text.strip()) for title, text in lines if title in ("Name", "Content")],
            [("Name", "__main__"), ("Name", "__main__.CONFIG['language']"), ("Content", "'en'"),
             ("Name", "main")])

    def test_help_lists_the_commands_and_says_more_of_each(self):
        status, stdout, _ = walk(LEAK, "help")
        self.assertEqual(status, 0)
        names = [line.split()[0] for line in stdout.splitlines()]
        self.assertEqual(
            names, ["ls", "cd", "up", "back", "info", "refs", "referrers", "path", "paths", "owner",
                    "owned", "find", "top", "types", "source", "help", "quit"])
        status, stdout, stderr = walk(LEAK, *(f"help {name}" for name in names[:-1]))
        self.assertEqual((status, stderr), (0, ""))
        self.assertIn("retained>N", stdout)

    def test_help_fits_a_terminal(self):
        _, stdout, _ = walk(LEAK, "help", "help ls", "help find", "help paths")
        stdout += heapgrind_program.run("walk", "--help").stdout
        self.assertLessEqual(max(len(line) for line in stdout.splitlines()), 80)

    def test_source_shows_the_lines(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "leak.py"), "w", encoding="utf-8") as file:
                file.write("\n\n\n\nCACHE = {}\nclass Session:\n    pass\n")
            result = heapgrind_program.run(
                "walk", f"--source-prefix=/tmp/heapgrind-testdata={folder}", LEAK, "-c",
                "source __main__.CACHE; source __main__.CACHE['session-0001']")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(
            result.stdout,
            "File  /tmp/heapgrind-testdata/leak.py\nLine  5\n"
            "      2  \n      3  \n      4  \n>     5  CACHE = {}\n      6  class Session:\n"
            "      7      pass\n"
            "File  /tmp/heapgrind-testdata/leak.py\nLine  6\n"
            "      3  \n      4  \n      5  CACHE = {}\n>     6  class Session:\n"
            "      7      pass\n")

    def test_an_unreachable_object_has_no_path(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.json")
            with open(path, "w", encoding="utf-8") as file:
                file.write('{"heapgrind": 1}\n{"root": "modules", "refs": [16]}\n'
                           '{"address": 16, "type": "dict", "size": 1, "refs": []}\n'
                           '{"address": 32, "type": "x", "size": 2, "refs": [32]}\n'
                           '{"end": 2, "size": 3}\n')
            status, stdout, stderr = walk(path, "path 32", "info 32")
        self.assertEqual((status, stderr), (0, ""))
        self.assertIn("Paths  0\nNo root reaches it: ", stdout)
        self.assertIn("\nOwner       unreachable\n", stdout)


class FailuresTest(unittest.TestCase):
    maxDiff = None

    def _assert_fails(self, command, message):
        self.assertEqual(walk(LEAK, "cd __main__", command, "cd /")[::2],
                         (1, f"heapgrind walk: <stdin>:2: {message}\n"))

    def test_messages(self):
        for command, message in (
                ("fnid", "expected a command, got fnid\nhint: did you mean find"),
                ("frobnicate", "expected a command, got frobnicate\nhint: help lists them"),
                ("ls nothing.here", "expected an address, a module or a name, got nothing.here"),
                ("ls __main__.CASHE", "expected a name in __main__, got .CASHE\n"
                 "hint: did you mean .CACHE"),
                ("ls .CACHE['x'", "expected an end of ['x', got none"),
                ("ls 0x17", "expected the address of an object, got 0x17"),
                ("ls a b", "expected one object, got a and b\n"
                 "hint: put a name with blanks into quotes, ['like this']"),
                ("ls -n", 'expected a number of rows after -n, got ""'),
                ("find", "expected type=GLOB, value~TEXT, name~TEXT, size>N or retained>N, got "
                 "nothing"),
                ("find size>1X", 'expected a number of bytes (17, 64K, 3M, 2G) in size>1X, got '
                 '"1X"'),
                ("find value~'x", "expected an end of the quote in value~'x, got none"),
                ("back now", "expected nothing after back, got now"),
                ("paths 0", "expected a number of paths from 1, got 0"),
                ("path MainThread", "expected an object, got MainThread"),
                ("cd /; up", "expected an owner, got main, which has none")):
            with self.subTest(command=command):
                self._assert_fails(command, message)

    def test_the_walk_goes_on_after_a_failure(self):
        status, stdout, stderr = walk(LEAK, "lss", "cd __main__")
        self.assertEqual((status, stdout.splitlines()[0]), (1, "Name     __main__"))
        self.assertIn("<stdin>:1: expected a command", stderr)

    def test_json_has_failures_too(self):
        result = heapgrind_program.run("walk", "--json", LEAK, "-c", "up; cd __main__")
        self.assertEqual(result.returncode, 1)
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual(answers[0], {
            "command": "up", "error": "expected an owner, got main, which has none"})
        self.assertEqual((answers[1]["command"], answers[1]["name"]), ("cd", "__main__"))

    def test_command_lines(self):
        for message, arguments in (
                ("expected a dump to read, got none", ()),
                ('expected one dump, got "a" and "b"', ("a", "b")),
                ("expected --commands with the dump on standard input, got none", ("-",))):
            with self.subTest(arguments=arguments):
                result = heapgrind_program.run("walk", *arguments)
                self.assertEqual(
                    (result.returncode, result.stdout, result.stderr),
                    (2, "", f"heapgrind walk: {message}\nhint: try heapgrind walk --help\n"))

    def test_a_dump_that_is_none(self):
        result = heapgrind_program.run("walk", "testdata/programs/leak.py")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertTrue(result.stderr.startswith(
            "heapgrind walk: testdata/programs/leak.py:1:1: expected a record, got "),
                        result.stderr)

    def test_the_dump_may_come_through_a_pipe(self):
        with open(LEAK, "rb") as dump:
            result = heapgrind_program.run("walk", "-", "-c", "info __main__.CACHE", stdin=dump)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertTrue(result.stdout.startswith("Name        __main__.CACHE\n"), result.stdout)

    def test_a_reader_that_leaves_ends_it_silently(self):
        command = [heapgrind_program.PROGRAM, "walk", LEAK, "-c", "find size>0 -n 99999"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            stderr = process.stderr.read()
        self.assertEqual((process.returncode, stderr), (-signal.SIGPIPE, b""))


if __name__ == "__main__":
    unittest.main()
