"""Tests input that is meant to harm: endless, hidden, in the way, or somebody else's."""

import gzip
import json
import os
import resource
import subprocess
import tempfile
import unittest

from tests.end_to_end.support import converter, heapgrind_program

_OBJECT = '{"address": 16, "type": "str", "size": 73, "refs": []}\n'
_CONVERT = (converter.PROGRAM, "-o", "/dev/null")
_SUMMARY = (heapgrind_program.PROGRAM, "summary")
_STRIP = (heapgrind_program.PROGRAM, "strip", "-o", "/dev/null")
_STRIP_VALUES = (*_STRIP, "--values=none")


def _limit_memory():
    resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))


class EndlessInputTest(unittest.TestCase):
    """Refused by its first bytes: no command may read to an end that there is not."""

    def _refusals(self, shell):
        """What each command says of what a shell command writes for ever."""
        says = set()
        for command in _CONVERT, _SUMMARY, _STRIP, _STRIP_VALUES:
            with subprocess.Popen(["sh", "-c", shell], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL) as writer:
                result = subprocess.run(
                    [*command, "-"], stdin=writer.stdout, stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE, encoding="utf-8", timeout=120, check=False,
                    preexec_fn=_limit_memory)
                writer.stdout.close()
                writer.kill()
            self.assertEqual(result.returncode, 1, (command, shell, result.stderr))
            says.add(result.stderr.partition(": ")[2])
        return says

    def test_zeros(self):
        self.assertEqual(self._refusals("cat /dev/zero"),
                         {"<stdin>:1:1: expected a record, got byte 0x00\n"})

    def test_zeros_by_name(self):
        result = converter.run("-o", "/dev/null", "/dev/zero", encoding="utf-8", timeout=120,
                               preexec_fn=_limit_memory)
        self.assertEqual(
            (result.returncode, result.stderr),
            (1, "memdump2callgrind: /dev/zero:1:1: expected a record, got byte 0x00\n"))

    def test_compressed_zeros(self):
        self.assertEqual(self._refusals("gzip -c1 /dev/zero"),
                         {"<stdin>:1:1: expected a record, got byte 0x00\n"})

    def test_digits(self):
        self.assertEqual(self._refusals("yes 1 | tr -d '\\n'"),
                         {f"<stdin>:1:1: expected a record, got {'1' * 32}...\n"})

    def test_brackets(self):
        self.assertEqual(self._refusals("yes '[' | tr -d '\\n'"),
                         {"<stdin>:1:1: expected a record, got an array\n"})

    def test_braces(self):
        self.assertEqual(len(self._refusals("yes '{' | tr -d '\\n'")), 1)

    def test_blanks(self):
        self.assertEqual(self._refusals("yes ' ' | tr -d '\\n'"),
                         {"<stdin>:1:1: expected at least one object record, got none\n"})

    def test_empty_lines(self):
        for says in self._refusals("yes ''"):
            self.assertRegex(says, r"\A<stdin>:\d+:1: expected at least one object record")

    def test_line_in_the_middle(self):
        self.assertEqual(self._refusals(f"printf '%s\\n' '{_OBJECT.strip()}'; cat /dev/zero"),
                         {"<stdin>:2:1: expected a record, got byte 0x00\n"})

    def test_noise(self):
        self._refusals("cat /dev/urandom")


class ForeignInputTest(unittest.TestCase):
    def _hint(self, program, name, content):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(content)
            result = subprocess.run([*program, path], stdout=subprocess.PIPE, encoding="utf-8",
                                    stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 1)
        return result.stderr.splitlines()[-1]

    def test_other_compression_is_told_how_to_be_piped(self):
        for name, content, tool in (
                ("a.xz", b"\xfd7zXZ\0\0\4", "xz -dc"), ("a.bz2", b"BZh91AY&SY", "bzip2 -dc"),
                ("a.lz4", b"\x04\x22\x4d\x18dp", "lz4 -dc"), ("a.lz", b"LZIP\1", "lzip -dc"),
                ("a.zip", b"PK\3\4\x14\0", "unzip -p")):
            self.assertTrue(self._hint(_SUMMARY, name, content).endswith(
                f"; try {tool} FILE | heapgrind summary -"), name)
            self.assertTrue(self._hint(_CONVERT, name, content).endswith(
                f"; try {tool} FILE | memdump2callgrind -"), name)

    def test_tilde_is_told(self):
        for command in (converter.PROGRAM, "~/a.json"), (*_SUMMARY, "~/a.json"), (
                converter.PROGRAM, "--base=~/a.json", "~/b.json"):
            result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                    encoding="utf-8", check=False)
            self.assertIn("\nhint: a shell expands ~ only at the beginning of a word",
                          result.stderr)

    def test_tilde_of_a_source_prefix_is_told(self):
        result = converter.run("--source-prefix=/a=~/b", "a.json", encoding="utf-8")
        self.assertEqual(result.returncode, 2)
        self.assertIn("hint: a shell expands ~", result.stderr)


