"""Tests python_root.py and what uses it, as far as that needs no network and no root."""

import contextlib
import io
import os
import tempfile
import unittest
from unittest import mock

import free_threaded_python
import python_root
import root_wheel
import test_32bit
import musl_wheel
import test_aarch64
import test_free_threaded
import test_musl
import test_roots
from count_tests import Count
from python_root import Debian, NotRun

_TARGETS = """bookworm-updates http://example.org/debian
bookworm http://example.org/debian
bookworm http://example.org/other
"""
_DEBIAN = Debian("trixie", "amd64", ("gcc", "python3-dev"))

# Stands for debootstrap: $4 is the folder.  Notes that it ran, and makes it slowly.
_DEBOOTSTRAP = """
mkdir "$4"
echo "$1 $2 $3 $5" > "$4/arguments"
echo made >> "$4/../log"
sleep 0.3
touch "$4/whole"
"""


class MirrorTest(unittest.TestCase):
    def test_first_mirror_of_the_release_is_taken(self):
        self.assertEqual(
            python_root.choose_mirror(_TARGETS, "bookworm"), "http://example.org/debian")

    def test_release_without_a_mirror(self):
        with self.assertRaises(NotRun) as caught:
            python_root.choose_mirror(_TARGETS, "trixie")
        self.assertEqual(
            str(caught.exception),
            "expected a mirror of Debian 'trixie' in apt's sources, got none")


class MachineTest(unittest.TestCase):
    def _refusal(self, *arguments):
        with self.assertRaises(NotRun) as caught:
            python_root.check_machine(*arguments)
        return str(caught.exception)

    def test_other_architecture(self):
        self.assertEqual(
            self._refusal("i386", "aarch64", 0),
            "expected a machine that runs programs for i386, got aarch64")

    def test_machine_of_32_bits_runs_none_of_64(self):
        self.assertEqual(
            self._refusal("amd64", "i686", 0),
            "expected a machine that runs programs for amd64, got i686")

    def test_user_who_is_not_root(self):
        self.assertEqual(
            self._refusal("i386", "x86_64", 1000), "expected root, to make a root file system")

    def test_machine_without_unshare(self):
        with mock.patch.dict(os.environ, PATH="/nonexistent"):
            self.assertEqual(
                self._refusal("i386", "x86_64", 0),
                "expected unshare in PATH (Debian: util-linux)")


    def test_machine_without_an_emulator(self):
        with mock.patch("emulated.EMULATOR", "/nonexistent"):
            self.assertEqual(self._refusal("arm64", "x86_64", 0),
                             "expected /nonexistent (Debian: qemu-user-static)")


class PathTest(unittest.TestCase):
    def _path(self, debian=_DEBIAN, **environment):
        with mock.patch.dict(os.environ, environment):
            return python_root.path_of(debian)

    def test_cache_folder_of_the_user(self):
        folder = os.path.dirname(self._path(XDG_CACHE_HOME="", HOME="/home/user"))
        self.assertEqual(folder, "/home/user/.cache/heapgrind")

    def test_cache_folder_that_the_environment_names(self):
        self.assertEqual(os.path.dirname(self._path(XDG_CACHE_HOME="/cache")), "/cache/heapgrind")

    def test_relative_cache_folder_is_ignored(self):
        folder = os.path.dirname(self._path(XDG_CACHE_HOME="cache", HOME="/home/user"))
        self.assertEqual(folder, "/home/user/.cache/heapgrind")

    def test_name_says_what_the_folder_is_for(self):
        self.assertRegex(os.path.basename(self._path()), r"\Adebian-trixie-amd64-[0-9a-f]{12}\Z")

    def test_order_of_the_packages_does_not_matter(self):
        other = _DEBIAN._replace(packages=("python3-dev", "gcc"))
        self.assertEqual(self._path(other), self._path())

    def test_whatever_changes_the_content_changes_the_name(self):
        names = {self._path(), self._path(_DEBIAN._replace(packages=("gcc",))),
                 self._path(_DEBIAN._replace(codename="sid")),
                 self._path(_DEBIAN._replace(architecture="i386"))}
        with mock.patch.object(python_root, "DEBOOTSTRAP", "other"):
            names.add(self._path())
        self.assertEqual(len(names), 5)


