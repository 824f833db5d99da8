"""Which scanner `attach` takes for a process."""

import os
import shutil
import tempfile
import unittest
import zipfile

import heapgrind
from heapgrind._attach import _elf
from heapgrind._attach import _scanner_file
from heapgrind._attach import _target

TAGGED = "_scanner.cpython-399-x86_64-linux-gnu.so"


class FakeTarget(object):
    """A process of a virtual environment that sees `root` as `/`."""

    def __init__(self, root):
        self.root = root

    def first_argument(self):
        return "/venv/bin/python"

    def program(self):
        return "/opt/python/bin/python3.99"


class Exports(object):
    """A file of CPython 3.99 that exports more names."""

    def __init__(self, *names):
        self.names = names + ("PyGILState_Ensure", "Py_Version")

    def exports(self, names):
        return {name: 0 for name in names if name in self.names}

    def word(self, address):
        return 0x036300F0


class FindTest(unittest.TestCase):
    def setUp(self):
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="heapgrind-test-"))
        self.addCleanup(shutil.rmtree, self.root)
        with open(heapgrind._scanner.__file__, "rb") as scanner:
            self.data = scanner.read()
        self.target = FakeTarget(self.root)

    def interpreter(self, version, is_debug):
        elf = _elf.ElfFile(self.data)
        module = _target.Module(b"/opt/python/lib/libpython3.99.so.1.0", 0, [], elf)
        return _target.Interpreter(module, version, False, is_debug)

    def write(self, name):
        path = os.path.join(self.root, name)
        if not os.path.isdir(os.path.dirname(path)):
            os.makedirs(os.path.dirname(path))
        with open(path, "wb") as scanner:
            scanner.write(self.data)
        return path

    def find(self, version=(3, 99), asked=None, own=None, is_debug=False):
        interpreter = self.interpreter(version, is_debug)
        return _scanner_file.find(self.target, interpreter, asked, own)

    def wanted(self, version):
        machine = _elf.ElfFile(self.data).machine_name()
        return "expected a scanner for CPython {} on {}, ".format(version, machine)

    def refusal(self, **options):
        with self.assertRaises(_target.CannotAttach) as caught:
            self.find(**options)
        return str(caught.exception)

    def test_packages_of_the_virtual_environment_come_first(self):
        path = self.write("venv/lib/python3.99/site-packages/heapgrind/" + TAGGED)
        self.write("opt/python/lib/python3.99/site-packages/heapgrind/" + TAGGED)
        self.assertEqual(self.find().path, path)

    def test_packages_beside_the_interpreter(self):
        path = self.write("opt/python/lib/python3.99/site-packages/heapgrind/" + TAGGED)
        self.assertEqual(self.find().path, path)

    def test_packages_of_debian(self):
        path = self.write("usr/local/lib/python3.99/dist-packages/heapgrind/" + TAGGED)
        self.assertEqual(self.find().path, path)

    def test_scanner_for_another_version_is_passed_over(self):
        self.write("venv/lib/python3.99/site-packages/heapgrind/_scanner.cpython-38-x.so")
        self.assertEqual(
            self.refusal(),
            self.wanted("3.99") + "found none in this package and those of the process",
        )

    def test_name_that_is_for_another_version(self):
        path = self.write("some/" + TAGGED)
        self.assertEqual(
            self.refusal(version=(3, 8), asked=path),
            self.wanted("3.8") + "got '{}', which is for another Python".format(path),
        )

    def test_name_of_three_point_one_is_not_that_of_three_point_ten(self):
        name = "_scanner.cpython-310-x86_64-linux-gnu.so"
        self.assertTrue(_scanner_file.is_for(name, (3, 10)))
        self.assertFalse(_scanner_file.is_for(name, (3, 1)))

    def test_names_of_old_versions(self):
        self.assertTrue(_scanner_file.is_for("_scanner.cpython-37m-x86_64-linux-gnu.so", (3, 7)))
        self.assertTrue(_scanner_file.is_for("_scanner.so", (2, 7)))
        self.assertFalse(_scanner_file.is_for("_scanner.so", (3, 7)))

    def test_names_of_debug_builds(self):
        names = [
            ("_scanner.cpython-311d-x86_64-linux-gnu.so", (3, 11)),
            ("_scanner.cpython-37dm-x86_64-linux-gnu.so", (3, 7)),
            ("heapgrind-1-cp311-cp311d-linux_x86_64.whl", (3, 11)),
            ("heapgrind-1-cp37-cp37dm-linux_x86_64.whl", (3, 7)),
        ]
        found = [
            (_scanner_file.is_for(name, version, True), _scanner_file.is_for(name, version))
            for name, version in names
        ]
        self.assertEqual(found, [(True, False)] * 4)

    def test_names_of_usual_builds(self):
        names = [
            ("heapgrind-1-cp311-cp311-linux_x86_64.whl", (3, 11)),
            ("heapgrind-1-cp37-cp37m-linux_x86_64.whl", (3, 7)),
            ("heapgrind-1-cp27-cp27mu-linux_x86_64.whl", (2, 7)),
        ]
        found = [_scanner_file.is_for(name, version) for name, version in names]
        self.assertEqual(found, [True] * 3)

    def test_debug_build_takes_a_scanner_of_its_own(self):
        folder = "venv/lib/python3.99/site-packages/heapgrind/"
        self.write(folder + TAGGED)
        path = self.write(folder + TAGGED.replace("399", "399d"))
        self.assertEqual(self.find(is_debug=True).path, path)

    def test_debug_build_does_not_take_the_usual_scanner(self):
        self.write("venv/lib/python3.99/site-packages/heapgrind/" + TAGGED)
        machine = _elf.ElfFile(self.data).machine_name()
        self.assertEqual(
            self.refusal(is_debug=True),
            "expected a scanner for a debug build of CPython 3.99 on {}, found none in this "
            "package and those of the process".format(machine),
        )

    def test_wheel_of_a_debug_build(self):
        name = "heapgrind-1-cp399-cp399d-linux_x86_64.whl"
        path = self.wheel(name, "heapgrind/" + TAGGED.replace("399", "399d"))
        self.assertEqual(self.find(asked=path, is_debug=True).data, self.data)

    def test_debug_build_is_recognized_by_what_it_exports(self):
        path = b"/usr/bin/python3.99"
        module = _target.Module(path, 0, [(0, 1)], Exports("_Py_NegativeRefcount"))
        usual = _target.Module(path, 0, [(0, 1)], Exports())
        found = [_target.find_interpreter([one]).is_debug for one in (module, usual)]
        self.assertEqual(found, [True, False])

    def wheel(self, name, *members):
        path = os.path.join(self.root, name)
        with zipfile.ZipFile(path, "w") as archive:
            for member in members:
                archive.writestr(member, self.data)
        return path

    def test_wheel_in_a_folder(self):
        self.wheel("heapgrind-1-cp38-cp38-linux_x86_64.whl", "heapgrind/x")
        self.wheel("heapgrind-1-cp399-cp399-linux_x86_64.whl", "heapgrind/" + TAGGED)
        found = self.find(asked=self.root)
        self.assertEqual((found.path, found.data), (None, self.data))

    def test_wheel_without_a_scanner(self):
        path = self.wheel("other.whl", "other/" + TAGGED)
        self.assertEqual(
            self.refusal(asked=path),
            self.wanted("3.99") + "got '{}', which has none".format(path),
        )


if __name__ == "__main__":
    unittest.main()
