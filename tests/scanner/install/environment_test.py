"""The wheel with the native programs, in a fresh environment of this interpreter.

Where the programs are: $HEAPGRIND_PROGRAMS, paths with a colon between them;
else where Bazel puts them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))
BUILD_WHEEL = os.path.join(ROOT, "scanner", "build_wheel.py")
PROGRAMS = [
    os.path.abspath(path)
    for path in os.environ.get(
        "HEAPGRIND_PROGRAMS",
        ":".join(
            os.path.join(ROOT, "converter", name)
            for name in ("memdump2callgrind", "heapgrind")
        ),
    ).split(":")
]

DUMP_ITSELF = "import heapgrind; print(heapgrind.dump('a.json').objects > 1000)"


def fresh_environment(folder):
    """Makes a place for packages that has none of them but pip's.

    Returns its interpreter, what pip needs to install into it, and the variables
    in which its packages are found.  Python 2.7 brings no virtual environments:
    there it is an empty prefix.
    """
    variables = {
        name: value for name, value in os.environ.items() if name != "PYTHONPATH"
    }
    variables["PATH"] = os.path.join(folder, "bin") + ":/usr/bin:/bin"
    if sys.version_info >= (3,):
        run([sys.executable, "-m", "venv", folder], variables)
        return os.path.join(folder, "bin", "python3"), [], variables
    os.mkdir(folder)
    packages = os.path.join(folder, "lib", "python2.7", "site-packages")
    variables.update(PYTHONPATH=packages, PYTHON=sys.executable)
    return sys.executable, ["--prefix", folder], variables


def run(command, variables, folder=None):
    """Runs a command and returns its output.  Raises AssertionError with it."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = process.communicate()[0].decode("utf-8")
    if process.returncode != 0:
        raise AssertionError("{}: {}".format(command, output))
    return output


def files_below(folder):
    """Returns the names of all files below a folder."""
    return [name for _, _, names in os.walk(folder) for name in names]


@unittest.skipUnless(
    all(os.path.exists(path) for path in PROGRAMS), "needs the native programs"
)
class EnvironmentTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="heapgrind-test-")
        cls.home = os.path.join(cls.folder, "environment")
        cls.python, cls.where, cls.variables = fresh_environment(cls.home)
        cls.files_before = files_below(cls.home)
        cls.wheel = cls.build_wheel()
        cls.install()

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    @classmethod
    def build_wheel(cls):
        manual = os.path.join(cls.folder, "heapgrind.1")
        with open(manual, "w") as page:
            page.write(".TH HEAPGRIND 1\n")
        command = [sys.executable, BUILD_WHEEL, "--out", cls.folder, "--manual", manual]
        for program in PROGRAMS:
            command += ["--program", program]
        return run(command, os.environ).splitlines()[-1]

    @classmethod
    def run_there(cls, *command):
        return run(list(command), cls.variables, cls.home)

    @classmethod
    def pip(cls, *words):
        pip = [cls.python, "-m", "pip", "--disable-pip-version-check"]
        return cls.run_there(*(pip + list(words)))

    @classmethod
    def install(cls):
        cls.pip("install", "--no-index", *(cls.where + [cls.wheel]))

    def test_dumps_and_converts(self):
        self.assertIn("True", self.run_there(self.python, "-c", DUMP_ITSELF))
        self.run_there(self.program("memdump2callgrind"), "-o", "a.cg", "a.json")
        with open(os.path.join(self.home, "a.cg")) as profile:
            self.assertEqual(profile.readline(), "# callgrind format\n")

    def program(self, name):
        return os.path.join(self.home, "bin", name)

    def test_native_program_runs_the_package_beside_it(self):
        with open(os.path.join(self.home, "app.py"), "w") as program:
            program.write("print('ran')\n")
        output = self.run_there(
            self.program("heapgrind"), "run", "-o", "b.json", "app.py"
        )
        self.assertIn("ran", output)
        self.assertTrue(os.path.exists(os.path.join(self.home, "b.json")))

    def test_brings_the_manual(self):
        page = os.path.join(self.home, "share", "man", "man1", "heapgrind.1")
        self.assertTrue(os.path.exists(page))

    def test_nothing_is_left_when_it_is_removed(self):
        self.assertIn("memdump2callgrind", files_below(self.home))
        before = set(self.files_before) | {"a.json", "a.cg", "b.json", "app.py"}
        self.pip("uninstall", "--yes", "heapgrind")
        self.addCleanup(self.install)
        left = set(files_below(self.home)) - before
        self.assertEqual([name for name in left if not name.endswith(".pyc")], [])


if __name__ == "__main__":
    unittest.main()
