"""Processes that are asked to run a script, as Python lets them from 3.14 on."""

import os
import re
import shutil
import subprocess
import sys
import unittest

import attach_support
from attach_support import NO_GDB_HINT, READY, WAIT
import dump_support

# Runs the scripts whose paths it reads, as Python does from 3.14 on.
SCRIPT_RUNNER = READY + (
    "for path in iter(sys.stdin.readline, ''):\n"
    "    with open(path.strip()) as script: exec(script.read(), {})\n"
    "print(sorted(name for name in sys.modules if 'heapgrind' in name))\n"
)

# The same, but runs the first only when there is another one.
LATE_RUNNER = "import os\n" + READY + (
    "scripts = [open(sys.stdin.readline().strip()).read() for _ in range(2)]\n"
    "for script in scripts: exec(script, {})\n"
    "print(len(os.listdir('/proc/self/task')), repr(scripts[1]), flush=True)\n"
    "sys.stdin.read()\n"
)

# The command, where Python has such a function.
REMOTE_ATTACHER = (
    "import os, sys\n"
    "from heapgrind import _attach\n"
    "def remote_exec(pid, script):\n"
    "    with open('/proc/{}/fd/0'.format(pid), 'w') as stdin: stdin.write(script + '\\n')\n"
    "sys.remote_exec = {}\n"
    "sys.exit(_attach.main(sys.argv[1:]))\n"
)


@unittest.skipIf(sys.version_info < (3, 7), "needs a GIL from the beginning")
class RemoteExecTest(attach_support.AttachTest):
    """With a function of the tests' own in the place of sys.remote_exec, so that
    every Python shows what a process of 3.14 does."""

    def attach_by(self, function, process, *options, **environment):
        """Attaches by a function; without gdb, unless `environment` has a PATH."""
        command = [sys.executable, "-c", REMOTE_ATTACHER.replace("{}\n", function + "\n")]
        environment.setdefault("PATH", "")
        attacher = subprocess.Popen(
            command + ["-o", self.output, str(process.pid)] + list(options),
            env=dict(os.environ, PYTHONPATH=attach_support.PACKAGES, **environment),
            stderr=subprocess.PIPE,
        )
        errors = attacher.communicate()[1].decode("utf-8")
        return attacher.returncode, errors

    def assertAttaches(self, function, process, stopped, **environment):
        """Attaching works; the pattern says for how long the process was stopped."""
        status, errors = self.attach_by(function, process, **environment)
        self.assertEqual(status, 0, errors)
        self.assertRegex_(errors, "; stopped the process for {} s, then ".format(stopped))
        with open(self.output, "rb") as dump_file:
            header = next(dump_support.Dump(dump_file.read()).parsed())
        self.assertEqual(header["pid"], process.pid)

    def assertRefuses(self, function, process, message, *options):
        text = "heapgrind: process {}: {}, and found no gdb in PATH\n".format(
            process.pid, message
        )
        found = self.attach_by(function, process, *options)
        self.assertEqual(found, (1, text + NO_GDB_HINT + "\n"))
        self.assertEqual(os.listdir(self.directory), [])

    def test_script_starts_the_agent(self):
        process = self.start(SCRIPT_RUNNER)
        for _ in range(3):
            self.assertAttaches("remote_exec", process, "0.000")
        self.assertEqual(self.finish(process), (0, "[]\n"))

    def test_main_thread_that_does_not_come_by(self):
        self.assertRefuses(
            "lambda *unused: None",
            self.start(WAIT),
            "expected its main thread to run Python code within 0.1 s, but it waits or "
            "runs C code",
            "--timeout=0.1",
        )

    def test_process_that_does_not_let_itself_be_asked(self):
        self.assertRefuses(
            "lambda *unused: exec('raise RuntimeError(5)')",
            self.start(WAIT),
            "expected it to run a script for us, got: 5",
        )

    def test_gdb_is_taken_if_the_main_thread_does_not_come_by(self):
        self.assertAttaches(
            "lambda *unused: None", self.start(WAIT), r"0\.\d*[1-9]\d*", PATH=os.environ["PATH"]
        )

    def test_gdb_is_taken_if_the_process_does_not_let_itself_be_asked(self):
        self.assertAttaches(
            "lambda *unused: exec('raise RuntimeError(5)')",
            self.start(WAIT),
            r"0\.\d*[1-9]\d*",
            PATH=os.environ["PATH"],
        )

    def test_script_that_was_read_but_runs_too_late_does_nothing(self):
        process = self.start(LATE_RUNNER)
        self.attach_by("remote_exec", process, "--timeout=0.5")
        self.assertEqual(process.stdout.readline(), b"1 ''\n")
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(os.listdir(self.directory), [])

    def test_process_without_dev_null_keeps_an_empty_script(self):
        process = self.start(WAIT)
        program = "(setattr(os, 'devnull', '/no/null'), os.path.exists(script) or 1 / 0)"
        status, errors = self.attach_by(
            "lambda pid, script: " + program, process, "--timeout=0.1"
        )
        pattern = r"\Aheapgrind: left an empty file in (\S+), which process {} may still read\n"
        self.assertRegex_(errors, pattern.format(process.pid))
        folder = re.search(pattern.format(process.pid), errors).group(1)
        self.addCleanup(shutil.rmtree, folder)
        sizes = [(name, os.path.getsize(os.path.join(folder, name))) for name in os.listdir(folder)]
        self.assertEqual((status, sizes), (1, [("script", 0)]))


if __name__ == "__main__":
    unittest.main()
