"""Processes to dump from outside, and blobs to do it with, for tests."""

import functools
import os
import shutil
import subprocess
import tempfile
import unittest

from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process

SOURCE = os.path.abspath("tests/end_to_end/outside/tiny_blob.c")
BUSY_PROGRAM = os.path.abspath("tests/end_to_end/outside/busy_program.py")
SYSTEM_PYTHON = os.environ.get("HEAPGRIND_TEST_PYTHON", "/usr/bin/python3")
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}
WAITING_PROGRAM = "import sys; print('ready'); sys.stdout.flush(); sys.stdin.readline()"

_TAGS = """
import sys, sysconfig
version = "%d%d" % sys.version_info[:2]
kind = "m" if version in ("27", "36", "37") else ""
wide = "u" if version == "27" and sys.maxunicode > 65535 else ""
free = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
debug = "d" if hasattr(sys, "gettotalrefcount") else ""
musl = "musl" if "musl" in str(sysconfig.get_config_var("SOABI")) else ""
print("cp" + version + free + debug + kind + wide + musl)
"""


@functools.lru_cache(maxsize=None)
def tag_of(python):
    """Returns what blobs for an interpreter are called; the oracle of the tests."""
    return subprocess.run([python, "-c", _TAGS], stdout=subprocess.PIPE, check=True,
                          encoding="utf-8").stdout.strip()


@functools.lru_cache(maxsize=None)
def tiny_blob(what="WELL", passes=0, words=1):
    """Returns the path of a blob compiled from tiny_blob.c."""
    folder = tempfile.mkdtemp(dir=os.environ.get("TEST_TMPDIR"))
    path = os.path.join(folder, "blob")
    subprocess.run(
        ["gcc", "-O1", "-shared", "-nostdlib", "-fPIC", "-ffreestanding", "-fno-stack-protector",
         "-fno-tree-loop-distribute-patterns", "-Wl,-Bsymbolic", "-Wl,-e,hg_run", "-iquote", ".",
         f"-DWHAT={what}", f"-DPASSES={passes}", f"-DWORDS={words}", "-o", path, SOURCE],
        check=True)
    return path


def make_blobs(folder, python=SYSTEM_PYTHON, what="WELL", passes=0):
    """Puts a tiny blob for an interpreter into a folder; returns that."""
    os.makedirs(folder, exist_ok=True)
    tag = tag_of(python)
    blob = tiny_blob(what, passes, words=3 if "t" in tag else 1)
    shutil.copy(blob, os.path.join(folder, f"heapgrind-{tag}.blob"))
    return folder


class Process:
    """A process to dump, as a context; it is killed in the end.

    Attributes:
        process: The subprocess.Popen.
        pid: Of what is to be dumped.
    """

    def __init__(self, command=(SYSTEM_PYTHON, "-c", WAITING_PROGRAM), **options):
        self.process = subprocess.Popen(
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
            **options)
        self.pid = self.process.pid
        self.first_line = self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.kill()
        self.process.communicate()

    def say(self, text="\n"):
        """Sends it a line."""
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def finish(self):
        """Lets a waiting program end; returns its exit status."""
        self.process.communicate("\n")
        return self.process.returncode

    def status(self, key, name="status"):
        """Returns a line of its status; "" if there is none."""
        return status(self.pid, key, name)

    def children(self):
        """Returns its child processes, those that have ended too."""
        return children(self.pid)


def status(pid, key, name="status"):
    """Returns a line of a process's status; "" if there is none."""
    try:
        with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:
            lines = dict(line.split(":", 1) for line in file)
    except OSError:
        return ""
    return lines.get(key, "").strip()


def children(pid):
    """Returns the child processes of a process, as its threads list them."""
    while True:
        threads = os.listdir(f"/proc/{pid}/task")
        try:
            return [child for thread in threads for child in _children_of_thread(pid, thread)]
        except (FileNotFoundError, ProcessLookupError):
            continue  # It has ended, and its children go to another one.


def _children_of_thread(pid, thread):
    with open(f"/proc/{pid}/task/{thread}/children", encoding="utf-8") as file:
        return [int(number) for number in file.read().split()]


class OutsideTestCase(unittest.TestCase):
    """Has a folder for files, and tiny blobs in it."""

    maxDiff = None

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = self._folder.name
        self.output = os.path.join(self.folder, "app.json")

    def dump(self, pid, *options, python=SYSTEM_PYTHON, what="WELL", passes=0, **run_options):
        """Runs `heapgrind dump`; returns its exit status, stdout and stderr."""
        blobs = make_blobs(os.path.join(self.folder, "blobs-" + what), python, what, passes)
        words = ["dump", str(pid), "--blobs", blobs, "-o", self.output, *options]
        return heapgrind_program.run(*words, **run_options)

    def dump_as_nobody(self, pid):
        """The same as another user, with a copy of the program that this one may run."""
        open_to_all(self.folder)
        program = os.path.join(self.folder, "heapgrind")
        shutil.copy(heapgrind_program.PROGRAM, program)
        return self.dump(pid, executable=program, **NOBODY)

    def assertDumped(self, result):
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)
        self.assertRegex(result.stderr, r"\Aheapgrind dump: wrote \d+ objects of \d+ bytes to "
                                        r"\S+; stopped the process for \d+\.\d{3} s\n\Z")

    def assertRefused(self, result, *lines):
        """Checks the message, one line and perhaps a hint; nothing was written."""
        self.assertEqual((result.returncode, result.stdout, result.stderr.splitlines()),
                         (1, "", list(lines)))
        self.assertEqual([name for name in os.listdir(self.folder)
                          if name == "app.json" or name.startswith(".heapgrind")], [])

    def assertUnharmed(self, process):
        """Checks that nothing is left in a waiting process, and that it runs on."""
        self.assertEqual(process.children(), [])
        self.assertEqual(process.status("TracerPid"), "0")
        self.assertEqual(process.finish(), 0)


class ScannerTestCase(OutsideTestCase):
    """Has also the real blob for Debian's Python, or the one that is named.

    Attributes:
        blobs: The folder that has it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blobs = os.environ.get("HEAPGRIND_TEST_BLOBS")
        if cls.blobs is not None:
            return
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.blobs = live_process.build_blob(os.path.join(folder.name, "blobs"))


def state(pid):
    """Returns the letter of a process's state; "" if there is none."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def open_to_all(folder):
    """Lets other users read a folder, its parents, and write to it."""
    os.chmod(folder, 0o777)
    parent = os.path.dirname(folder)
    while parent != "/":
        mode = os.stat(parent).st_mode
        if not mode & 0o001:
            raise unittest.SkipTest(f"not run: others may not enter {parent}")
        parent = os.path.dirname(parent)


def pyenv(version):
    """Returns pyenv's newest interpreter of a version, or None."""
    root = os.path.join(os.environ.get("PYENV_ROOT", "/root/.pyenv"), "versions")
    names = [name for name in (os.listdir(root) if os.path.isdir(root) else [])
             if name.startswith(version + ".")]
    names.sort(key=lambda name: [int(part) for part in name.split(".") if part.isdigit()])
    return os.path.join(root, names[-1], "bin", "python") if names else None


def is_root():
    """Whether the tests run as root, and not one in a namespace of users."""
    with open("/proc/self/uid_map", encoding="utf-8") as file:
        return os.geteuid() == 0 and file.read().split() == ["0", "0", "4294967295"]
