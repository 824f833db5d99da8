"""Free-threaded builds are refused, in one line, before the scanner is loaded.

They are simulated: a sitecustomize says what sysconfig says there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import heapgrind
from heapgrind import _gil
from heapgrind._hook import _install

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))
BUILD_WHEEL = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../../scanner/build_wheel.py"
)
SITE = u"""
import sysconfig
ask = sysconfig.get_config_var
sysconfig.get_config_var = lambda name: name == "Py_GIL_DISABLED" or ask(name)
"""
IMPORT = """
try:
    import heapgrind
except ImportError as error:
    print(error)
import sys
print("heapgrind._scanner" in sys.modules)
"""


class FreeThreadedTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.write("sitecustomize.py", SITE)

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "wb") as target:
            target.write(text.encode("utf-8"))
        return path

    def run_python(self, *arguments):
        """Returns the exit status and the output, as text."""
        process = subprocess.Popen(
            (sys.executable,) + arguments,
            env=dict(os.environ, PYTHONPATH=self.directory + os.pathsep + PACKAGES),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output = process.communicate()[0].decode("utf-8")
        return process.returncode, output

    def test_import_is_an_error_and_loads_no_scanner(self):
        status, output = self.run_python("-c", IMPORT)
        self.assertEqual((status, output), (0, _gil.MESSAGE + "\nFalse\n"))

    @unittest.skipIf(sys.version_info < (3, 10), "not run: sys.orig_argv came with 3.10")
    def test_commands_say_the_same_line_and_exit_with_1(self):
        expected = (1, "heapgrind: " + _gil.MESSAGE + "\n")
        commands = [["run", "app.py"], ["hook", "status"], ["dump", "1"], []]
        got = [self.run_python("-m", "heapgrind", *command) for command in commands]
        self.assertEqual(got, [expected] * len(commands))

    def test_program_that_is_run_with_m_may_go_on_without(self):
        self.write("program.py", IMPORT)
        status, output = self.run_python("-m", "program")
        self.assertEqual((status, output), (0, _gil.MESSAGE + "\nFalse\n"))

    @unittest.skipIf(sys.version_info < (3,), "not run: all builds of Python 2 have a GIL")
    def test_hook_says_one_line_and_the_program_goes_on(self):
        line = _install.line_of_file("/x/heapgrind.pth").strip()
        program = self.write("hooked.py", line + "\nprint('ran')\n")
        os.environ["HEAPGRIND"] = "exit"
        self.addCleanup(os.environ.pop, "HEAPGRIND")
        status, output = self.run_python(program)
        expected = "heapgrind: the hook in /x/heapgrind.pth cannot run: {}\nran\n"
        self.assertEqual((status, output), (0, expected.format(_gil.MESSAGE)))

    def test_no_wheel_is_built(self):
        status, output = self.run_python(BUILD_WHEEL, "--out", self.directory)
        expected = (
            "build_wheel.py: expected a Python with a GIL, got {}, a free-threaded "
            "build, for which there is no scanner yet\n"
        )
        self.assertEqual((status, output), (1, expected.format(sys.executable)))

    def test_what_was_asked_leaves_nothing_in_the_heap(self):
        os.unlink(os.path.join(self.directory, "sitecustomize.py"))
        program = (
            "import sys; before = set(sys.modules); import heapgrind; "
            "print([x for x in set(sys.modules) - before if 'sysconfig' in x])"
        )
        self.assertEqual(self.run_python("-c", program), (0, "[]\n"))


if __name__ == "__main__":
    unittest.main()
