"""Processes that `attach` does not dump, for what they are doing or whose they are."""

import os
import signal
import subprocess
import unittest

import attach_support
from attach_support import WAIT
from heapgrind import _attach
from heapgrind._attach import _target
from heapgrind._attach import _target_check

NOBODY = 65534


def in_child(function):
    """Runs a function in a forked child; returns its exit status and stderr."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 2)
        os._exit(function())
    os.close(writing)
    with os.fdopen(reading, "rb") as errors:
        text = errors.read().decode("utf-8")
    return os.waitpid(child, 0)[1] >> 8, text


def attach_as_nobody(pid):
    """Returns what the command does for a user who is not root."""

    def attach():
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        return _attach.main([str(pid)])

    return in_child(attach)


class StateTest(attach_support.AttachTest):
    def test_no_such_process(self):
        process = self.start(WAIT)
        self.finish(process)
        self.assertRefused(process, "expected a process of this number, found none")

    def test_own_process(self):
        found = in_child(lambda: _attach.main([str(os.getpid())]))
        pattern = (
            r"\Aheapgrind: process \d+: expected another process\n"
            r"hint: heapgrind\.dump\(\) dumps its own\n\Z"
        )
        self.assertEqual(found[0], 1)
        self.assertRegex_(found[1], pattern)

    def test_zombie(self):
        process = self.start(WAIT)
        process.stdin.close()
        process.stdout.read()
        self.wait_for_state(process, "Z")
        self.assertRefused(process, "expected it to run, but it has ended")

    def test_process_that_is_stopped(self):
        process = self.start(WAIT)
        process.send_signal(signal.SIGSTOP)
        self.wait_for_state(process, "T")
        self.assertRefused(
            process,
            "expected it to run, but it is stopped\n"
            "hint: let it run on: kill -CONT {}".format(process.pid),
        )

    def test_process_that_is_debugged(self):
        process = self.start(WAIT)
        debugger = subprocess.Popen(
            ["gdb", "-nx", "-q", "-p", str(process.pid)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.addCleanup(self.end, debugger)
        self.wait_for_state(process, "t")
        self.assertRefused(
            process,
            "expected it to run freely, but process {} debugs it".format(debugger.pid),
        )
        self.finish(debugger)
        self.assertEqual(self.finish(process), (0, ""))

    def wait_for_state(self, process, letter):
        target = _target.Target(process.pid)
        attach_support.wait_until(
            lambda: target.status()["State"][0] == letter,
            "process {} to be in state {}".format(process.pid, letter),
        )


@unittest.skipUnless(os.geteuid() == 0, "needs root")
class PermissionTest(attach_support.AttachTest):
    def test_process_of_another_user(self):
        process = self.start(WAIT)
        self.assertEqual(
            attach_as_nobody(process.pid),
            (
                1,
                "heapgrind: process {}: expected a process of yours (user 65534), got "
                "one of user 0\nhint: attach as that user or as root\n".format(process.pid),
            ),
        )

    def start_undumpable(self):
        """A process of nobody that hides its memory from all but root."""
        return self.start(
            "import os; os.setgid({0}); os.setuid({0})\n".format(NOBODY) + WAIT
        )

    def refusal_under(self, scope):
        """Returns what is said where Yama has this scope."""
        process = self.start_undumpable()
        self.addCleanup(
            setattr, _target_check, "read_ptrace_scope", _target_check.read_ptrace_scope
        )
        _target_check.read_ptrace_scope = lambda: scope
        status, text = attach_as_nobody(process.pid)
        self.assertEqual(status, 1)
        prefix = "heapgrind: process {}: expected the right to debug it".format(process.pid)
        self.assertEqual(text[: len(prefix)], prefix)
        return text[len(prefix) :]

    def test_process_that_hides_its_memory(self):
        self.assertEqual(
            self.refusal_under(0), " (CAP_SYS_PTRACE), got: Permission denied\n"
        )

    def test_yama_lets_parents_debug(self):
        self.assertEqual(
            self.refusal_under(1),
            ", which kernel.yama.ptrace_scope=1 takes away\nhint: attach as root, or "
            "set it to 0: sysctl kernel.yama.ptrace_scope=0\n",
        )

    def test_yama_lets_nobody_debug(self):
        self.assertEqual(
            self.refusal_under(3),
            ", which kernel.yama.ptrace_scope=3 takes away\nhint: it stays so until "
            "the system starts again\n",
        )

    def test_root_dumps_a_process_of_another_user(self):
        process = self.start_undumpable()
        self.assertDumps(process)
        self.assertEqual(os.stat(self.output).st_uid, 0)
        self.assertEqual(self.finish(process), (0, ""))

    def test_root_dumps_a_busy_process_of_another_user(self):
        process = self.start(
            "import os, select; os.setgid({0}); os.setuid({0})\n".format(NOBODY)
            + attach_support.BUSY
        )
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, ""))


class ScopeTest(attach_support.AttachTest):
    def read(self, text):
        path = os.path.join(self.directory, "ptrace_scope")
        with open(path, "w") as scope:
            scope.write(text)
        return _target_check.read_ptrace_scope(path)

    def test_scope_of_yama(self):
        self.assertEqual([self.read("0\n"), self.read("1\n"), self.read("3\n")], [0, 1, 3])

    def test_kernel_without_yama(self):
        self.assertEqual(_target_check.read_ptrace_scope("/no/ptrace_scope"), 0)


if __name__ == "__main__":
    unittest.main()