class HiddenCharactersTest(unittest.TestCase):
    """What drives a terminal or hides from the eye is escaped, whatever is asked for."""

    _HIDDEN = ("\u202e", "\u2066", "\u061c", "\u200b", "\u2028", "\ufeff", "\x9b", "\x1b", "\x7f")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        evil = "e" + "".join(self._HIDDEN) + "\ud800"
        self.dump = os.path.join(folder.name, "evil\u202e\x1b.json")
        records = (
            {"heapgrind": 1, "python": evil, "pid": 7, "argv": [evil], "executable": evil},
            {"site": 1, "file": "/" + evil, "line": 1},
            {"root": "thread", "name": evil, "refs": [48], "names": [evil]},
            {"root": "modules", "name": "sys.modules", "refs": [16]},
            {"address": 16, "type": "dict", "size": 64, "pairs": 1, "refs": [32, 48]},
            {"address": 32, "type": "str", "size": 80, "len": 11, "value": evil, "refs": []},
            {"address": 48, "type": evil, "size": 72, "kind": "module", "name": evil,
             "file": f"/{evil}.py", "refs": [64], "names": [evil]},
            {"address": 64, "type": evil, "size": 3000, "site": 1, "len": 1, "value": evil,
             "refs": []},
            {"address": 80, "type": "str", "size": 80, "len": 11, "value": evil, "refs": []})
        with open(self.dump, "w", encoding="ascii") as file:
            for record in records:
                file.write(json.dumps(record) + "\n")

    def _outputs(self):
        walk = ("ls; info 48; refs; cd 48; ls; path 64; types; find type=*; find name~e; source; "
                "nosuch\u202e\x1b; cd \u202e")
        yield converter.run(self.dump, encoding="utf-8")
        for by in "type", "object", "site":
            yield converter.run(f"--by={by}", self.dump, encoding="utf-8")
        yield heapgrind_program.run("diff", "--json", self.dump, self.dump)
        for json_option in (), ("--json",):
            yield heapgrind_program.run("summary", *json_option, self.dump)
            yield heapgrind_program.run("series", "--by=path", *json_option, self.dump, self.dump)
            yield heapgrind_program.run("walk", *json_option, self.dump, "-c", walk)
        yield heapgrind_program.run("summary", "no\u202e\x1b.json")
        yield converter.run("--no\u202e\x1b", "a", encoding="utf-8")

    def test_no_output_has_them(self):
        num_outputs = 0
        for result in self._outputs():
            for text in result.stdout, result.stderr:
                found = [c for c in self._HIDDEN if c in text]
                self.assertEqual(found, [], (result.args, text))
            num_outputs += bool(result.stdout)
        self.assertGreaterEqual(num_outputs, 11)

    def test_they_are_escaped_and_not_lost(self):
        self.assertIn("<U+202E>", converter.run(self.dump, encoding="utf-8").stdout)
        lines = heapgrind_program.run("summary", "--json", self.dump).stdout
        self.assertIn("\\u202e", lines)
        self.assertIn("\u202e", json.loads(lines)["dump"])


class SurplusNamesTest(unittest.TestCase):
    _LINES = (
        '{"root": "thread", "refs": [16, 16], "names": ["a", "b", "thread", "thread"]}\n'
        '{"address": 16, "type": "dict", "size": 73, "pairs": 1, "refs": [16, 16, 16], '
        '"names": ["a", "__dict__"]}\n')

    def test_they_are_left_out_and_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.json.gz")
            with gzip.open(path, "wt") as file:
                file.write(self._LINES)
            for command in (*_CONVERT, path), (*_CONVERT, "--by=type", path), (*_SUMMARY, path):
                result = subprocess.run(command, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, encoding="utf-8", check=False)
                self.assertEqual(result.returncode, 0)
                self.assertIn("a.json.gz: names of no reference, left out: 3\n", result.stderr)


if __name__ == "__main__":
    unittest.main()