class MakeTest(unittest.TestCase):
    """With a debootstrap that is ours, and no namespaces."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._cache = os.path.join(folder.name, "heapgrind")
        self._patch(mock.patch.dict(os.environ, XDG_CACHE_HOME=folder.name))
        self._patch(mock.patch.object(python_root, "check_machine"))
        self._patch(mock.patch.object(python_root, "check_program"))
        self._patch(mock.patch.object(python_root, "find_mirror", return_value="mirror"))
        self._patch(mock.patch.object(python_root, "run_in", return_value=0))
        self._patch(contextlib.redirect_stderr(io.StringIO()))
        self._use(_DEBOOTSTRAP)

    def _patch(self, patch):
        patch.__enter__()
        self.addCleanup(patch.__exit__, None, None, None)

    def _use(self, script):
        """Lets a script stand for debootstrap."""
        self._patch(mock.patch.object(
            python_root, "in_namespace",
            lambda _, *arguments: ["sh", "-euc", script, "sh", *arguments]))

    def _entries(self):
        return [name for name in os.listdir(self._cache) if not name.endswith(".lock")]

    def test_folder_is_made_of_what_is_asked_for(self):
        path = python_root.make(_DEBIAN)
        with open(os.path.join(path, "arguments"), encoding="ascii") as arguments:
            self.assertEqual(arguments.read(), "amd64 gcc,python3-dev trixie mirror\n")

    def test_folder_is_made_once(self):
        paths = {python_root.make(_DEBIAN), python_root.make(_DEBIAN)}
        self.assertEqual(sorted(self._entries()), [os.path.basename(*paths), "log"])
        with open(os.path.join(self._cache, "log"), encoding="ascii") as log:
            self.assertEqual(log.read(), "made\n")

    def test_two_at_once_make_it_once(self):
        child = os.fork()
        path = python_root.make(_DEBIAN)
        is_whole = os.path.exists(os.path.join(path, "whole"))
        if child == 0:
            os._exit(0 if is_whole else 1)
        self.assertEqual((is_whole, os.waitpid(child, 0)[1]), (True, 0))
        with open(os.path.join(self._cache, "log"), encoding="ascii") as log:
            self.assertEqual(log.read(), "made\n")

    def test_what_a_killed_one_left_is_made_anew(self):
        unfinished = python_root.path_of(_DEBIAN) + ".unfinished"
        os.makedirs(os.path.join(unfinished, "half"))
        path = python_root.make(_DEBIAN)
        self.assertEqual(sorted(os.listdir(path)), ["arguments", "whole"])

    def test_failed_debootstrap_leaves_no_folder_of_that_name(self):
        self._use("echo I: Retrieving; echo E: No network; exit 1")
        with self.assertRaises(NotRun) as caught:
            python_root.make(_DEBIAN)
        self.assertEqual((str(caught.exception), self._entries()),
                         ("debootstrap: E: No network", []))

    def test_cache_that_cannot_be_written(self):
        with open(self._cache, "w", encoding="ascii"), self.assertRaises(NotRun) as caught:
            python_root.make(_DEBIAN)
        self.assertEqual(str(caught.exception), f"'{self._cache}': File exists")


class NotRunTest(unittest.TestCase):
    def _run(self, main, *arguments):
        """Returns the exit status and stdout of a program of a user who is not root."""
        output = io.StringIO()
        with mock.patch("os.geteuid", return_value=1000), \
                mock.patch("platform.machine", return_value="x86_64"), \
                contextlib.redirect_stdout(output):
            return main(list(arguments)), output.getvalue()

    def test_test_32bit_says_why_in_the_last_line(self):
        self.assertEqual(
            self._run(test_32bit.main),
            (1, "not run: expected root, to make a root file system\n"))

    def test_test_roots_says_why_in_the_last_line(self):
        reason = "expected root, to make a root file system"
        self.assertEqual(
            self._run(test_roots.main), (1, f"not run: sid: {reason}; trixie: {reason}\n"))

    def test_test_aarch64_says_why_in_the_last_line(self):
        self.assertEqual(
            self._run(test_aarch64.main),
            (1, "not run: bookworm: expected root, to make a root file system\n"))

    def test_test_musl_says_why_in_the_last_line(self):
        self.assertEqual(
            self._run(test_musl.main),
            (1, "not run: trixie: expected root, to make a root file system\n"))

    def test_python_root_prints_no_path(self):
        with contextlib.redirect_stderr(io.StringIO()) as errors:
            found = self._run(python_root.main, "sid")
        self.assertEqual(
            (found, errors.getvalue()),
            ((1, ""), "python_root.py: expected root, to make a root file system\n"))


class TestRootsTest(unittest.TestCase):
    def setUp(self):
        self._commands = []  # What was run in a folder.

    def _run(self, *outputs, options=()):
        """Returns the exit status and stdout; None stands for a folder that cannot be made."""
        def run_in(_, *command, stdout):
            self._commands.append(command)
            is_first = "/mnt/tests/test_pythons.py" in command
            stdout.write(next(made).encode() if is_first else b"1 passed, 0 failed\n")

        makes = [NotRun("no network") if output is None else "path" for output in outputs]
        made = iter([output for output in outputs if output is not None])
        stdout = io.StringIO()
        with mock.patch.object(test_roots, "make", side_effect=makes), \
                mock.patch.object(test_roots, "run_in", run_in), \
                contextlib.redirect_stdout(stdout):
            return test_roots.main([*options, "sid", "trixie"]), stdout.getvalue()

    def test_counts_of_all_distributions_are_added(self):
        self.assertEqual(
            self._run("3.14: fine\n5 passed, 0 failed\n", "2 passed, 0 failed\n"),
            (0, "3.14: fine\n9 passed, 0 failed\n"))

    def test_all_is_for_the_scanners_tests(self):
        self._run("5 passed, 0 failed\n", None, options=["--all"])
        self.assertEqual(["--all" in command for command in self._commands], [True, False])

    def test_one_that_counts_nothing_is_a_failed_test(self):
        self.assertEqual(
            self._run("5 passed, 0 failed\n", "crashed\n"), (1, "7 passed, 1 failed\n"))

    def test_one_that_cannot_be_made_is_said(self):
        self.assertEqual(
            self._run("5 passed, 0 failed\n", None),
            (1, "not run: trixie: no network\n6 passed, 0 failed\n"))


class FreeThreadedTest(unittest.TestCase):
    """Free-threaded Pythons, which are built in the same folder."""

    def _run(self, *outputs):
        """Returns the exit status and stdout; None stands for a Python that cannot be made."""
        made = [NotRun("no network") if output is None else f"/{output}" for output in outputs]
        stdout = io.StringIO()
        with mock.patch.object(free_threaded_python, "make", side_effect=made), \
                mock.patch.object(test_free_threaded, "test",
                                  side_effect=lambda path: Count(*map(int, path[1:].split()))), \
                contextlib.redirect_stdout(stdout):
            return test_free_threaded.main([]), stdout.getvalue()

    def test_counts_are_added(self):
        self.assertEqual(self._run("5 0", "2 1"), (1, "7 passed, 1 failed\n"))

    def test_one_that_cannot_be_made_is_said(self):
        self.assertEqual(
            self._run("5 0", None), (1, "not run: 3.14: no network\n5 passed, 0 failed\n"))

    def test_without_any_the_last_line_says_why(self):
        self.assertEqual(
            self._run(None, None), (1, "not run: 3.13: no network; 3.14: no network\n"))

    def test_python_with_a_gil_is_refused(self):
        stdout = io.StringIO()
        with contextlib.redirect_stdout(stdout):
            status = test_free_threaded.main(["/usr/bin/python3"])
        self.assertEqual((status, stdout.getvalue()), (
            1, "not run: /usr/bin/python3: expected a free-threaded Python, got one with a GIL\n"))

    def test_folder_is_another_if_it_is_made_otherwise(self):
        before = free_threaded_python.path_of("3.13")
        with mock.patch.object(free_threaded_python, "BUILD", "make"):
            self.assertNotEqual(free_threaded_python.path_of("3.13"), before)

    def test_error_of_apt_is_the_reason(self):
        script = "echo 'E: Failed to fetch'; echo 'E: some archives'; exit 100"
        with tempfile.TemporaryDirectory() as folder, \
                self.assertRaisesRegex(NotRun, "^E: Failed to fetch$"):
            free_threaded_python.run(script, folder)


class TestAarch64Test(unittest.TestCase):
    def test_folder_is_made_alone(self):
        made = io.StringIO()
        with mock.patch.object(test_aarch64, "make", lambda debian: f"/{debian.codename}"), \
                contextlib.redirect_stdout(made):
            self.assertEqual(test_aarch64.main(["--make"]), 0)
        self.assertEqual(made.getvalue(), "/bookworm\n")

    def test_packages_are_pythons(self):
        self.assertIn("python3.15-dev", test_aarch64.DEBIANS["sid"].packages)
        self.assertNotIn("g++", test_aarch64.DEBIANS["sid"].packages)
        self.assertNotIn("python3-dbg", test_aarch64.DEBIANS["trixie"].packages)

    def _run(self, wheel_status):
        """Returns the exit status and stdout."""
        def run_tests(_, *command, stdout):
            self.assertIn("HEAPGRIND_TEST_WITHOUT=a_test.A.test_b", command)
            programs = [word for word in command if word.startswith("HEAPGRIND_PROGRAMS=")]
            self.assertIn("/mnt/.run/aarch64/heapgrind", programs[-1])
            self.assertEqual(command[-1], "/usr/bin/python3.13")
            stdout.write(b"3.13: fine\n5 passed, 0 failed\n")

        def install(*_, stdout):
            stdout.write(b"/mnt/a.whl\n")
            return wheel_status

        stdout = io.StringIO()
        with mock.patch.object(test_roots, "make"), \
                mock.patch.object(test_roots, "run_in", run_tests), \
                mock.patch.object(root_wheel, "run_in", install), \
                mock.patch.object(test_aarch64, "NOT_TESTED", {"a_test.A.test_b": "it forks"}), \
                contextlib.redirect_stdout(stdout):
            return test_aarch64.main(["trixie"]), stdout.getvalue()

    def test_what_is_not_tested_is_passed_on_and_said(self):
        self.assertEqual(self._run(0), (
            0, "3.13: fine\npip, a.whl: passed\nnot tested: a_test.A.test_b: it forks\n"
            "6 passed, 0 failed\n"))

    def test_wheel_that_pip_does_not_install_is_a_failed_test(self):
        status, text = self._run(1)
        self.assertEqual((status, text.splitlines()[-1]), (1, "5 passed, 1 failed"))


class TestMuslTest(unittest.TestCase):
    def test_wheel_is_a_test_and_what_others_are_tested_with(self):
        def run_tests(_, *command, stdout):
            self.assertEqual(command[-1], "/usr/local/musl/bin/python3")
            stdout.write(f"{command[-2]}\n5 passed, 0 failed\n".encode())

        def install(_, *command, stdout):
            self.assertIn("CXX=/usr/local/musl/bin/musl-c++", command)
            stdout.write(b"/mnt/a.whl\n")
            return 1

        stdout = io.StringIO()
        with mock.patch.object(test_roots, "make"), \
                mock.patch.object(test_roots, "run_in", run_tests), \
                mock.patch.object(root_wheel, "run_in", install), contextlib.redirect_stdout(stdout):
            status = test_musl.main([])
        self.assertEqual((status, stdout.getvalue().splitlines()), (1, [
            "pip, a.whl: failed", "/mnt/tests/test_pythons.py", "/mnt/.run/stripped/heapgrind",
            "10 passed, 1 failed"]))

    def _build(self, status, printed):
        """Returns the exit status, stdout and stderr of musl_wheel.py."""
        def run_in(_, *command, stdout):
            self.assertEqual(command[-2:], ("--program", "/mnt/.run/stripped/heapgrind"))
            stdout.write(printed)
            return status

        options = ["--program", os.path.join(python_root.TOP, ".run/stripped/heapgrind")]
        stdout, stderr = io.StringIO(), io.StringIO()
        with mock.patch.object(musl_wheel, "make"), \
                mock.patch.object(musl_wheel, "run_in", run_in), \
                contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr):
            return musl_wheel.main(options), stdout.getvalue(), stderr.getvalue()

    def test_path_of_the_wheel_is_this_machines(self):
        path = os.path.join(python_root.TOP, "dist/a.whl")
        self.assertEqual(self._build(0, b"compiling\n/mnt/dist/a.whl\n"), (0, path + "\n", ""))

    def test_wheel_that_does_not_compile_has_no_path(self):
        self.assertEqual(
            self._build(1, b"compiling\n"), (1, "", "musl_wheel.py: build_wheel.py: exit status 1\n"))

    def test_folder_is_another_than_debians(self):
        debian = python_root.MUSL._replace(architecture="amd64")
        names = [os.path.basename(python_root.path_of(one)) for one in (python_root.MUSL, debian)]
        self.assertEqual(
            [name.rpartition("-")[0] for name in names],
            ["debian-trixie-musl-linux-amd64", "debian-trixie-amd64"])


if __name__ == "__main__":
    unittest.main()
