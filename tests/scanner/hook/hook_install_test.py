"""The command `python -m heapgrind hook`."""

import os
import re
import subprocess
import sys
import unittest

import hook_support
from hook_support import PACKAGES


class InstallTest(hook_support.HookTest):
    def pth(self):
        """The path of the file."""
        status, output = self.hook("status")
        self.assertEqual(status, 0)
        return re.match("installed (.*)\n", output).group(1)

    def test_install_remove_and_status(self):
        path = self.pth()
        self.assertTrue(path.startswith(self.base))
        self.assertEqual(self.hook("remove"), (0, "removed {}\n".format(path)))
        self.assertFalse(os.path.exists(path))
        self.assertEqual(self.hook("remove"), (0, "not installed\n"))
        self.assertEqual(self.hook("status"), (1, "not installed\nHEAPGRIND: not set\n"))
        self.assertEqual(
            self.hook("install", "--user"), (0, "installed {}\n".format(path))
        )
        self.assertEqual(self.hook("install", "--user")[0], 0)
        with open(path) as pth:
            self.assertEqual(len(pth.readlines()), 1)

    def test_package_is_found_where_it_was_when_installed(self):
        environment = self.environment(HEAPGRIND="exit,out=" + self.directory + "/a.json")
        del environment["PYTHONPATH"]
        program = "import sys; print(sys.path)"
        output = subprocess.check_output(
            [sys.executable, "-c", program], env=environment, stderr=subprocess.STDOUT
        )
        self.assertEqual(os.listdir(self.directory), ["a.json"])
        self.assertNotIn(PACKAGES.encode("utf-8") + b"'", output.splitlines()[0])

    def test_package_that_is_gone_is_one_line(self):
        path = self.pth()
        with open(path) as pth:
            line = pth.read()
        self.addCleanup(self.hook, "install", "--user")
        with open(path, "w") as pth:
            pth.write(line.replace(PACKAGES, "/there/is/none"))
        environment = self.environment(HEAPGRIND="exit")
        environment["PYTHONPATH"] = ""
        process = subprocess.Popen(
            [sys.executable, "-c", "print('runs')"],
            env=environment,
            cwd=self.directory,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = process.communicate()
        self.assertEqual((process.returncode, output), (0, b"runs\n"))
        self.assertEqual(len(errors.splitlines()), 1)
        self.assertIn(b"heapgrind.pth cannot run: No module named", errors)

    def test_usage_error(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "heapgrind", "hook", "frobnicate"],
            env=self.environment(),
            stderr=subprocess.PIPE,
        )
        errors = process.communicate()[1]
        self.assertEqual(process.returncode, 2)
        self.assertEqual(
            errors.splitlines()[0],
            b"heapgrind: expected install, remove or status after 'hook', got 'frobnicate'",
        )


if __name__ == "__main__":
    unittest.main()
