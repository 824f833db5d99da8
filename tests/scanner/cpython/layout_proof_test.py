"""A scanner that was built for another Python is refused in one line when it is imported.

What the interpreter tells of itself is changed while a process imports the scanner.
"""

import os
import re
import subprocess
import sys
import unittest

import heapgrind
from heapgrind._hook import _install

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))

ENDING = (
    ": this heapgrind was built for Python {0}, and Python {1} runs it; build the wheel "
    "with that one (scanner/build_wheel.py)\n"
)
NUMBER = sys.version.split()[0]
BUILT = "{0}.{1}.*".format(*sys.version_info)

# Runs the last argument while the word at the address `word` is `planted`.
PROGRAM = u"""
import ctypes, sys
{}
place = ctypes.c_size_t.from_address(word)
kept = place.value
place.value = planted
try:
    exec(sys.argv[-1])
finally:
    place.value = kept
print("ran")
"""

# Its tp_basicsize, behind a name and what each object of variable size begins with.
SET_SIZE = u"""
word = id(set) + object.__basicsize__ + 2 * ctypes.sizeof(ctypes.c_size_t)
planted = set.__basicsize__ + 8
"""

NINE = u"""
tell = ctypes.pythonapi.Py_GetVersion
tell.restype = ctypes.c_void_p
word = tell()
planted = 0x20392e392e39
"""

# The list of what os.fork calls, in the state of the interpreter.
FORKERS = u"""
import gc, os
def function():
    pass
os.register_at_fork(before=function)
forkers = [x for x in gc.get_objects() if type(x) is list and function in x][0]
find = ctypes.pythonapi.PyInterpreterState_Main
find.restype = ctypes.c_void_p
word = find()
while ctypes.c_size_t.from_address(word).value != id(forkers):
    word += ctypes.sizeof(ctypes.c_size_t)
planted = {}
"""

IMPORT = u"""
try:
    import heapgrind
except ImportError as error:
    print(error)
"""


def run_python(arguments, **variables):
    """Returns the exit status, stdout and stderr.

    A wheel may be of another patch release: what it was built for is left out.
    """
    process = subprocess.Popen(
        [sys.executable] + arguments,
        env=dict(os.environ, PYTHONPATH=PACKAGES, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output, errors = [text.decode("utf-8") for text in process.communicate()]
    output, errors = [
        re.sub(r"(was built for Python \d+\.\d+)\.\d+,", r"\1.*,", x) for x in (output, errors)
    ]
    return process.returncode, output, errors


def run_planted(preparation, action=IMPORT, **variables):
    """The same of a program that runs an action."""
    return run_python(["-c", PROGRAM.format(preparation), action], **variables)


def size_line():
    size = set.__basicsize__
    line = "expected {} bytes in objects of set, got {}".format(size, size + 8)
    return line + ENDING.format(BUILT, NUMBER)


class LayoutProofTest(unittest.TestCase):
    def test_another_size_is_an_import_error_of_one_line(self):
        self.assertEqual(run_planted(SET_SIZE), (0, size_line() + "ran\n", ""))

    @unittest.skipIf(sys.version_info < (3, 12), "not run: made anew each time")
    def test_another_version_is_told_as_such(self):
        line = "expected Python {}, got 9.9.9".format(NUMBER) + ENDING.format(BUILT, "9.9.9")
        self.assertEqual(run_planted(NINE), (0, line + "ran\n", ""))

    @unittest.skipIf(sys.version_info < (3, 7), "not run: register_at_fork came with 3.7")
    def test_place_of_a_list_that_holds_another_object_is_refused(self):
        line = "expected an object as the interpreter's before_forkers, got something else"
        line += ENDING.format(BUILT, NUMBER)
        unmapped = "1 << (8 * ctypes.sizeof(ctypes.c_void_p) - 18)"
        for planted in ("id(os)", "id(os) + 8", "24", unmapped):
            got = run_planted(FORKERS.format(planted))
            self.assertEqual(got, (0, line + "ran\n", ""), planted)

    def test_what_is_as_it_was_is_imported(self):
        same = SET_SIZE.replace(" + 8", "")
        self.assertEqual(run_planted(same), (0, "ran\n", ""))

    def test_hook_says_the_line_and_the_program_goes_on(self):
        line = _install.line_of_file("/x/heapgrind.pth")
        expected = "heapgrind: the hook in /x/heapgrind.pth cannot run: " + size_line()
        self.assertEqual(
            run_planted(SET_SIZE, line, HEAPGRIND="exit"), (0, "ran\n", expected)
        )

    @unittest.skipIf(sys.version_info < (3, 10), "not run: sys.orig_argv came with 3.10")
    def test_command_says_the_line_and_exits_with_1(self):
        command = u"""
import runpy
sys.argv[:], sys.orig_argv[:] = ["-m"], ["python", "-m", "heapgrind", "run", "x.py"]
runpy.run_module("heapgrind")
"""
        expected = (1, "", "heapgrind: " + size_line())
        self.assertEqual(run_planted(SET_SIZE, command), expected)


if __name__ == "__main__":
    unittest.main()
