"""Child processes and subinterpreters of a program that HEAPGRIND watches."""

import os
import signal
import subprocess
import sys
import unittest

import hook_support

try:
    import _testcapi
except ImportError:
    _testcapi = None

VERSION = sys.version_info[:2]


class ChildrenTest(hook_support.HookTest):
    def test_forked_child_writes_its_own_files(self):
        program = (
            "import os, sys\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    sys.exit(3)\n"
            "print(child)\n"
            "sys.exit(os.waitpid(child, 0)[1] >> 8)\n"
        )
        process = self.start("exit", program)
        output, _ = process.communicate()
        self.assertEqual(process.returncode, 3)
        self.assertEqual(self.pids(), sorted([process.pid, int(output)]))

    def test_signal_reaches_each_worker(self):
        program = (
            "import os, sys\n"
            "children = []\n"
            "for _ in range(3):\n"
            "    read_end, write_end = os.pipe()\n"
            "    child = os.fork()\n"
            "    if child == 0:\n"
            "        os.write(1, b'up\\n')\n"
            "        os.close(write_end)\n"
            "        os.read(read_end, 1)\n"
            "        os._exit(0)\n"
            "    children.append((child, write_end))\n"
            "os.write(1, (' '.join(str(x) for x, _ in children) + '\\n').encode())\n"
            "sys.stdout.flush()\n"
            "sys.stdin.readline()\n"
            "for child, write_end in children:\n"
            "    os.write(write_end, b'x')\n"
            "    os.waitpid(child, 0)\n"
        )
        process = self.start("signal,fork", program)
        lines = [process.stdout.readline() for _ in range(4)]
        self.assertEqual(lines.count(b"up\n"), 3, lines)
        (line,) = [x for x in lines if x != b"up\n"]
        workers = [int(x) for x in line.split()]
        for worker in workers:
            os.kill(worker, signal.SIGUSR2)
        paths = [self.wait_for_dump(process) for _ in workers]
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(self.pids(), sorted(workers))
        self.assertEqual(len(set(paths)), 3)

    @unittest.skipIf(VERSION < (3, 7), "not run: register_at_fork came with 3.7")
    def test_signal_that_comes_before_a_worker_has_its_thread_is_not_lost(self):
        program = (
            "import os, signal, sys\n"
            "def get_signal():\n"
            "    os.kill(os.getpid(), signal.SIGUSR2)\n"
            "os.register_at_fork(after_in_child=get_signal)\n"  # Comes before the hook's.
            "from heapgrind import _hook\n"
            "_hook.start_from_environment()\n"
            "os.write(1, b'%d\\n' % (os.fork() or os.getpid()))\n"
            "sys.stdin.read()\n"
        )
        process = self.start("signal,fork", program, "-S")
        child = int(process.stdout.readline())
        self.wait_for_dump(process)
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(self.pids(), [child])

    def test_started_child_writes_its_own_file(self):
        program = (
            "import subprocess, sys\n"
            "child = subprocess.Popen([sys.executable, '-c', ''])\n"
            "child.wait()\n"
            "print(child.pid)\n"
        )
        process = self.start("exit", program)
        output, _ = process.communicate()
        self.assertEqual(self.pids(), sorted([process.pid, int(output)]))

    def run_multiprocessing(self, settings, method, work):
        """Runs a program that starts a child; returns their PIDs, sorted."""
        path = os.path.join(self.base, "program.py")
        with open(path, "w") as program:
            program.write(
                "import glob, multiprocessing, os, time\n"
                "def work():\n"
                "    {}\n"
                "if __name__ == '__main__':\n"
                "    if {!r}: multiprocessing.set_start_method({!r})\n"
                "    child = multiprocessing.Process(target=work)\n"
                "    child.start()\n"
                "    child.join()\n"
                "    print(child.pid)\n".format(work, method, method)
            )
        process = subprocess.Popen(
            [sys.executable, path],
            env=self.environment(
                HEAPGRIND="{},out={}/%p-%n.json".format(settings, self.directory)
            ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = process.communicate()
        self.assertEqual(process.returncode, 0, errors)
        return sorted([process.pid, int(output)])

    def test_multiprocessing(self):
        pids = self.run_multiprocessing("exit", None, "pass")
        self.assertEqual(self.pids(), pids)

    @unittest.skipIf(VERSION < (3, 4), "there is no other method")
    def test_forkserver_does_not_dump_at_its_end(self):
        pids = self.run_multiprocessing("exit", "forkserver", "pass")
        self.assertEqual(self.pids(), pids)

    @unittest.skipIf(VERSION < (3, 4), "there is no other method")
    def test_tracker_of_semaphores_does_not_dump_at_its_end(self):
        pids = self.run_multiprocessing("exit", "spawn", "multiprocessing.Lock()")
        self.assertEqual(self.pids(), pids)

    @unittest.skipIf(VERSION < (3, 4), "there is no other method")
    def test_forkserver_does_not_dump_by_the_clock(self):
        wait = "while not glob.glob({!r} % os.getpid()): time.sleep(0.01)".format(
            os.path.join(self.directory, "%d-*.json")
        )
        pids = self.run_multiprocessing("every=0.05s", "forkserver", wait)
        names = [name for name in os.listdir(self.directory) if name.endswith(".json")]
        found = set(int(name.split("-")[0]) for name in names)
        self.assertEqual(found - set(pids), set())

    def test_child_does_not_dump_by_a_signal_of_its_parent(self):
        program = (
            "import os, sys\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    sys.stdin.readline()\n"
            "    os._exit(0)\n"
            "print('ready')\n"
            "sys.stdout.flush()\n"
            "os.waitpid(child, 0)\n"
        )
        process = self.start_ready("signal", program)
        process.send_signal(signal.SIGUSR2)
        self.wait_for_dump(process)
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(self.pids(), [process.pid])


@unittest.skipUnless(hasattr(_testcapi, "run_in_subinterp"), "needs _testcapi")
class SubinterpretersTest(hook_support.HookTest):
    def test_subinterpreter_is_no_second_process(self):
        program = "import _testcapi\n_testcapi.run_in_subinterp('kept = 1')\n"
        self.assertEqual(self.run_program("signal", program), (0, ""))
        self.assertEqual(self.run_program("exit", program)[1].count("wrote"), 1)


if __name__ == "__main__":
    unittest.main()
