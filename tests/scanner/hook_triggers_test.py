"""Dumps that are asked for from outside of the program: HEAPGRIND in the
environment, and `run --when`."""

import gzip
import os
import re
import select
import shutil
import signal
import site
import subprocess
import sys
import tempfile
import unittest

import dump_support
import heapgrind

try:
    import _testcapi
except ImportError:
    _testcapi = None

VERSION = sys.version_info[:2]
PACKAGES = os.path.abspath(os.path.dirname(os.path.dirname(heapgrind.__file__)))

# Says that it is there, and waits until it is told to end.
WAITS = "import sys\nprint('ready')\nsys.stdout.flush()\nsys.stdin.readline()\n"


def is_user_site_used():
    """True if this interpreter looks for packages of the user."""
    site.getusersitepackages()
    return bool(site.ENABLE_USER_SITE)


def frames_of_program(dump):
    """The names of the frames of a program that `-c` ran."""
    frames = [x for x in dump.records() if x["type"] == "frame"]
    return [x["name"] for x in frames if x["file"] == "<string>"]


@unittest.skipUnless(is_user_site_used(), "needs a place for packages of the user")
class HookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.mkdtemp(prefix="heapgrind-test-")
        cls.hook("install", "--user")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.base)

    @classmethod
    def environment(cls, **variables):
        """The environment of a program."""
        environment = dict(os.environ, PYTHONUSERBASE=cls.base, **variables)
        environment["PYTHONPATH"] = PACKAGES
        for name in ("PYTHONNOUSERSITE", "PYTHONSAFEPATH"):
            environment.pop(name, None)
        return environment

    @classmethod
    def hook(cls, *arguments):
        """Runs `python -m heapgrind hook`.  Returns (exit status, stdout)."""
        process = subprocess.Popen(
            [sys.executable, "-m", "heapgrind", "hook"] + list(arguments),
            env=cls.environment(),
            stdout=subprocess.PIPE,
        )
        output = process.communicate()[0].decode("utf-8")
        return process.returncode, output

    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="heapgrind-test-"))
        self.addCleanup(shutil.rmtree, self.directory)

    def start(self, settings, program, *options, **variables):
        """Starts a program with HEAPGRIND; dumps go to the directory."""
        settings += ",out=" + os.path.join(self.directory, variables.pop("out", "%p-%n.json"))
        process = subprocess.Popen(
            [sys.executable] + list(options) + ["-c", program],
            env=self.environment(HEAPGRIND=settings, **variables),
            cwd=self.directory,
            bufsize=0,  # Nothing that was not asked for is read.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(self.put_away, process)
        return process

    def put_away(self, process):
        """Ends a process whose test has failed."""
        if process.poll() is None:
            process.kill()
            process.communicate()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()

    def start_ready(self, settings, program=WAITS, **variables):
        """Starts a program, and waits until it says `ready`."""
        process = self.start(settings, program, **variables)
        self.assertEqual(process.stdout.readline(), b"ready\n", "not ready")
        return process

    def finish(self, process):
        """Lets a program end.  Returns its (exit status, stderr)."""
        errors = process.communicate(b"\n")[1]
        return process.returncode, errors.decode("utf-8")

    def run_program(self, settings, program, *options, **variables):
        """Runs a program to its end.  Returns its (exit status, stderr)."""
        return self.finish(self.start(settings, program, *options, **variables))

    def wait_for_dump(self, process):
        """Waits until a program says that it has dumped.  Returns the path."""
        line = process.stderr.readline().decode("utf-8")
        match = re.match(r"heapgrind: wrote \d+ objects of \d+ bytes in .* to (.*) \(", line)
        self.assertIsNotNone(match, line)
        return match.group(1)

    def read(self, path):
        """The dump in a file."""
        with open(os.path.join(self.directory, path), "rb") as dump_file:
            return dump_support.Dump(dump_file.read())

    def pids(self):
        """The numbers of the processes whose whole dumps are in the directory,
        sorted: by the files' names and by what stands in them."""
        names = sorted(os.listdir(self.directory))
        found = []
        for name in names:
            dump = self.read(name)
            self.assertTrue(dump.text.splitlines()[-1].startswith(b'{"end": '), name)
            found.append(next(dump.parsed())["pid"])
            self.assertTrue(name.startswith("{}-".format(found[-1])), name)
        return sorted(found)


class TriggersTest(HookTest):
    def test_without_settings_nothing_is_imported(self):
        program = "import sys; sys.exit('heapgrind' in sys.modules)"
        status = subprocess.call(
            [sys.executable, "-c", program], env=self.environment(HEAPGRIND="")
        )
        self.assertEqual(status, 0)

    def test_exit_dumps_once(self):
        process = self.start("exit", "kept = ['at the end']")
        status, errors = self.finish(process)
        self.assertEqual(status, 0)
        self.assertRegex(
            errors,
            r"\Aheapgrind: wrote \d+ objects of \d+ bytes in \d+\.\d{3} s to "
            + re.escape(os.path.join(self.directory, "{}-1.json".format(process.pid)))
            + r" \(exit\)\n\Z",
        )
        self.assertEqual(self.pids(), [process.pid])

    def test_hook_that_is_started_twice_dumps_once(self):
        program = "import heapgrind._hook as hook; hook.start_from_environment()"
        self.assertEqual(self.run_program("exit", program)[1].count("wrote"), 1)
        self.assertEqual(len(self.pids()), 1)

    def test_exit_keeps_the_status(self):
        self.assertEqual(self.run_program("exit", "import sys; sys.exit(7)")[0], 7)
        self.assertEqual(len(self.pids()), 1)

    def test_signal_dumps_and_the_program_goes_on(self):
        for extra in ("", ",fork"):
            process = self.start_ready("signal=USR1" + extra)
            for number in (1, 2):
                process.send_signal(signal.SIGUSR1)
                path = self.wait_for_dump(process)
                name = "{}-{}.json".format(process.pid, number)
                self.assertEqual(os.path.basename(path), name)
            self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(len(self.pids()), 4)

    def test_usr2_is_the_signal_if_nothing_else_asks(self):
        process = self.start_ready("fork")
        process.send_signal(signal.SIGUSR2)
        self.wait_for_dump(process)
        self.assertEqual(self.finish(process), (0, ""))

    def test_program_that_is_blocked_in_c(self):
        program = (
            "import ctypes, sys\n"
            "print('ready')\n"
            "sys.stdout.flush()\n"
            "libc = ctypes.CDLL(None)\n"
            "libc.read(0, ctypes.create_string_buffer(1), 1)\n"
            "print('went on')\n"
        )
        process = self.start_ready("signal,fork", program)
        process.send_signal(signal.SIGUSR2)
        dump = self.read(self.wait_for_dump(process))
        self.assertEqual(frames_of_program(dump), ["<module>"])
        output, errors = process.communicate(b"\n")
        self.assertEqual((output, errors), (b"went on\n", b""))

    def test_thread_that_dumps_is_not_in_the_dump(self):
        process = self.start_ready("signal")
        process.send_signal(signal.SIGUSR2)
        dump = self.read(self.wait_for_dump(process))
        threads = [x for x in dump.roots() if x["root"] == "thread"]
        self.assertEqual([x.get("name") for x in threads], ["MainThread"])
        self.assertEqual(frames_of_program(dump), ["<module>"])
        self.finish(process)

    def test_memory_that_passes_a_limit(self):
        program = (
            "import sys\n"
            "kept = bytearray(b'x') * 300000000\n"
            "print('ready')\n"
            "sys.stdout.flush()\n"
            "sys.stdin.readline()\n"
        )
        process = self.start_ready("rss>200M", program)
        dump = self.read(self.wait_for_dump(process))
        self.assertGreater(next(dump.parsed())["rss"], 200 << 20)
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(self.pids(), [process.pid])

    def test_interval_keeps_the_last_dumps(self):
        process = self.start_ready("every=0.02s,keep=2,fork")
        paths = [self.wait_for_dump(process) for _ in range(4)]
        status, errors = self.finish(process)
        self.assertEqual(status, 0)
        paths += re.findall(r" to (\S+) \(every", errors)
        left = [os.path.join(self.directory, x) for x in os.listdir(self.directory)]
        whole = [x for x in left if x in paths]  # The last may have been under way.
        self.assertEqual(sorted(whole), sorted(paths[-2:]))
        self.assertTrue(all(os.path.basename(x)[0] != "." for x in whole))

    def test_storm_of_signals(self):
        process = self.start_ready("signal,fork,exit")
        num_signals = 0
        while not select.select([process.stderr], [], [], 0)[0]:
            process.send_signal(signal.SIGUSR2)
            num_signals += 1
        self.wait_for_dump(process)
        status, errors = self.finish(process)
        self.assertEqual(status, 0)
        self.assertRegex(errors, r"heapgrind: \d+ more signals came while it dumped\n")
        self.assertGreater(num_signals, 3)
        # The first, perhaps one that came after it was done, and the end's.
        self.assertLessEqual(len(self.pids()), 3)

    if VERSION < (3, 0):
        assertRegex = unittest.TestCase.assertRegexpMatches


class FilesTest(HookTest):
    def test_no_file_is_overwritten(self):
        for name in ("app.json.gz", "app-3.json.gz"):
            with open(os.path.join(self.directory, name), "w") as old:
                old.write("old")
        for _ in range(2):
            self.assertEqual(self.run_program("exit", "", out="app.json.gz")[0], 0)
        names = sorted(os.listdir(self.directory))
        self.assertEqual(
            names, ["app-2.json.gz", "app-3.json.gz", "app-4.json.gz", "app.json.gz"]
        )
        for name in ("app.json.gz", "app-3.json.gz"):
            self.assertEqual(self.read(name).text, b"old")
        with gzip.open(os.path.join(self.directory, "app-4.json.gz")) as dump_file:
            self.assertTrue(dump_file.read().startswith(b'{"heapgrind"'))

    def test_name_that_another_dump_is_about_to_get_is_left_to_it(self):
        with open(os.path.join(self.directory, ".app.json.part"), "w"):
            pass
        self.run_program("exit", "", out="app.json")
        self.assertEqual(
            sorted(os.listdir(self.directory)), [".app.json.part", "app-2.json"]
        )

    def test_name_has_process_time_and_number(self):
        process = self.start("exit", "", out="a%%b-%t-%p-%n.json")
        self.finish(process)
        (name,) = os.listdir(self.directory)
        pattern = r"\Aa%b-\d{8}T\d{6}-" + str(process.pid) + r"-1\.json\Z"
        self.assertIsNotNone(re.match(pattern, name), name)

    def test_program_that_goes_elsewhere(self):
        program = "import os\nos.chdir('/')\n"
        process = self.start("exit", program)
        self.finish(process)
        self.assertEqual(self.pids(), [process.pid])

    def test_limit_of_the_size(self):
        process = self.start("exit,max=500K,values=none", "kept = list(range(10000))")
        errors = self.finish(process)[1]
        path = os.path.join(self.directory, "{}-1.json".format(process.pid))
        self.assertLessEqual(os.path.getsize(path), 500 << 10)
        end = list(self.read(path).parsed())[-1]
        self.assertIn("bytes, left out {} in".format(end["left_out"]), errors)

    def test_directory_that_is_not_there(self):
        status, errors = self.run_program("exit", "import sys; sys.exit(3)", out="no/a.json")
        path = os.path.join(self.directory, "no", "a.json")
        self.assertEqual(
            (status, errors),
            (3, "heapgrind: cannot write '{}': No such file or directory\n".format(path)),
        )

    def test_full_disk_leaves_nothing_and_the_program_goes_on(self):
        program = (
            "import resource, signal\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))\n" + WAITS
        )
        process = self.start_ready("signal,fork", program)
        process.send_signal(signal.SIGUSR2)
        line = process.stderr.readline().decode("utf-8")
        path = os.path.join(self.directory, "{}-1.json".format(process.pid))
        expected = "heapgrind: cannot write '{}': File too large\n".format(path)
        self.assertEqual(line, expected)
        self.assertEqual(self.finish(process), (0, ""))
        self.assertEqual(os.listdir(self.directory), [])


class ChildrenTest(HookTest):
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
class SubinterpretersTest(HookTest):
    def test_subinterpreter_is_no_second_process(self):
        program = "import _testcapi\n_testcapi.run_in_subinterp('kept = 1')\n"
        self.assertEqual(self.run_program("signal", program), (0, ""))
        self.assertEqual(self.run_program("exit", program)[1].count("wrote"), 1)


class ProgramsHandlersTest(HookTest):
    TAKES = (
        "import signal, sys\n"
        "signal.signal(signal.SIGUSR2, lambda *unused: sys.stdout.write('mine\\n'))\n"
    )

    def test_handler_of_the_program_is_left_and_told_of(self):
        program = self.TAKES + "import os; os.kill(os.getpid(), signal.SIGUSR2)\n"
        process = self.start("signal", program)
        output, errors = process.communicate()
        self.assertEqual(output, b"mine\n")
        self.assertEqual(
            errors,
            b"heapgrind: SIGUSR2 does not dump any more: the program handles it\n",
        )

    def test_it_is_told_when_something_else_dumps(self):
        program = self.TAKES + "print('ready')\nsys.stdout.flush()\nsys.stdin.readline()\n"
        process = self.start_ready("signal,every=0.01s,keep=1", program)
        line = b"heapgrind: wrote"
        while line.startswith(b"heapgrind: wrote"):  # Before it took the signal.
            line = process.stderr.readline()
        self.assertEqual(
            line, b"heapgrind: SIGUSR2 does not dump any more: the program handles it\n"
        )
        self.wait_for_dump(process)
        self.assertEqual(self.finish(process)[0], 0)

    def test_signal_that_is_ignored_from_the_start_stays_so(self):
        old = signal.signal(signal.SIGUSR2, signal.SIG_IGN)
        try:
            process = self.start_ready("signal")
        finally:
            signal.signal(signal.SIGUSR2, old)
        process.send_signal(signal.SIGUSR2)
        status, errors = self.finish(process)
        expected = "heapgrind: SIGUSR2 does not dump: it was not at its default\n"
        self.assertEqual((status, errors), (0, expected))
        self.assertEqual(os.listdir(self.directory), [])

    def test_system_calls_are_not_interrupted(self):
        program = (
            "import os, signal\n"
            "read_end, write_end = os.pipe()\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    for _ in range(100):\n"
            "        os.kill(os.getppid(), signal.SIGUSR2)\n"
            "    os.write(write_end, b'x')\n"
            "    os._exit(0)\n"
            "print(os.read(read_end, 1) == b'x', os.waitpid(child, 0)[1])\n"
        )
        process = self.start("signal,fork", program)
        output = process.communicate()[0]
        self.assertIn(output, (b"True 0\n", b"(True, 0)\n"))


class SettingsTest(HookTest):
    def check_error(self, settings, message):
        process = subprocess.Popen(
            [sys.executable, "-c", "print('runs')"],
            env=self.environment(HEAPGRIND=settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = process.communicate()
        self.assertEqual((process.returncode, output), (0, b"runs\n"))
        self.assertEqual(errors.decode("utf-8"), "heapgrind: in HEAPGRIND: " + message + "\n")

    def test_settings_that_make_no_sense_are_one_line(self):
        self.check_error(
            "signal=KILL", "expected the name of a signal that can be watched, got 'KILL'"
        )
        self.check_error("every=soon", "expected a time such as 90s, 10m or 1h, got 'soon'")
        self.check_error("rss>0", "expected a size such as 2G or 500M, got '0'")
        self.check_error("keep=0", "expected a number from 1 on in 'keep', got '0'")
        self.check_error("out=", "expected a path after 'out=', got ''")
        self.check_error(
            "out=a.json.xz",
            "expected a path in .gz or .zst to compress, or in .json, got 'a.json.xz'",
        )
        self.check_error(
            "exits",
            "expected signal[=NAME], exit, rss>SIZE, every=TIME, keep=N, max=SIZE, "
            "out=PATH, fork, values=none|short|N, max_refs=N or low_memory, got 'exits'",
        )

    def test_interpreter_that_ignores_its_environment(self):
        status, errors = self.run_program("exit", "", "-E")
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(os.listdir(self.directory), [])

    def test_run_takes_the_same_settings(self):
        with open(os.path.join(self.directory, "program.py"), "w") as program:
            program.write("import sys\nsys.exit(4)\n")
        command = [sys.executable, "-m", "heapgrind", "run", "-o", "out-%p.json"]
        process = subprocess.Popen(
            command + ["--when", "exit,values=none", "program.py"],
            env=self.environment(),
            cwd=self.directory,
            stderr=subprocess.PIPE,
        )
        process.communicate()
        self.assertEqual(process.returncode, 4)
        self.assertEqual(
            sorted(os.listdir(self.directory)),
            ["out-{}.json".format(process.pid), "program.py"],
        )

    def test_run_ends_with_1_if_a_dump_has_failed(self):
        os.mkdir(os.path.join(self.directory, "gone"))
        with open(os.path.join(self.directory, "program.py"), "w") as program:
            program.write("import os\nos.rmdir('gone')\n")
        command = [sys.executable, "-m", "heapgrind", "run", "-o", "gone/%p.json"]
        process = subprocess.Popen(
            command + ["--when=exit", "program.py"],
            env=self.environment(),
            cwd=self.directory,
            stderr=subprocess.PIPE,
        )
        self.assertIn(b"No such file or directory", process.communicate()[1])
        self.assertEqual(process.returncode, 1)

    def test_run_says_what_is_wrong_with_them(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "heapgrind", "run", "--when=never", "x.py"],
            env=self.environment(),
            stderr=subprocess.PIPE,
        )
        errors = process.communicate()[1].decode("utf-8")
        self.assertEqual(process.returncode, 2)
        self.assertTrue(errors.startswith("heapgrind: in '--when': expected signal"), errors)


class InstallTest(HookTest):
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
