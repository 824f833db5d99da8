"""Types of other people's C code, whose tables say what is not so.

Each is dumped by a process of its own, which must live; foreign_types.c has what
its instances hold: one dictionary, and words that are no objects.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest

import dump_support

HERE = os.path.dirname(os.path.abspath(__file__))
HEADERS = sysconfig.get_path("include")
SUFFIX = sysconfig.get_config_var("EXT_SUFFIX") or ".so"

# Dumps an instance of what {0} is, twice, and prints its record and the names of
# its references, of which the dictionary's is "dictionary".
CHILD = u"""
import gc, json, sys
import dump_support, foreign
{before}
kept = {0}()
def target(address):
    return "dictionary" if address in dictionaries else "other"
dictionaries = [id(x) for x in gc.get_referents(kept) if type(x) is dict]
import heapgrind
heapgrind.dump("/dev/null")
with open("/dev/null", "wb") as nowhere:
    copy = heapgrind.dump(nowhere, fork=True)
    assert copy.wait(60), "the copy has not ended"
    assert copy.error is None, copy.error
record = dump_support.take_dump().of(kept)
record["refs"] = [target(address) for address in record["refs"]]
print(json.dumps(record))
"""


def run(program):
    """Runs a program; returns its exit status and its output as text."""
    path = os.pathsep.join([ForeignTypesTest.directory] + sys.path)
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env=dict(os.environ, PYTHONPATH=path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = process.communicate()[0].decode("utf-8")
    return process.returncode, output


def record_of(made, before=u""):
    """Returns the record that a process of its own writes of an instance."""
    status, output = run(CHILD.format(made, before=before))
    if status != 0:
        raise AssertionError("exit status {}\n{}".format(status, output))
    return json.loads(output)


def named(record):
    """Returns {name: target} of the references that have names."""
    return dict(zip(record.get("names", []), record["refs"]))


@unittest.skipUnless(os.path.exists(HEADERS + "/Python.h"), "not run: no headers")
class ForeignTypesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        command = [os.environ.get("CC", "gcc"), "-shared", "-fPIC", "-I" + HEADERS]
        source = os.path.join(HERE, "foreign_types.c")
        target = os.path.join(cls.directory, "foreign" + SUFFIX)
        subprocess.check_call(command + [source, "-o", target])

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    def test_members_of_a_base_with_another_layout_are_not_followed(self):
        self.assertEqual(named(record_of("foreign.Heir")), {"held": "dictionary"})

    def test_nor_are_they_in_a_class_that_a_class_statement_derives(self):
        before = "class Derived(foreign.Heir):\n    __slots__ = ('slot',)"
        parts = named(record_of("Derived", before))
        self.assertEqual(parts, {"__class__": "other", "held": "dictionary"})

    def test_dictionary_is_where_the_own_type_has_it(self):
        self.assertEqual(named(record_of("foreign.OwnDict")), {"__dict__": "dictionary"})

    def test_dictionary_counted_from_the_end_is_found(self):
        self.assertEqual(named(record_of("foreign.Negative")), {"__dict__": "dictionary"})

    def test_what_traverse_does_not_show_is_not_followed(self):
        self.assertEqual(record_of("foreign.Hidden")["refs"], [])

    def test_members_of_what_the_collector_does_not_know_are_not_followed(self):
        self.assertEqual(record_of("foreign.Plain")["refs"], [])

    def test_places_beyond_the_object_are_not_read(self):
        self.assertEqual(record_of("foreign.Beyond")["refs"], ["dictionary"])

    def test_length_of_what_has_none_is_not_counted(self):
        record = record_of("foreign.Sized")
        self.assertEqual(record["refs"], ["dictionary"])
        self.assertLess(record["size"], 200)

    def test_type_without_a_name_is_dumped(self):
        self.assertEqual(record_of("foreign.Unnamed")["type"], "")

    def test_namesakes_of_the_librarys_types_have_no_parts_of_theirs(self):
        traversed = ["array", "bytesio", "task", "cell", "module"]
        others = ["struct", "struct_module", "timezone", "datetime", "pattern"]
        others += ["old_pattern", "abc", "decimal", "ndarray", "function"]
        for name in traversed:
            record = record_of("foreign." + name)
            self.assertEqual((name, record["refs"]), (name, ["dictionary"]))
        for name in others:
            record = record_of("foreign." + name)
            self.assertEqual((name, record["refs"]), (name, []))

    def test_process_that_mypyc_compiled_is_dumped(self):
        program = "import mypy.types, mypy.nodes, heapgrind; heapgrind.dump('/dev/null')"
        status, output = run(program)
        if "ImportError" in output or "ModuleNotFoundError" in output:
            self.skipTest("not run: mypy is not installed")
        self.assertEqual((status, output), (0, ""))


if __name__ == "__main__":
    unittest.main()
