"""Tests the script `run`, in a copy of the workspace with a Bazel that is ours."""

import os
import shutil
import unittest

from tests import run_support


class RunTest(run_support.Workspace):
    def _num_builds(self):
        return len(self._lines_of_log())

    def test_alone_explains_itself(self):
        result = self._run()
        self.assertEqual(result.returncode, 0)
        self.assertIn("memdump2callgrind DUMP", result.stdout)

    def test_unknown_command_is_a_usage_error(self):
        result = self._run("frobnicate")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertEqual(
            result.stderr.split("\n")[0], "run: expected a command, got 'frobnicate'")

    def test_unknown_program_is_a_usage_error(self):
        result = self._run("test-programs", "frobnicate")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertEqual(
            result.stderr.split("\n")[0], "run: expected a program in "
            "tests/end_to_end/programs/jobs, got 'frobnicate'")

    def test_passes_arguments_stdin_folder_and_exit_status(self):
        result = self._run("memdump2callgrind", "-", "two words")
        self.assertEqual(result.stdout, f"{self._folder}:- two words\nfrom stdin")
        self.assertEqual(result.returncode, 7)

    def test_runs_heapgrind_likewise(self):
        result = self._run("heapgrind", "summary", "two words")
        self.assertEqual(result.stdout, f"{self._folder}:summary two words\nfrom stdin")
        self.assertEqual(result.returncode, 7)

    def test_works_through_a_symbolic_link(self):
        link = os.path.join(self._folder, "link")
        os.symlink(os.path.join(self._root, "run"), link)
        self.assertEqual(self._run("memdump2callgrind", script=link).returncode, 7)

    def test_second_start_does_not_build(self):
        self._run("memdump2callgrind")
        self._run("memdump2callgrind")
        self.assertEqual(self._num_builds(), 1)

    def test_second_start_does_not_need_the_output_of_bazel(self):
        self._run("memdump2callgrind")
        shutil.rmtree(f"{self._log}.bin")
        self.assertEqual(self._run("memdump2callgrind").returncode, 7)

    def test_changed_source_builds_again(self):
        self._run("memdump2callgrind")
        self._write(os.path.join(self._root, "converter/reader.cc"), "int x;\n")
        self._run("memdump2callgrind")
        self.assertEqual(self._num_builds(), 2)

    def test_source_moved_here_with_an_old_time_builds_again(self):
        self._run("memdump2callgrind")
        source = os.path.join(self._root, "converter/reader.cc")
        self._write(source, "int x;\n")
        os.utime(source, (0, 0))
        self._run("memdump2callgrind")
        self.assertEqual(self._num_builds(), 2)

    def test_deleted_source_builds_again(self):
        self._run("memdump2callgrind")
        os.remove(os.path.join(self._root, "converter/reader.cc"))
        self._run("memdump2callgrind")
        self.assertEqual(self._num_builds(), 2)

    def test_failed_build_leaves_nothing(self):
        self._write(os.path.join(self._folder, "bin", "bazel"), "#!/bin/bash\nexit 1\n")
        result = self._run("memdump2callgrind")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertEqual(os.listdir(os.path.join(self._root, ".run")), ["build.log"])

    def test_failed_build_shows_the_end_of_its_log(self):
        self._write_program("bazel", "#!/bin/bash\nseq 100\nexit 1\n")
        result = self._run("memdump2callgrind")
        self.assertEqual(result.stdout, "")
        self.assertEqual(result.stderr.splitlines(), [
            "run: building memdump2callgrind, the first time for some minutes "
            f"(log: {self._root}/.run/build.log)", *map(str, range(81, 101))])

    def test_build_that_passes_is_one_line(self):
        result = self._run("memdump2callgrind")
        self.assertEqual(result.stderr.count("\n"), 1)

    def test_says_what_to_do_where_apt_is_not(self):
        for name in ("bash", "dirname", "readlink"):
            path = os.path.join(self._folder, "few", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            os.symlink(shutil.which(name, path="/usr/bin:/bin"), path)
        result = self._run("memdump2callgrind", PATH=os.path.join(self._folder, "few"),
                           HEAPGRIND_NO_APT="")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(
            result.stderr,
            r"\Arun: expected apt-get, to install: g\+\+ .* zlib1g-dev\n"
            r"hint: install what these are called here, then set HEAPGRIND_NO_APT=1\n\Z")


if __name__ == "__main__":
    unittest.main()
