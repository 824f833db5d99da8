"""The wheel: built by an interpreter and a compiler, installed by pip."""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

import compile_support

SCANNER_DIR = os.path.join(
    os.path.abspath(os.path.join(os.path.dirname(__file__), "../../..")),
    "scanner",
)
BUILD_WHEEL = os.path.join(SCANNER_DIR, "build_wheel.py")

sys.path.insert(0, SCANNER_DIR)
import build_settings  # noqa: E402
import glibc_version  # noqa: E402


class WheelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        cls.environment = dict(os.environ, **compile_support.variables(cls.directory))
        output = subprocess.check_output(
            [sys.executable, BUILD_WHEEL, "--out", cls.directory], env=cls.environment
        )
        cls.path = output.decode("utf-8").splitlines()[-1]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    def test_last_line_of_output_is_the_path(self):
        self.assertEqual(os.path.dirname(self.path), self.directory)
        self.assertTrue(os.path.isfile(self.path))

    def test_record_lists_every_file(self):
        with zipfile.ZipFile(self.path) as wheel:
            names = wheel.namelist()
            (record,) = [name for name in names if name.endswith("/RECORD")]
            lines = wheel.read(record).decode("utf-8").splitlines()
        self.assertEqual([row[0] for row in csv.reader(lines)], names)

    def test_wheel_works_where_it_is_unpacked(self):
        target = os.path.join(self.directory, "unpacked")
        with zipfile.ZipFile(self.path) as wheel:
            wheel.extractall(target)
        self.check_import(target)

    def test_pip_installs_the_wheel(self):
        self.check_pip(self.path, "from wheel")

    def test_pip_installs_the_sources(self):
        if sys.version_info < (3, 7):  # Their pip is older than backend-path.
            self.skipTest("needs pip 20")
        self.check_pip(SCANNER_DIR, "from sources")

    def check_pip(self, source, name):
        target = os.path.join(self.directory, name)
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        if subprocess.call(command + ["--version"], **quiet) != 0:
            self.skipTest("this interpreter has no pip")
        install = ["install", "--no-index", "--no-deps", "--target", target, source]
        subprocess.check_output(
            command + install, env=self.environment, stderr=subprocess.STDOUT
        )
        self.check_import(target)

    def check_import(self, target):
        environment = dict(os.environ, PYTHONPATH=target)
        program = (
            "import heapgrind; "
            "print(heapgrind.__version__, heapgrind.__file__, "
            "heapgrind.dump('/dev/null').objects > 1000)"
        )
        output = subprocess.check_output(
            [sys.executable, "-c", program], env=environment
        ).decode("utf-8")
        self.assertIn(build_settings.version(SCANNER_DIR), output)
        self.assertIn(target, output)
        self.assertIn("True", output)


class TagTest(unittest.TestCase):
    def tag(self, listing, version=(3, 13, 5), machine="x86_64"):
        """Returns the platform tag of a module of which objdump says so much."""
        found = glibc_version._objdump, glibc_version.platform, glibc_version.sys
        self.addCleanup(lambda: vars(glibc_version).update(
            zip(("_objdump", "platform", "sys"), found)))
        glibc_version._objdump = lambda *_: listing
        glibc_version.platform = Fake(machine=lambda: machine)
        glibc_version.sys = Fake(version_info=version)
        return glibc_version.portable_platform("a.so")

    def test_glibc(self):
        listing = "  NEEDED               libc.so.6\n 0 DF *UND* 0 (GLIBC_2.4) sleep\n"
        self.assertEqual(self.tag(listing), "manylinux_2_31_x86_64")
        self.assertEqual(self.tag(listing.replace("2.4", "2.38")), "manylinux_2_38_x86_64")

    def test_musl(self):
        for library in glibc_version.MUSL:
            listing = "  NEEDED               {}\n 0 DF *UND* 0 sleep\n".format(library)
            self.assertEqual(self.tag(listing), "musllinux_1_2_x86_64")
            self.assertIsNone(self.tag(listing, version=(3, 12, 1)))
            self.assertIsNone(self.tag(listing, machine="aarch64"))

    def test_musl_and_a_library_that_systems_lack(self):
        listing = "  NEEDED      libstdc++.so.6\n  NEEDED      libc.musl-x86_64.so.1\n"
        self.assertIsNone(self.tag(listing))


class Fake(object):
    """A module with what is named."""

    def __init__(self, **values):
        vars(self).update(values)


class SourcesTest(unittest.TestCase):
    def test_every_source_is_in_the_list(self):
        found = []
        for directory, _, names in os.walk(SCANNER_DIR):
            for name in names:
                if name.endswith((".c", ".cc")):
                    found.append(os.path.relpath(os.path.join(directory, name), SCANNER_DIR))
        listed = set(build_settings.C_SOURCES + build_settings.CC_SOURCES)
        listed.update(build_settings.BLOB_C_SOURCES + build_settings.BLOB_CC_SOURCES)
        self.assertEqual(sorted(found), sorted(listed))


if __name__ == "__main__":
    unittest.main()
