"""Tests where the programs do not write to, and who may read what they write."""

import os
import pty
import stat
import subprocess
import tempfile
import unittest

from tests.end_to_end.support import converter, heapgrind_program

_NOBODY = 65534  # A user.
_DUMP = b'{"address": 16, "type": "str", "size": 73, "refs": []}\n'


class OutputPlaceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.dump = self._write("app.json", _DUMP)
        self.other = self._write("other.json", _DUMP)

    def _write(self, name, content, mode=0o644):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content)
        os.chmod(path, mode)
        return path

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _refused(self, result, program, name, place):
        self.assertEqual(
            (result.returncode, result.stdout or "", result.stderr),
            (2, "", f"{program}: expected an output that is no input, got the dump {name} as "
                    f"{place}\n"))
        with open(self.dump, "rb") as file:
            self.assertEqual(file.read(), _DUMP)


class OutputThatIsInputTest(OutputPlaceTest):
    def _convert(self, *words, **options):
        return converter.run(*words, cwd=self.folder, encoding="utf-8", **options)

    def _ask(self, *words, **options):
        return heapgrind_program.run(*words, cwd=self.folder, **options)

    def test_profile_over_its_dump_is_refused_by_any_name(self):
        os.link(self.dump, self._path("same"))
        os.symlink("app.json", self._path("link"))
        for place in "app.json", "./app.json", "same", "link", self.dump:
            self._refused(self._convert("-o", place, "app.json"), "memdump2callgrind",
                          "app.json", place)

    def test_profile_over_the_dump_that_it_is_compared_with_is_refused(self):
        self._refused(self._convert("-o", "app.json", "--base=app.json", "other.json"),
                      "memdump2callgrind", "app.json", "app.json")

    def test_profile_over_one_of_several_dumps_is_refused(self):
        for words in ("merge",), ("merge", "--merge=sum"):
            self._refused(self._ask(*words, "-o", "app.json", "other.json", "app.json"),
                          "heapgrind merge", "app.json", "app.json")

    def test_profile_called_after_the_process_is_refused_as_well(self):
        dump = self._write("7", b'{"heapgrind": 1, "pid": 7}\n' + _DUMP)
        result = self._convert("-o", "%p", "7")
        self.assertEqual((result.returncode, result.stderr.splitlines()[-1]),
                         (2, "memdump2callgrind: expected an output that is no input, got the "
                             "dump 7 as 7"))
        with open(dump, "rb") as file:
            self.assertTrue(file.read().endswith(_DUMP))

    def test_stripped_dump_over_itself_is_refused(self):
        self._refused(self._ask("strip", "-o", "app.json", "app.json"), "heapgrind strip",
                      "app.json", "app.json")

    def test_dump_on_standard_input_counts(self):
        with open(self.dump, "rb") as dump:
            self._refused(self._ask("strip", "-o", "app.json", "-", stdin=dump),
                          "heapgrind strip", "<stdin>", "app.json")

    def test_part_of_a_series_over_a_dump_is_refused(self):
        self._write("part.2", _DUMP)
        result = self._ask("series", "-o", "part", "part.2", "other.json")
        self.assertEqual(result.returncode, 2)
        self.assertFalse(os.path.exists(self._path("part.1")))

    def test_standard_output_that_is_the_dump_is_refused(self):
        for words in (("summary", "app.json"), ("diff", "app.json", "other.json"),
                      ("series", "app.json", "other.json"), ("strip", "app.json"),
                      ("walk", "app.json", "-c", "ls"), ("merge", "app.json"),
                      ("export", "--format=folded", "app.json")):
            with open(self.dump, "ab") as output:
                self._refused(self._ask(*words, stdout=output), f"heapgrind {words[0]}",
                              "app.json", "<stdout>")


class PrivacyTest(OutputPlaceTest):
    def setUp(self):
        super().setUp()
        self.addCleanup(os.umask, os.umask(0))
        self.private = self._write("private.json", _DUMP, 0o600)

    def _mode(self, name):
        return stat.S_IMODE(os.stat(self._path(name)).st_mode)

    def test_what_is_made_of_a_private_dump_is_private(self):
        out = self._path("out")
        for words in (("merge", self.private), ("merge", self.dump, self.private),
                      ("merge", "--base", self.private, self.dump),
                      ("strip", self.private), ("export", "--format=pprof", self.private),
                      ("export", "--format=heapsnapshot", self.private)):
            self.assertEqual(heapgrind_program.run(*words, "-o", out).returncode, 0)
            self.assertEqual(self._mode("out"), 0o600, words)
            os.remove(out)

    def test_parts_of_a_series_are_private_together(self):
        result = heapgrind_program.run("series", "-o", self._path("part"), self.dump, self.private)
        self.assertEqual(result.returncode, 0)
        self.assertEqual((self._mode("part.1"), self._mode("part.2")), (0o600, 0o600))

    def test_group_that_may_read_the_dump_may_read_its_profile(self):
        os.chmod(self.private, 0o440)
        converter.convert(self.private, self._path("out"))
        self.assertEqual(self._mode("out"), 0o640)

    def test_private_standard_input_counts(self):
        with open(self.private, "rb") as dump:
            heapgrind_program.run("strip", "-o", self._path("out"), "-", stdin=dump)
        self.assertEqual(self._mode("out"), 0o600)

    def test_public_dump_makes_a_public_profile(self):
        converter.convert(self.dump, self._path("out"))
        self.assertEqual(self._mode("out"), 0o644)


