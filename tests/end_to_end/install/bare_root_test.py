"""The wheel in a root that holds an interpreter and nothing else.

No shell, no compiler, no C++ library: what a small container image has.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest

from tests.end_to_end.support.version import VERSION

_DUMP = """
import heapgrind
table = [str(number) for number in range(1000)]
print(heapgrind.dump("/dump.json").objects > 1000)
"""


def _libraries(path):
    """Returns the paths of the libraries that a program or library loads."""
    output = subprocess.run(
        ["ldd", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    return re.findall(r"(/\S+) \(0x", output.decode())


def _copy(path, root):
    """Copies a file to the same path below `root`."""
    target = root + path
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copy(path, target)


def _copy_interpreter(root):
    """Copies this interpreter, its standard library and what they load."""
    python = os.path.realpath(sys.executable)
    library = sysconfig.get_path("stdlib")
    shutil.copytree(
        library, root + library, symlinks=True, ignore_dangling_symlinks=True,
        ignore=shutil.ignore_patterns(
            "test", "site-packages", "dist-packages", "config-*", "idlelib", "__pycache__"))
    _copy(python, root)
    modules = glob.glob(os.path.join(glob.escape(library), "lib-dynload", "*.so"))
    for loaded in {one for path in [python, *modules] for one in _libraries(path)}:
        _copy(loaded, root)
    return python


def _unpack_wheel(root):
    """Builds the wheel and puts its parts where pip would, below `root`."""
    folder = os.path.join(root, "wheel")
    output = subprocess.run(
        [sys.executable, "scanner/build_wheel.py", "--out", folder,
         "--program", "converter/memdump2callgrind", "--program", "converter/heapgrind"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True, encoding="utf-8").stdout
    shutil.unpack_archive(output.splitlines()[-1], os.path.join(root, "packages"), "zip")
    scripts = glob.glob(os.path.join(glob.escape(root), "packages", "*.data", "scripts", "*"))
    for program in scripts:
        os.chmod(program, 0o755)
        shutil.move(program, os.path.join(root, os.path.basename(program)))


def _in_root(root, *command, **options):
    """Runs a command in `root`, in namespaces of its own: this needs no rights."""
    return subprocess.run(
        ["unshare", "--map-root-user", f"--root={root}", *command],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, encoding="utf-8", **options)


class BareRootTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._temporary = tempfile.TemporaryDirectory()
        cls._root = cls._temporary.name
        cls._python = _copy_interpreter(cls._root)
        probe = _in_root(cls._root, cls._python, "-c", "")
        if probe.returncode:
            cls._temporary.cleanup()
            raise unittest.SkipTest(f"cannot run programs in another root: {probe.stderr}")
        _unpack_wheel(cls._root)

    @classmethod
    def tearDownClass(cls):
        cls._temporary.cleanup()

    def _run(self, *command):
        result = _in_root(self._root, *command, env={"PYTHONPATH": "/packages"})
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def test_dumps_and_converts(self):
        self.assertEqual(self._run(self._python, "-c", _DUMP), "True\n")
        profile = self._run("/memdump2callgrind", "/dump.json")
        self.assertTrue(profile.startswith("# callgrind format\n"))
        self.assertIn("list::table", profile)

    def test_writes_a_compressed_dump_if_the_interpreter_has_zlib(self):
        self._run(self._python, "-c", "import zlib, heapgrind; heapgrind.dump('/d.json.gz')")
        self.assertIn("main", self._run("/memdump2callgrind", "/d.json.gz"))

    def test_heapgrind_runs(self):
        self.assertEqual(self._run("/heapgrind", "--version"), f"heapgrind {VERSION}\n")


if __name__ == "__main__":
    unittest.main()
