"""The Debian package: built, installed into a root of its own, used and removed."""

import os
import subprocess
import sys
import tempfile
import unittest

_PROGRAMS = ("memdump2callgrind", "heapgrind")


def _run(*command):
    """Runs a command.  Returns its output; raises AssertionError with it."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, encoding="utf-8")
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout}")
    return done.stdout


def _files_below(folder):
    return sorted(
        os.path.relpath(os.path.join(path, name), folder)
        for path, _, names in os.walk(folder) for name in names)


class DebianPackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._temporary = tempfile.TemporaryDirectory()
        cls._folder = cls._temporary.name
        manual = os.path.join(cls._folder, "heapgrind.1")
        with open(manual, "w", encoding="utf-8") as page:
            page.write(".TH HEAPGRIND 1\n")
        output = _run(
            sys.executable, "converter/build_deb.py", "--out", cls._folder, "--manual", manual,
            *(word for name in _PROGRAMS for word in ("--program", f"converter/{name}")))
        cls._package = output.splitlines()[-1]

    @classmethod
    def tearDownClass(cls):
        cls._temporary.cleanup()

    def setUp(self):
        self._root = os.path.join(self._folder, self.id())
        for name in ("info", "updates", "triggers"):
            os.makedirs(os.path.join(self._root, "var/lib/dpkg", name))
        for name in ("status", "available"):
            with open(os.path.join(self._root, "var/lib/dpkg", name), "w", encoding="utf-8"):
                pass

    def _dpkg(self, *words):
        # As whoever runs the test, with whatever is in PATH.
        return _run("dpkg", f"--root={self._root}", "--force-not-root", "--force-bad-path",
                    "--log=/dev/null", *words)

    def test_depends_on_nothing(self):
        fields = _run("dpkg-deb", "--field", self._package)
        self.assertIn("Package: heapgrind\n", fields)
        self.assertNotIn("Depends:", fields)

    def test_programs_work_where_it_is_installed(self):
        self._dpkg("--install", self._package)
        for name in _PROGRAMS:
            program = os.path.join(self._root, "usr/bin", name)
            self.assertTrue(_run(program, "--version").startswith(name))
        self.assertIn("install ok installed", self._dpkg("--status", "heapgrind"))

    def test_brings_manual_changes_and_licence(self):
        self._dpkg("--install", self._package)
        files = _files_below(os.path.join(self._root, "usr/share"))
        self.assertEqual(files, [
            "doc/heapgrind/changelog.Debian.gz",
            "doc/heapgrind/changelog.gz",
            "doc/heapgrind/copyright",
            "lintian/overrides/heapgrind",
            "man/man1/heapgrind.1.gz",
        ])

    def test_files_are_what_the_package_says(self):
        self._dpkg("--install", self._package)
        self.assertEqual(self._dpkg("--verify", "heapgrind"), "")

    def test_nothing_is_left_when_it_is_purged(self):
        self._dpkg("--install", self._package)
        self._dpkg("--purge", "heapgrind")
        self.assertEqual(
            [name for name in _files_below(self._root) if not name.startswith("var/lib/dpkg/")],
            [])


if __name__ == "__main__":
    unittest.main()
