"""What a package's objects hold in C is theirs, as many bytes as were allocated.

    packages_test PROGRAM...

PROGRAM is a file in holders/.
"""

import os
import subprocess
import sys
import unittest
from typing import Dict, NamedTuple

from tests.end_to_end.native import native_support
from tests.end_to_end.outside import outside_support

NAMES = [name for name in sys.argv[1:] if not name.startswith("-")]


class Package(NamedTuple):
    """A file in holders/.

    Attributes:
        module: What must be installed.
        types: What it counts, to the type of the objects that hold that.
        least_explained: Percent of malloc's bytes that are in records, at least.
    """

    module: str
    types: Dict[str, str]
    least_explained: int = 95


PACKAGES = {
    "standard": Package("zlib", {"zlib.Compress": "Compress", "pyexpat.xmlparser": "xmlparser",
                                 "_hashlib.HASH": "HASH"}),
    "sqlite": Package("sqlite3", {"sqlite3.Connection": "Connection"}),
    "lxml_trees": Package("lxml", {"lxml.etree._Element": "_Element"}),
    "pillow_images": Package("PIL", {"ImagingCore": "ImagingCore"}),
    "matplotlib_figures": Package("matplotlib", {"RendererAgg": "RendererAgg"}),
    # An object of it holds a number; the library finds the rest by that.
    "h5py_files": Package("h5py", {}, 80),
    "sklearn_trees": Package("sklearn", {"sklearn.tree._tree.Tree": "Tree"}, 80),
    "protobuf_messages": Package("google.protobuf", {"FileDescriptorProto": "FileDescriptorProto"}, 80),
    # A model leads to all that the library has.
    "qt_models": Package("PyQt5", {"QByteArray": "QByteArray"}, 80),
}

# Of what was counted: it has some Python objects too, and tables of the interpreter's allocator,
# of 132 KiB each; and what is reached has what was made before, such as tables of a library.
_LEAST, _MOST = 0.8, 1.15


def is_installed(module):
    """Returns whether Debian's Python has a module."""
    code = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"
    return subprocess.run([outside_support.SYSTEM_PYTHON, "-c", code, module],
                          stderr=subprocess.DEVNULL).returncode == 0


class PackagesTest(native_support.NativeTestCase):
    def _check(self, name, facts, dump):
        package = PACKAGES[name]
        self.assertNotIn("native_unknown", dump.end)
        for counted, type_name in package.types.items():
            held = facts["bytes"][counted]
            self.assertGreater(dump.bytes_of_type(type_name) / held, _LEAST, (counted, facts))
            at_beginnings = dump.bytes_of_type(type_name, with_inside=False)
            self.assertLess(at_beginnings / held, _MOST, (counted, facts))
        self.assertGreaterEqual(dump.explained(), package.least_explained)

    def _check_all(self, *ways):
        for name in NAMES:
            with self.subTest(name):
                if not is_installed(PACKAGES[name].module):
                    self.skipTest(f"not run: {PACKAGES[name].module} is not installed")
                process, facts = self.hold(name)
                for way in ways:
                    self._check(name, facts, way(process, os.path.join(self.folder, "dump")))

    def test_forked_copy(self):
        self._check_all(self.dump_fork)

    def test_process_from_outside_and_its_core(self):
        self._check_all(self.dump_outside, self.dump_by_core)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + [word for word in sys.argv[1:] if word not in NAMES])
