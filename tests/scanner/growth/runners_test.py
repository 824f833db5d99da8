"""Tests that are run again: by the mixin of unittest, and by the plugin of pytest."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import growth_support
import heapgrind

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))

OF_UNITTEST = """\
import unittest
import heapgrind.testing

KEPT = []

class ShopTest(heapgrind.testing.NoGrowth, unittest.TestCase):
    ups = []

    def setUp(self):
        self.ups.append(None)

    def tearDown(self):
        self.ups.pop()

    def test_keeps(self):
        KEPT.append({})

    def test_keeps_nothing(self):
        [{} for _ in range(10)]

    def test_passes_once(self):
        self.assertFalse(hasattr(ShopTest, "was_here"))
        ShopTest.was_here = True
        KEPT.append({})

    def test_says_it(self):
        kept = []
        with self.assertRaises(AssertionError):
            self.assertNoGrowth(lambda: kept.append({}))

unittest.main(verbosity=2)
"""

OF_PYTEST = """\
import sys

import pytest

KEPT = []
MARKED = pytest.mark.no_growth


@pytest.fixture(scope="module")
def database():
    yield []
    print("database closed")


@pytest.fixture
def session(database, tmp_path):
    assert database == []
    database.append(None)
    yield {}
    database.pop()


def test_nothing_is_imported_before():
    assert "heapgrind" not in sys.modules


@MARKED
def test_keeps(session):
    KEPT.append(session)


@MARKED(ignore=["*.KEPT*"])
def test_may_keep(session):
    KEPT.append(session)


@MARKED
def test_keeps_nothing(session, capsys, record_property):
    record_property("key", "value")
    print("printed")


@MARKED
def test_passes_once():
    assert not hasattr(pytest, "was_here")
    pytest.was_here = True


@MARKED
def test_fails():
    assert KEPT is None


@MARKED
def test_is_skipped():
    pytest.skip("because")


def test_keeps_unmarked(session):
    KEPT.append(session)
"""


def has_pytest():
    """True if this interpreter has a pytest that the plugin works with."""
    program = "import pytest; print(int(pytest.__version__.split('.')[0]) >= 6)"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    return process.communicate()[0].strip() == b"True"


class RunnersTest(growth_support.GrowthTest):
    def setUp(self):
        super(RunnersTest, self).setUp()
        self.folder = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.folder)

    def run_there(self, text, *words):
        """Runs a program on a file with a text.  Returns (exit status, output)."""
        with open(os.path.join(self.folder, "test_shop.py"), "w") as file:
            file.write(text)
        process = subprocess.Popen(
            [sys.executable, "-B"] + list(words),
            cwd=self.folder,
            # Where the wheel is installed, pytest would load the plugin by itself.
            env=dict(os.environ, PYTHONPATH=PACKAGES, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output = process.communicate()[0].decode("utf-8")
        return process.returncode, output

    def test_mixin_fails_the_test_that_keeps_something(self):
        status, output = self.run_there(OF_UNITTEST, "test_shop.py")
        self.assertEqual(status, 1, output)
        results = dict(re.findall(r"^(test_\w+) \(.*\) \.\.\. (\w+)$", output, re.MULTILINE))
        failure = "FAIL" if sys.version_info >= (3,) else "ERROR"
        self.assertEqual(
            results,
            {
                "test_keeps": failure,
                "test_keeps_nothing": "ok",
                "test_passes_once": "ok",
                "test_says_it": "ok",
            },
            output,
        )
        self.assertIn("more in each loop, held by __main__.KEPT[*]", output)

    def run_pytest(self, *options):
        """Returns what became of each test, and the output."""
        words = ["-m", "pytest", "-p", "pytest_heapgrind", "-v", "-p", "no:cacheprovider"]
        _, output = self.run_there(OF_PYTEST, *(words + list(options)))
        results = re.findall(r"^test_shop.py::(\w+) (\w+)", output, re.MULTILINE)
        return dict(results), output

    @unittest.skipUnless(has_pytest(), "needs pytest 6")
    def test_plugin_fails_marked_tests_that_keep_something(self):
        results, output = self.run_pytest()
        self.assertEqual(
            results,
            {
                "test_nothing_is_imported_before": "PASSED",
                "test_keeps": "FAILED",
                "test_may_keep": "PASSED",
                "test_keeps_nothing": "PASSED",
                "test_passes_once": "PASSED",
                "test_fails": "FAILED",
                "test_is_skipped": "SKIPPED",
                "test_keeps_unmarked": "PASSED",
            },
            output,
        )
        line = r"the heap grows: 1 dict \(\d+ bytes\) more in each loop, held by test_shop.KEPT\[\*\]"
        self.assertIsNotNone(re.search(line, output), output)
        unchecked = output.partition("not checked for growth")[2]
        self.assertIn("  test_shop.py::test_passes_once\n", unchecked)

    @unittest.skipUnless(has_pytest(), "needs pytest 6")
    def test_option_asks_for_all_tests(self):
        results, _ = self.run_pytest("--heapgrind", "-k", "keeps_unmarked or keeps_nothing")
        self.assertEqual(
            results, {"test_keeps_unmarked": "FAILED", "test_keeps_nothing": "PASSED"}
        )


if __name__ == "__main__":
    unittest.main()
