"""Dumps of processes that do not see our files, as in a container."""

import os
import subprocess
import sys
import unittest

import attach_support
import heapgrind
from heapgrind._attach import _scanner_place
from heapgrind._attach import _target

WAIT = (
    "import sys\nsys.stdout.write('ready\\n'); sys.stdout.flush()\n"
    "sys.stdin.read()\n"
)
SCANNER = os.path.abspath(heapgrind._scanner.__file__)
# Covers what is ours: the folder of the package and, with a place for copies of
# its own, /tmp; Python's own files stay.
COVER = "mount -t tmpfs none {root}{package} && mount -t tmpfs {options} none {root}/tmp && "


def can_mount():
    """True if this user may make a mount namespace and mount there."""
    command = ["unshare", "-m", "sh", "-c", "mount -t tmpfs none /tmp"]
    with open(os.devnull, "w") as null:
        try:
            return subprocess.call(command, stderr=null) == 0
        except EnvironmentError:  # There is no unshare.
            return False


@unittest.skipUnless(can_mount(), "needs unshare(1) and root")
class NamespaceTest(attach_support.AttachTest):
    def start_in(self, script, program=WAIT, **names):
        """Starts a program by a shell in a mount namespace of its own."""
        names.setdefault("root", "")
        names.setdefault("options", "")
        names.update(package=os.path.dirname(SCANNER), python=sys.executable)
        shell = ["unshare", "-m", "sh", "-c", script.format(**names), "sh"]
        return self.start(program, prefix=shell, python=sys.executable)

    def copies(self, process):
        """Returns the names of the scanner's copies in the process's /tmp."""
        root = _target.Target(process.pid).root
        return [name for name in os.listdir(root + "/tmp") if "heapgrind" in name]

    def test_process_in_another_mount_namespace(self):
        process = self.start_in(COVER + 'exec "$@"')
        self.assertFalse(_target.Target(process.pid).sees(SCANNER))
        self.assertDumps(process)
        self.assertEqual(self.copies(process), [])
        self.assertEqual(self.finish(process), (0, ""))

    def test_process_in_another_root(self):
        root = os.path.join(self.directory, "root")
        os.mkdir(root)
        self.addCleanup(os.rmdir, root)
        script = "mount --rbind / {root} && " + COVER + 'exec chroot {root} "$@"'
        process = self.start_in(script, root=root)
        # The path begins elsewhere where the test has a root of its own.
        self.assertTrue(os.readlink("/proc/{}/root".format(process.pid)).endswith(root))
        self.output = os.path.join(self.directory, "out.json")
        self.assertDumps(process)
        self.assertEqual(self.copies(process), [])
        self.assertEqual(self.finish(process), (0, ""))

    def test_busy_process_in_another_mount_namespace(self):
        process = self.start_in(COVER + 'exec "$@"', attach_support.BUSY)
        self.assertDumps(process)
        self.assertEqual(self.copies(process), [])
        self.assertEqual(self.finish(process), (0, ""))

    def test_place_that_code_may_not_be_loaded_from(self):
        process = self.start_in(COVER + 'exec "$@"', options="-o noexec")
        self.assertDumps(process)
        self.assertEqual(self.copies(process), [])

    def test_the_same_scanner_is_loaded_once(self):
        process = self.start_in(COVER + 'exec "$@"')
        self.assertDumps(process)
        self.assertDumps(process)
        with open("/proc/{}/maps".format(process.pid)) as maps:
            loaded = [line for line in maps if ".heapgrind-" in line and " r-xp " in line]
        self.assertEqual(len(loaded), 1, loaded)

    def test_file_that_has_the_name_of_a_copy_is_not_loaded(self):
        process = self.start_in(COVER + 'exec "$@"')
        target = _target.Target(process.pid)
        with open(SCANNER, "rb") as scanner:
            places = _scanner_place.places(target, OnlyData(scanner.read()))
        planted = next(places)
        places.close()
        with open(target.root + planted, "wb") as other:
            other.write(b"planted")
        self.assertDumps(process)
        self.assertEqual(self.copies(process), [os.path.basename(planted)])


class OnlyData(object):
    """A scanner that is in no file."""

    path = None

    def __init__(self, data):
        self.data = data


if __name__ == "__main__":
    unittest.main()
