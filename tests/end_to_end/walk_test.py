"""Tests the commands of heapgrind walk against the dump, read again in Python."""

import json
import os
import random
import signal
import subprocess
import tempfile
import unittest

from tests.end_to_end import dump_oracle, heapgrind_program

_LEAK = "testdata/leak.json.gz"
_SHAPES = "testdata/shapes.json.gz"
_MELIAE = "testdata/meliae-py27-all.json.gz"
_DUMPS = (_LEAK, _SHAPES, _MELIAE)


def _walk(dump, *commands):
    """Returns exit status, stdout and stderr of a walk with commands, a line each."""
    result = heapgrind_program.run("walk", dump, stdin=None, input="\n".join(commands) + "\n")
    return result.returncode, result.stdout, result.stderr


def _ask(dump, *commands):
    """Returns the answers to commands that must not fail."""
    result = heapgrind_program.run("walk", "--json", dump, stdin=None, input="\n".join(commands))
    if result.returncode:
        raise AssertionError(result.stderr + result.stdout[-2000:])
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(commands), (len(answers), len(commands))
    return answers


def _sample(addresses, count):
    return random.Random(7).sample(sorted(addresses), count)


class OracleTest(unittest.TestCase):
    """What every answer must say, on every dump."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.oracles = {dump: dump_oracle.DumpOracle(dump) for dump in _DUMPS}

    def test_path_is_as_short_as_a_breadth_first_search_finds(self):
        for dump, oracle in self.oracles.items():
            distances = oracle.distances()
            sample = _sample(oracle.objects, 150)
            answers = _ask(dump, *(f"path {address:#x}" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    if address not in distances:
                        self.assertEqual(answer["paths"], 0)
                    else:
                        self._assert_path(oracle, answer["rows"], address, distances[address])

    def _assert_path(self, oracle, rows, address, distance):
        """Asserts that rows are a path from a root, over real references."""
        steps = [row["address"] for row in rows if row["address"] is not None]
        self.assertEqual(steps[-1], address)
        if distance is not None:
            self.assertEqual(len(steps) - 1, distance)
        self.assertIn(steps[0], oracle.starts())
        for source, target in zip(steps, steps[1:]):
            self.assertIn(target, oracle.objects[source]["refs"])

    def test_paths_end_in_different_referrers_and_do_not_pass_the_object(self):
        for dump, oracle in self.oracles.items():
            referrers = oracle.referrers()
            shared = [address for address in oracle.objects if len(referrers[address]) > 3]
            sample = _sample(shared, 20)
            answers = _ask(dump, *(f"paths 1000 {address:#x}" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    self._assert_paths(oracle, answer, address)

    def _assert_paths(self, oracle, answer, address):
        last = set()
        lengths = []
        for number in range(1, answer["paths"] + 1):
            rows = [row for row in answer["rows"] if row["path"] == number]
            self._assert_path(oracle, rows, address, None)
            steps = [row["address"] for row in rows]
            self.assertNotIn(address, steps[:-1])
            last.add(steps[-2])
            lengths.append(len(steps))
        self.assertEqual(len(last), answer["paths"])
        self.assertEqual(lengths, sorted(lengths))

    def test_paths_count_all_referrers_that_are_reached_without_the_object(self):
        oracle = self.oracles[_SHAPES]
        shared = [a for a, sources in oracle.referrers().items()
                  if len(sources) > 3 and a in oracle.objects]
        address = _sample(shared, 1)[0]
        without = dump_oracle.DumpOracle(_SHAPES)
        without.objects[address]["refs"] = []
        reached = without.distances()
        expected = sum(source in reached and source != address
                       for source in oracle.referrers()[address])
        expected += address in oracle.starts()
        self.assertEqual(_ask(_SHAPES, f"paths 100000 {address:#x}")[0]["paths"], expected)

    def test_references_are_those_of_the_dump(self):
        for dump, oracle in self.oracles.items():
            sample = _sample(oracle.objects, 100)
            answers = _ask(dump, *(f"refs {address:#x} -n 100000" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    self.assertEqual(
                        [row["address"] for row in answer["rows"]],
                        [target if target in oracle.objects else None
                         for target in oracle.objects[address]["refs"]])

    def test_references_have_the_names_of_the_dump(self):
        for dump, oracle in self.oracles.items():
            sample = _sample((a for a, r in oracle.objects.items() if r["refs"]), 100)
            answers = _ask(dump, *(f"refs {address:#x} -n 100000" for address in sample))
            for address, answer in zip(sample, answers):
                record = oracle.objects[address]
                num_pairs = record.get("pairs", 0)
                for index, name in enumerate(record.get("names", [])):
                    shown = answer["rows"][2 * num_pairs + index]["name"]
                    if name is not None and name.isidentifier():
                        self.assertEqual(shown, "." + name)
                for index in range(1, 2 * num_pairs, 2):
                    key = oracle.objects.get(record["refs"][index - 1], {})
                    if key.get("type") == "str" and key["value"].isalnum():
                        self.assertEqual(answer["rows"][index]["name"], f"['{key['value']}']")

    def test_referrers_are_those_of_the_dump_the_largest_first(self):
        for dump, oracle in self.oracles.items():
            referrers = oracle.referrers()
            sample = _sample(oracle.objects, 100)
            answers = _ask(dump, *(f"referrers {address:#x} -n 100000" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    found = [row["address"] for row in answer["rows"]]
                    self.assertEqual({source for source in found if source is not None},
                                     referrers[address])
                    self.assertEqual(found.count(None),
                                     sum(address in root["refs"] for root in oracle.roots))
                    retained = [row["retained"] for row in answer["rows"]]
                    self.assertEqual(retained, sorted(retained, reverse=True))

    def test_names_lead_back_to_their_objects(self):
        for dump, oracle in self.oracles.items():
            sample = _sample(oracle.objects, 150)
            names = [answer["name"] for answer in
                     _ask(dump, *(f"info {address:#x}" for address in sample))]
            again = _ask(dump, *(f"info {name}" for name in names))
            for address, name, answer in zip(sample, names, again):
                with self.subTest(dump=dump, name=name):
                    self.assertEqual(answer["address"], address)

    def test_what_is_owned_adds_up(self):
        for dump, oracle in self.oracles.items():
            sample = _sample(oracle.objects, 60)
            infos = _ask(dump, *(f"info {address:#x}" for address in sample))
            owned = _ask(dump, *(f"owned {address:#x} -n 100000" for address in sample))
            types = _ask(dump, *(f"types {address:#x} -n 100000" for address in sample))
            for info, owned_answer, types_answer in zip(infos, owned, types):
                with self.subTest(dump=dump, name=info["name"]):
                    own = info["retained"] - sum(r["retained"] for r in owned_answer["rows"])
                    # The __dict__ is a part of its owner, unless others share it.
                    own_dict = oracle.objects[info["dict"]]["size"] if "dict" in info else 0
                    self.assertIn(own - info["size"], (0, own_dict))
                    self.assertEqual(sum(r["bytes"] for r in types_answer["rows"]),
                                     info["retained"])

    def test_types_of_main_are_those_of_the_dump(self):
        for dump, oracle in self.oracles.items():
            with self.subTest(dump=dump):
                rows = _ask(dump, "types -n 100000")[0]["rows"]
                self.assertEqual(sum(row["objects"] for row in rows), len(oracle.objects))
                self.assertEqual(sum(row["bytes"] for row in rows),
                                 sum(r["size"] for r in oracle.objects.values()))
                dicts = oracle.select("dict")
                self.assertIn(
                    (len(dicts), sum(r["size"] for r in dicts)),
                    [(row["objects"], row["bytes"]) for row in rows if row["type"] == "dict"])

    def test_find_finds_what_is_there(self):
        for dump, oracle in self.oracles.items():
            for command, records in (
                    ("find type=s?r", oracle.select("s?r")),
                    ("find value~ess", oracle.select(value="ess")),
                    ("find size>1K", oracle.select("*", "", 1024)),
                    ("find type=dict size>1000", oracle.select("dict", "", 1000))):
                with self.subTest(dump=dump, command=command):
                    answer = _ask(dump, command + " -n 1000000")[0]
                    self.assertEqual({row["address"] for row in answer["rows"]},
                                     {record["address"] for record in records})
                    self.assertEqual(answer["objects"], len(records))
                    self.assertEqual(answer["bytes"], sum(r["size"] for r in records))

    def test_owners_lead_to_main(self):
        for dump, oracle in self.oracles.items():
            sample = _sample(oracle.objects, 50)
            for answer in _ask(dump, *(f"owner {a:#x} -n 100000" for a in sample)):
                retained = [row["retained"] for row in answer["rows"]]
                self.assertEqual(answer["rows"][-1]["name"], "main")
                self.assertEqual(retained, sorted(retained))

    def test_top_is_sorted_and_does_not_name_the_place_itself(self):
        for dump in _DUMPS:
            rows = _ask(dump, "top -n 50")[0]["rows"]
            retained = [row["retained"] for row in rows]
            self.assertEqual(retained, sorted(retained, reverse=True))
            below = _ask(dump, f"top {rows[0]['address']:#x} -n 100000")[0]["rows"]
            self.assertNotIn(rows[0]["address"], [row["address"] for row in below])


class MovesTest(unittest.TestCase):
    maxDiff = None

    def _names(self, *commands):
        return [answer["name"] for answer in _ask(_LEAK, *commands)]

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
        address = _ask(_LEAK, f"info {name}")[0]["address"]
        answers = _ask(
            _LEAK, f"info {address}", f"info {address:#x}",
            'info __main__.CACHE["session-0007"].data["basket"][ 1 ]',
            "cd __main__", "info CACHE['session-0007'].data['basket'][1]",
            "info .CACHE['session-0007'].data['basket'][1]",
            "cd CACHE['session-0007']", "info .data['basket'][1]", "info data['basket'][1]",
            "cd .data",
            "cd ['basket']", "info [1]", "ls", "info 2")
        self.assertEqual([answer["address"] for answer in answers if answer["command"] == "info"],
                         [address] * 9)

    def test_rows_have_numbers(self):
        answers = _ask(_LEAK, "find type=Session name~session-000", "info 3", "find type=str -n 2",
                       "info 2")
        self.assertEqual(answers[1]["address"], answers[0]["rows"][2]["address"])
        self.assertEqual(answers[3]["address"], answers[2]["rows"][1]["address"])

    def test_threads_and_the_interpreter_are_places(self):
        answers = _ask(_LEAK, "info MainThread", "ls MainThread", "info MainThread.frame",
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
        status, stdout, stderr = _walk(_LEAK, "ls __main__ -n 3")
        self.assertEqual((status, stderr), (0, ""))
        self.assertEqual(
            stdout,
            "#  Retained   Size  Owned  Type    Name           Content\n"
            "1    259442  13056  yes    dict    .CACHE         500 items\n"
            "2    211437     72         module  .__builtins__  module builtins\n"
            "3    107563     72         module  .sys           module sys\n"
            "12 more; -n 15 shows all\n")

    def test_commands_of_a_line_are_answered_in_turn(self):
        result = heapgrind_program.run(
            "walk", _LEAK, "-c", "cd __main__; info .CONFIG['language']\n# a comment\n\ncd; quit; ls")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        lines = [line.split("  ", 1) for line in result.stdout.splitlines()]
        self.assertEqual(
            [(title, text.strip()) for title, text in lines if title in ("Name", "Content")],
            [("Name", "__main__"), ("Name", "__main__.CONFIG['language']"), ("Content", "'en'"),
             ("Name", "main")])

    def test_help_lists_the_commands_and_says_more_of_each(self):
        status, stdout, _ = _walk(_LEAK, "help")
        self.assertEqual(status, 0)
        names = [line.split()[0] for line in stdout.splitlines()]
        self.assertEqual(
            names, ["ls", "cd", "up", "back", "info", "refs", "referrers", "path", "paths", "owner",
                    "owned", "find", "top", "types", "source", "help", "quit"])
        status, stdout, stderr = _walk(_LEAK, *(f"help {name}" for name in names[:-1]))
        self.assertEqual((status, stderr), (0, ""))
        self.assertIn("retained>N", stdout)

    def test_help_fits_a_terminal(self):
        _, stdout, _ = _walk(_LEAK, "help", "help ls", "help find", "help paths")
        stdout += heapgrind_program.run("walk", "--help").stdout
        self.assertLessEqual(max(len(line) for line in stdout.splitlines()), 80)

    def test_source_shows_the_lines(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "leak.py"), "w", encoding="utf-8") as file:
                file.write("\n\n\n\nCACHE = {}\nclass Session:\n    pass\n")
            result = heapgrind_program.run(
                "walk", f"--source-prefix=/tmp/heapgrind-testdata={folder}", _LEAK, "-c",
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
            status, stdout, stderr = _walk(path, "path 32", "info 32")
        self.assertEqual((status, stderr), (0, ""))
        self.assertIn("Paths  0\nNo root reaches it: ", stdout)
        self.assertIn("\nOwner       unreachable\n", stdout)


class FailuresTest(unittest.TestCase):
    maxDiff = None

    def _assert_fails(self, command, message):
        self.assertEqual(_walk(_LEAK, "cd __main__", command, "cd /")[::2],
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
        status, stdout, stderr = _walk(_LEAK, "lss", "cd __main__")
        self.assertEqual((status, stdout.splitlines()[0]), (1, "Name     __main__"))
        self.assertIn("<stdin>:1: expected a command", stderr)

    def test_json_has_failures_too(self):
        result = heapgrind_program.run("walk", "--json", _LEAK, "-c", "up; cd __main__")
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
        with open(_LEAK, "rb") as dump:
            result = heapgrind_program.run("walk", "-", "-c", "info __main__.CACHE", stdin=dump)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertTrue(result.stdout.startswith("Name        __main__.CACHE\n"), result.stdout)

    def test_a_reader_that_leaves_ends_it_silently(self):
        with subprocess.Popen([heapgrind_program.PROGRAM, "walk", _LEAK, "-c", "find size>0 -n 99999"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            stderr = process.stderr.read()
        self.assertEqual((process.returncode, stderr), (-signal.SIGPIPE, b""))


if __name__ == "__main__":
    unittest.main()
