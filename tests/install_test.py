"""Tests what `run` installs, and what it says of that, with an apt-get that is ours."""

import os
import shutil
import unittest

from tests import run_support

# Stands for apt-get: notes its arguments; an installation says 30 lines, and ends as told.
_APT_GET = """#!/bin/bash
echo "$*" >> "$BAZEL_LOG.apt"
case " $* " in
  *" -s "*) printf 'Inst %s\\n' a b c; echo "Conf a" ;;
  *" --print-uris "*) printf "'http://example.org/x.deb' x.deb 700000 SHA256:0\\n%.0s" 1 2 3 ;;
  *" install "*)
    for line in {1..30}; do echo "line $line"; done
    exit "$INSTALL_STATUS"
    ;;
  *) exit "${UPDATE_STATUS:-0}" ;;
esac
"""
_NOTHING_IS_INSTALLED = "#!/bin/bash\nexit 1\n"
_NOBODY = 65534


class AptWorkspace(run_support.Workspace):
    """A test with such an apt-get, where no package is installed."""

    def setUp(self):
        super().setUp()
        self._write_program("apt-get", _APT_GET)
        self._write_program("dpkg-query", _NOTHING_IS_INSTALLED)
        # In the place of root's rights, which the stand-ins do not need.
        self._write_program("sudo", '#!/bin/bash\nexec "$@"\n')

    def _install(self, *arguments, status="1", **environment):
        """Runs a command; by default it ends where the installation fails."""
        return self._run(*arguments, HEAPGRIND_NO_APT="", INSTALL_STATUS=status, **environment)

    def _packages(self, *arguments, **environment):
        """Returns the names of the packages that a command installs."""
        self._install(*arguments, **environment)
        lines = [line for line in self._lines_of_log(".apt")
                 if " -s " not in line and "--print-uris" not in line and "install" in line]
        return {word for line in lines for word in line.split() if word.islower() or "+" in word}

    def assert_packages(self, arguments, among, not_among, **environment):
        packages = self._packages(*arguments, **environment)
        self.assertEqual(
            (set(among) - packages, set(not_among) & packages), (set(), set()))


class InstallTest(AptWorkspace):
    def test_each_step_is_one_line_that_names_its_log(self):
        result = self._install("memdump2callgrind", status="0")
        logs = os.path.join(self._root, ".run")
        self.assertEqual(result.stderr.splitlines()[:2], [
            f"run: updating apt's lists (log: {logs}/update.log)",
            "run: installing 3 packages, 3 MB to fetch, with the JDK that Bazel needs "
            f"(log: {logs}/install.log)"])
        self.assertNotIn("line 1", result.stderr)
        with open(os.path.join(logs, "install.log"), encoding="utf-8") as log:
            self.assertEqual(len(log.readlines()), 30)

    def test_failed_installation_shows_the_end_of_its_log_and_what_was_wanted(self):
        result = self._install("memdump2callgrind")
        self.assertEqual(result.returncode, 1)
        lines = result.stderr.splitlines()
        self.assertEqual(lines[2:-1], [f"line {number}" for number in range(11, 31)])
        self.assertRegex(lines[-1], r"\Arun: expected apt-get to install g\+\+ .* zlib1g-dev\Z")

    def test_packages_at_hand_are_installed_without_a_network(self):
        result = self._install("memdump2callgrind", status="0", UPDATE_STATUS="100")
        self.assertIn("run: apt-get update: not updated\n", result.stderr)
        self.assertEqual(result.returncode, 7)

    def test_nothing_is_done_where_all_is_installed(self):
        self._write_program("dpkg-query", "#!/bin/bash\necho -n installed\n")
        self._install("memdump2callgrind")
        self.assertEqual(self._lines_of_log(".apt"), [])

    def test_programs_need_no_viewer_and_no_package_of_the_tests(self):
        self.assert_packages(["heapgrind", "summary"], ["bazel-bootstrap", "python3-dev"],
                             ["kcachegrind", "valgrind", "libigraph-dev", "python3-django"])

    def test_tests_need_no_package_of_the_benchmarks(self):
        self.assert_packages(["test"], ["bazel-bootstrap", "valgrind", "kcachegrind"],
                             ["libigraph-dev", "gnuplot-nox"])

    def test_pictures_need_no_package_of_the_other_tests(self):
        self.assert_packages(["screenshots"], ["imagemagick", "kcachegrind"],
                             ["valgrind", "gdb", "libigraph-dev"])

    def test_benchmarks_need_no_package_of_the_tests(self):
        self.assert_packages(["benchmark"], ["libigraph-dev"], ["kcachegrind", "valgrind"])

    def test_leak_installs_no_viewer_where_no_screen_is(self):
        self.assert_packages(["leak"], ["bazel-bootstrap"], ["kcachegrind", "valgrind"])

    def test_leak_installs_the_viewer_where_a_screen_is(self):
        for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
            with self.subTest(variable):
                self.assert_packages(["leak"], ["bazel-bootstrap", "kcachegrind"], ["valgrind"],
                                     **{variable: ":0"})

    def test_run_installs_nothing_where_compiler_and_headers_are(self):
        if shutil.which("g++") is None:
            self.skipTest("not run: expected g++")
        python = run_support.PYTHON
        self._install("heapgrind", "run", "--python", python, "app.py")
        self.assertEqual(self._lines_of_log(".apt"), [])


class UserTest(AptWorkspace):
    """A user who is not root."""

    def setUp(self):
        super().setUp()
        if os.geteuid() == 0:
            for folder, _, _ in os.walk(self._folder):
                os.chmod(folder, 0o777)

    def _run(self, *arguments, **environment):
        user = _NOBODY if os.geteuid() == 0 else None
        return super()._run(*arguments, user=user, **environment)

    def test_user_without_sudo_is_told_what_to_ask_for(self):
        os.remove(os.path.join(self._folder, "bin", "sudo"))
        for name in ("bash", "dirname", "readlink"):  # And no python3.
            os.symlink(shutil.which(name), os.path.join(self._folder, "bin", name))
        for command, packages in ((["leak"], r"g\+\+ python3-dev .* zlib1g-dev"),
                                  (["heapgrind", "run", "app.py"], r"g\+\+ python3-dev")):
            with self.subTest(command):
                result = self._install(*command, PATH=os.path.join(self._folder, "bin"))
                self.assertEqual((result.returncode, result.stdout), (1, ""))
                self.assertRegex(
                    result.stderr,
                    r"\Arun: expected root or sudo, to install missing packages\n"
                    rf"hint: ask for: apt-get install --no-install-recommends {packages}\n\Z")

    def test_user_whom_sudo_refuses_is_told_the_same(self):
        self._write_program("sudo", "#!/bin/bash\necho no >&2\nexit 1\n")
        result = self._install("leak")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self._lines_of_log(".apt"), [])
        self.assertIn("\nhint: ask for: apt-get install ", result.stderr)


if __name__ == "__main__":
    unittest.main()
