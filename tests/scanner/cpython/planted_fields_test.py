"""A scanner from headers in which a struct has one more field than the interpreter's is refused.

What proves that is built alone, in a library: the rest of the scanner need not know.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SCANNER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(HERE))), "scanner")

# What the proof is made of.
C_UNITS = [
    "cpython/" + name
    for name in (
        "calls code debug_offsets dict frame_object frame_stack gc greenlets images instance "
        "interpreter members object proof proof_by_calls signals soundness thread thread_local "
        "type visited_objects"
    ).split()
]
CC_UNITS = [
    "memory/mapping_list",
    "module/proof",
    "process/guard",
    "process/process",
    "process/readable_pages",
    "process/small_file",
]
FLAGS = ["-O0", "-w", "-fPIC", "-ffunction-sections", "-DNDEBUG"]
C = ["gcc", "-std=c11", "-r", "-nostdlib"]
CC = ["g++", "-std=c++17", "-fno-exceptions", "-r", "-nostdlib"]
LINK = ["g++", "-shared", "-Wl,--gc-sections", "-Wl,-z,lazy"]

# A struct, and a pattern of what a field is planted behind.
INTERPRETER = r"struct _is \{"
THREAD = r"struct _ts \{"
RUNTIME = r"(?:struct|typedef struct) pyruntimestate \{"
COLLECTOR = r"struct _gc_runtime_state \{"
FRAME = r"struct {} \{{".format("_PyInterpreterFrame" if sys.version_info >= (3, 11) else "_frame")
FUNCTION = r"typedef struct \{(?=[^}]*\} PyFunctionObject;)"

# Lazily: functions of other units are missing, which nothing here calls.
PROGRAM = """
import ctypes, os, sys
load = ctypes.CDLL(None).dlopen
load.restype = ctypes.c_void_p
handle = load(os.fsencode(sys.argv[1]) if sys.version_info > (3,) else sys.argv[1], 1)
prove = ctypes.PyDLL(None, handle=handle)._ZN9heapgrind12ProveLayoutsEv
prove.restype = ctypes.c_bool
try:
    print(prove())
except ImportError as error:
    print(error)
"""


class PlantedFieldsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="heapgrind-test-")
        cls.include = sorted(
            {sysconfig.get_path("include"), sysconfig.get_path("platinclude")}
        )
        cls.cc_object = os.path.join(cls.folder, "cc.o")  # Knows no private struct.
        compile_units(CC, CC_UNITS, ".cc", cls.include, cls.cc_object)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def plant(self, pattern):
        """Returns a folder of headers in which the struct begins with a field more."""
        folder = os.path.join(tempfile.mkdtemp(dir=self.folder), "include")
        shutil.copytree(sysconfig.get_path("include"), folder)
        changed = 0
        for parent, _, names in os.walk(folder):
            for name in names:
                changed += plant_in(os.path.join(parent, name), pattern)
        self.assertEqual(changed, 1, pattern)
        return folder

    def prove(self, include):
        """Returns what a scanner of these headers says of this interpreter."""
        folder = tempfile.mkdtemp(dir=self.folder)
        c_object = os.path.join(folder, "c.o")
        library = os.path.join(folder, "proof.so")
        compile_units(C, C_UNITS, ".c", include, c_object)
        subprocess.check_call(LINK + [self.cc_object, c_object, "-ldl", "-o", library])
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, library],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output = process.communicate()[0].decode("utf-8")
        return process.returncode, output

    def check_refused(self, pattern):
        status, output = self.prove([self.plant(pattern)] + self.include)
        self.assertEqual(status, 0, output)
        self.assertRegex(output, r"\Aexpected .*, got .*: this heapgrind was built for .*\n\Z")

    def test_headers_as_they_are_prove_the_layouts(self):
        self.assertEqual(self.prove(self.include), (0, "True\n"))

    def test_field_more_in_the_interpreter(self):
        self.check_refused(INTERPRETER)

    def test_field_more_in_a_thread(self):
        self.check_refused(THREAD)

    def test_field_more_in_a_frame(self):
        self.check_refused(FRAME)

    def test_field_more_in_a_function(self):
        self.check_refused(FUNCTION)

    @unittest.skipIf(sys.version_info < (3, 7), "not run: it came with 3.7")
    def test_field_more_in_the_collector(self):
        self.check_refused(COLLECTOR)

    @unittest.skipIf(sys.version_info < (3, 7), "not run: it came with 3.7")
    def test_field_more_in_the_runtime(self):
        self.check_refused(RUNTIME)

    if sys.version_info < (3,):
        assertRegex = unittest.TestCase.assertRegexpMatches


def compile_units(compiler, units, suffix, include, target):
    """Compiles units to one object."""
    flags = FLAGS + ["-iquote", SCANNER] + ["-I" + folder for folder in include]
    sources = [os.path.join(SCANNER, name + suffix) for name in units]
    subprocess.check_call(compiler + flags + sources + ["-o", target])


def plant_in(path, pattern):
    """Plants a field in a header; returns how often the pattern was there."""
    with open(path, "rb") as header:
        text = header.read().decode("utf-8")
    changed, count = re.subn(pattern, r"\g<0> void *planted[1];", text)
    if count:
        with open(path, "wb") as header:
            header.write(changed.encode("utf-8"))
    return count


if __name__ == "__main__":
    unittest.main()