class PlantedTest(OutputPlaceTest):
    """Links of another user in a folder for everybody."""

    def setUp(self):
        super().setUp()
        try:
            os.chown(self._write("given", b""), _NOBODY, _NOBODY)
        except OSError as error:
            self.skipTest(f"not run: expected to make links of another user, got {error}")
        self.victim = self._write("victim", b"precious")
        self.sticky = self._path("sticky")
        os.mkdir(self.sticky)
        os.chmod(self.sticky, 0o1777)

    def _plant(self, target, name, owner=_NOBODY):
        path = os.path.join(self.sticky, name)
        os.symlink(target, path)
        os.lchown(path, owner, owner)
        return path

    def _convert(self, place):
        result = converter.run("-o", place, self.dump, encoding="utf-8")
        with open(self.victim, encoding="utf-8") as file:
            return result.returncode, file.read(), result.stderr

    def _assert_refused(self, place):
        self.assertEqual(
            self._convert(place),
            (1, "precious", f"memdump2callgrind: {place}: expected a place of one's own to write "
                            "to, got a link that another user has put into a folder for "
                            "everybody\n"))

    def test_foreign_link_is_refused(self):
        self._assert_refused(self._plant(self.victim, "out"))

    def test_foreign_link_to_a_folder_is_refused(self):
        self._assert_refused(os.path.join(self._plant(self.folder, "folder"), "victim"))

    def test_link_to_a_foreign_link_is_refused(self):
        self._plant(self.victim, "out")
        os.symlink("sticky/out", self._path("mine"))
        self._assert_refused(self._path("mine"))

    def test_own_link_is_followed(self):
        status, content, _ = self._convert(self._plant(self.victim, "out", owner=0))
        self.assertEqual(status, 0)
        self.assertTrue(content.startswith("# callgrind format"))

    def test_foreign_pipe_is_refused(self):
        path = os.path.join(self.sticky, "pipe")
        os.mkfifo(path)
        os.chown(path, _NOBODY, _NOBODY)
        result = converter.run("-o", path, self.dump, encoding="utf-8", timeout=60)
        self.assertEqual(result.returncode, 1)
        self.assertIn("got a device or pipe that another user has put", result.stderr)


class TerminalTest(OutputPlaceTest):
    def _run(self, program, *words):
        """Returns exit status, what a terminal as standard output shows, and stderr."""
        ours, theirs = pty.openpty()
        with subprocess.Popen([program, *words], stdin=subprocess.DEVNULL, stdout=theirs,
                              stderr=subprocess.PIPE) as process:
            os.close(theirs)
            stderr = process.stderr.read().decode("utf-8")
            text = b""
            while True:
                try:
                    text += os.read(ours, 1 << 16)
                except OSError:  # The other end is closed.
                    break
            os.close(ours)
        return process.returncode, text, stderr

    def test_profile_does_not_go_to_a_terminal(self):
        self.assertEqual(
            self._run(converter.PROGRAM, self.dump),
            (2, b"", "memdump2callgrind: expected a file for the profile, got a terminal\n"
                     "hint: add > callgrind.out.NAME or, to see it here, -o -\n"))

    def test_export_does_not_go_to_a_terminal(self):
        self.assertEqual(
            self._run(heapgrind_program.PROGRAM, "export", "--format=pprof", self.dump),
            (2, b"", "heapgrind export: expected a file for the profile, got a terminal\n"
                     "hint: add > heap.pb.gz or, to see it here, -o -\n"))

    def test_stripped_dump_does_not_go_to_a_terminal(self):
        status, text, stderr = self._run(heapgrind_program.PROGRAM, "strip", self.dump)
        self.assertEqual((status, text), (2, b""))
        self.assertIn("expected a file for the dump, got a terminal", stderr)

    def test_it_does_where_asked_to(self):
        status, text, _ = self._run(converter.PROGRAM, "-o", "-", self.dump)
        self.assertEqual((status, text[:18]), (0, b"# callgrind format"))


if __name__ == "__main__":
    unittest.main()
