"""The command `python -m heapgrind run`."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import zipfile

import dump_support
import heapgrind

VERSION = sys.version_info[:2]
PROGRAM_NAME = "program.py"
PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="heapgrind-test-"))
        self.addCleanup(shutil.rmtree, self.directory)

    def write(self, name, text):
        with open(os.path.join(self.directory, name), "w") as program:
            program.write(text)

    def start(self, arguments):
        environment = dict(os.environ)
        package = os.path.dirname(os.path.dirname(heapgrind.__file__))
        environment["PYTHONPATH"] = os.path.abspath(package)
        environment.pop("PYTHONSAFEPATH", None)
        return subprocess.Popen(
            [sys.executable] + arguments,
            cwd=self.directory,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def finish(self, process):
        """Returns (exit status, stdout, stderr) of a process."""
        output, errors = process.communicate()
        return process.returncode, output.decode("utf-8"), errors.decode("utf-8")

    def plain(self, arguments):
        """What plain python does."""
        return self.finish(self.start(arguments))

    def command(self, *arguments):
        """What `python -m heapgrind` does."""
        return self.finish(self.start(["-m", "heapgrind"] + list(arguments)))

    def run_program(self, text, *arguments):
        """Runs a program and dumps to out.json; returns its (exit status,
        stdout, stderr), without the line that says where the dump is."""
        self.write(PROGRAM_NAME, text)
        status, output, errors = self.command(
            "run", "-o", "out.json", PROGRAM_NAME, *arguments
        )
        line = re.search(r"^heapgrind: wrote \d+ objects of .*\n", errors, re.M)
        self.assertIsNotNone(line, errors)
        path = os.path.join(self.directory, "out.json")
        self.assertTrue(line.group(0).endswith(" to {}\n".format(path)))
        return status, output, errors.replace(line.group(0), "")

    def dump(self, name="out.json"):
        with open(os.path.join(self.directory, name), "rb") as dump_file:
            return dump_support.Dump(dump_file.read())

    def frames(self):
        """Names of the frames in the dump, without those of the library."""
        library = os.path.dirname(os.__file__)
        return [
            record["name"]
            for record in self.dump().records()
            if record["type"] == "frame" and not record["file"].startswith(library)
        ]

    def assertSameAsPlain(self, text, *arguments):
        """The program does the same as under plain python."""
        found = self.run_program(text, *arguments)
        self.assertEqual(found, self.plain([PROGRAM_NAME] + list(arguments)))
        return found


class ProgramsTest(CommandTest):
    def test_program_is_main_with_its_arguments_and_path(self):
        self.assertSameAsPlain(
            "import sys, __main__\n"
            "print(__name__, __file__, sys.argv, sys.path[0])\n"
            "print(__main__.__dict__ is globals(), __package__, __spec__)\n"
            if VERSION >= (3, 0)
            else "import sys, __main__\n"
            "print(__name__, __file__, sys.argv, sys.path[0])\n"
            "print(__main__.__dict__ is globals(), __package__)\n",
            "-x",
            "--help",
            "a b",
        )

    def test_modules_beside_the_program_are_found(self):
        self.write("beside.py", "print('beside')\n")
        self.assertSameAsPlain("import beside\n")

    def test_main_module_of_the_dump_is_the_program(self):
        self.run_program("marker = ['unique %d' % 1]\n")
        dump = self.dump()
        modules = dump.at(dump.root("modules")["refs"][0])
        main = dump.at(dump.value_names(modules)["__main__"])
        self.assertEqual(os.path.basename(main["file"]), PROGRAM_NAME)
        names = dump.value_names(dump.at(dump_support.named(main)["__dict__"]))
        self.assertEqual(dump.at(names["marker"])["type"], "list")

    def test_exit_status_of_sys_exit(self):
        self.assertEqual(self.assertSameAsPlain("import sys; sys.exit(7)\n")[0], 7)

    def test_text_of_sys_exit(self):
        self.assertSameAsPlain("import sys; sys.exit('a message')\n")

    def test_exception_is_shown_as_by_python(self):
        status, _, errors = self.assertSameAsPlain(
            "def fail(number):\n    raise ValueError(number)\nfail(5)\n"
        )
        self.assertEqual(status, 1)
        self.assertTrue(errors.endswith("ValueError: 5\n"))

    def test_syntax_error_is_shown_as_by_python(self):
        self.assertSameAsPlain("x = = 1\n")

    def test_frames_of_the_exception_are_in_the_dump_and_ours_are_not(self):
        self.run_program("def fail(number):\n    raise ValueError(number)\nfail(5)\n")
        self.assertEqual(sorted(self.frames()), ["<module>", "fail"])

    def test_no_frames_are_left_at_the_end(self):
        self.run_program("x = 1\n")
        self.assertEqual(self.frames(), [])

    def test_threads_are_waited_for(self):
        self.assertSameAsPlain(
            "import threading\n"
            "started = threading.Event()\n"
            "def work():\n"
            "    started.set()\n"
            "    threading.Event().wait(0.05)\n"
            "    print('worked')\n"
            "    globals()['result'] = ['of a thread']\n"
            "threading.Thread(target=work).start()\n"
            "started.wait()\n"
        )
        dump = self.dump()
        modules = dump.at(dump.root("modules")["refs"][0])
        main = dump.at(dump.value_names(modules)["__main__"])
        names = dump.value_names(dump.at(dump_support.named(main)["__dict__"]))
        self.assertIn("result", names)

    def test_atexit_functions_still_run(self):
        self.assertSameAsPlain(
            "import atexit\natexit.register(lambda: print_it('bye'))\n"
            "def print_it(text):\n    print(text)\n"
        )

    def test_directory_and_zip_file(self):
        os.mkdir(os.path.join(self.directory, "app"))
        text = "import sys\nprint(__name__, sys.argv, sys.path[0])\n"
        self.write("app/__main__.py", text)
        with zipfile.ZipFile(os.path.join(self.directory, "app.zip"), "w") as archive:
            archive.writestr("__main__.py", text)
        for name in ("app", "app.zip"):
            _, output, _ = self.command("run", "-o", "out.json", name, "x")
            self.assertEqual(output, self.plain([name, "x"])[1])

    def test_module(self):
        self.write("some_module.py", "import sys\nprint(__name__, sys.argv[1:], __package__)\n")
        _, output, _ = self.command("run", "-o", "out.json", "-m", "some_module", "-o")
        self.assertEqual(output, self.plain(["-m", "some_module", "-o"])[1])

    def test_package(self):
        os.mkdir(os.path.join(self.directory, "package"))
        self.write("package/__init__.py", "")
        self.write("package/__main__.py", "print(__name__, __package__, __file__)\n")
        _, output, _ = self.command("run", "-m", "package")
        self.assertEqual(output, self.plain(["-m", "package"])[1])

    def test_default_name_has_the_pid(self):
        self.write(PROGRAM_NAME, "import os\nos.mkdir('d'); os.chdir('d')\n")
        process = self.start(["-m", "heapgrind", "run", PROGRAM_NAME])
        self.assertEqual(self.finish(process)[0], 0)
        header = next(self.dump("heapgrind.{}.json".format(process.pid)).parsed())
        self.assertEqual(header["pid"], process.pid)

    def test_child_process_does_not_dump(self):
        status, output, _ = self.run_program(
            "import os, sys\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    sys.exit(3)\n"
            "print(os.waitpid(child, 0)[1] >> 8, os.path.exists('out.json'))\n"
        )
        self.assertEqual(output.strip("()\n"), "3, False" if VERSION < (3,) else "3 False")

    def run_without_a_folder(self, end):
        """What a program does that removes the folder for its dump."""
        os.mkdir(os.path.join(self.directory, "gone"))
        self.write(
            PROGRAM_NAME,
            "import atexit, os, sys\n"
            "os.rmdir('gone')\n"
            "atexit.register(lambda: sys.stdout.write('at the end'))\n" + end,
        )
        status, output, errors = self.command(
            "run", "-o", "gone/out.json", PROGRAM_NAME
        )
        path = os.path.join(self.directory, "gone", "out.json")
        line = "heapgrind: cannot write '{}': No such file or directory\n".format(path)
        self.assertEqual((output, errors), ("at the end", line))
        return status

    def test_dump_that_fails_is_exit_status_1(self):
        self.assertEqual(self.run_without_a_folder(""), 1)
        self.assertEqual(self.run_without_a_folder("sys.exit()\n"), 1)
        self.assertEqual(self.run_without_a_folder("sys.exit(0)\n"), 1)

    def test_dump_that_fails_leaves_the_status_of_a_program_that_has_failed(self):
        self.assertEqual(self.run_without_a_folder("sys.exit(4)\n"), 4)

    def test_dump_that_fails_is_not_the_failure_of_a_child(self):
        self.assertEqual(
            self.run_without_a_folder(
                "child = os.fork()\n"
                "if child == 0: sys.stdout = open(os.devnull, 'w')\n"
                "if child: assert os.waitpid(child, 0)[1] == 0\n"
                "sys.exit(0)\n"
            ),
            1,
        )


class SignalsTest(CommandTest):
    PROGRAM = (
        "import os, signal, sys\n"
        "def work():\n"
        "    held = ['while it worked']\n"
        "    os.kill(os.getpid(), signal.{})\n"
        "    while True:\n"
        "        pass\n"
        "work()\n"
    )

    def test_sigterm_dumps_and_ends_the_process(self):
        status, _, errors = self.run_program(self.PROGRAM.format("SIGTERM"))
        self.assertEqual((status, errors), (-signal.SIGTERM, ""))
        self.assertEqual(sorted(set(self.frames())), ["<module>", "work"])

    def test_sigterm_that_the_program_handles_is_the_programs(self):
        status, output, _ = self.run_program(
            "import os, signal, sys\n"
            "signal.signal(signal.SIGTERM, lambda *unused: sys.exit(5))\n"
            "os.kill(os.getpid(), signal.SIGTERM)\n"
            "while True:\n    pass\n"
        )
        self.assertEqual(status, 5)

    def test_keyboard_interrupt_ends_as_in_python(self):
        status, _, errors = self.assertSameAsPlain(self.PROGRAM.format("SIGINT"))
        self.assertEqual(status, -signal.SIGINT if VERSION >= (3, 8) else 1)
        self.assertTrue(errors.endswith("KeyboardInterrupt\n"))


class CommandLineTest(CommandTest):
    def assertUsageError(self, message, *arguments):
        status, output, errors = self.command(*arguments)
        self.assertEqual((status, output), (2, ""))
        first, rest = errors.split("\n", 1)
        self.assertEqual(first, "heapgrind: " + message)
        self.assertTrue(rest.startswith("usage: python -m heapgrind run "), rest)

    def test_help(self):
        for arguments in (["--help"], ["-h"], ["run", "--help"]):
            status, output, errors = self.command(*arguments)
            self.assertEqual((status, errors), (0, ""))
            self.assertIn("heapgrind.PID.json", output)

    def test_version(self):
        self.assertEqual(
            self.command("--version"),
            (0, "heapgrind {}\n".format(heapgrind.__version__), ""),
        )

    def test_usage_errors(self):
        self.assertUsageError("expected a script or -m MODULE, got nothing", "run")
        self.assertUsageError("expected a value after '-o'", "run", "-o")
        self.assertUsageError("unknown option '-z'", "run", "-z", "x.py")

    @unittest.skipUnless(VERSION >= (3, 12), "sites are known from Python 3.12 on")
    def test_sites_are_traced_with_so_many_frames(self):
        self.write(PROGRAM_NAME, "def f():\n    return [object()]\nx = f()\n")
        for option, frames in ("--sites", 25), ("--sites=1", 1):
            status, _, _ = self.command("run", option, "-o", "out.json", PROGRAM_NAME)
            self.assertEqual(status, 0)
            sites = [
                (site["line"], "caller" in site)
                for site in self.dump().parsed()
                if "address" not in site and site.get("file", "").endswith(PROGRAM_NAME)
            ]
            self.assertIn((2, frames > 1), sites)

    def test_wrong_numbers_of_frames(self):
        for text in "0", "x", "65536":
            self.assertUsageError(
                "expected a number from 1 to 65535 in '--sites', got '{}'".format(text),
                "run",
                "--sites=" + text,
                "x.py",
            )

    @unittest.skipIf(VERSION >= (3, 12), "sites are known from Python 3.12 on")
    def test_sites_of_an_old_python_are_not_known(self):
        self.assertUsageError(
            "expected Python 3.12 or later for '--sites', got {}.{}".format(*VERSION),
            "run",
            "--sites",
            "x.py",
        )

    def test_option_that_is_mistyped(self):
        status, _, errors = self.command("run", "--ouput=x.json", "x.py")
        self.assertEqual(status, 2)
        self.assertEqual(
            errors.splitlines()[:2],
            [
                "heapgrind: unknown option '--ouput=x.json'",
                "hint: did you mean --output?",
            ],
        )

    def test_missing_script(self):
        self.assertEqual(
            self.command("run", "missing.py"),
            (
                2,
                "",
                "heapgrind: cannot open 'missing.py': No such file or directory\n",
            ),
        )

    def test_missing_module(self):
        self.assertEqual(
            self.command("run", "-m", "missing_module"),
            (2, "", "heapgrind: cannot find module 'missing_module' to run\n"),
        )


class PlaceTest(CommandTest):
    """The program must not start if its dump cannot be written."""

    def assertRefused(self, output, message):
        self.write(PROGRAM_NAME, "open('ran', 'w').close()\n")
        status, _, errors = self.command("run", "-o", output, PROGRAM_NAME)
        self.assertEqual((status, errors.splitlines()[0]), (2, "heapgrind: " + message))
        self.assertFalse(os.path.exists(os.path.join(self.directory, "ran")))

    def assertCannotWrite(self, output, reason):
        path = os.path.abspath(os.path.join(self.directory, output))
        self.assertRefused(output, "cannot write '{}': {}".format(path, reason))

    def test_what_cannot_be_written(self):
        self.assertCannotWrite("no/out.json", "No such file or directory")
        self.assertCannotWrite(".", "Is a directory")
        self.assertCannotWrite("/proc/out.json", "No such file or directory")
        self.assertCannotWrite(PROGRAM_NAME + "/out.json", "Not a directory")
        self.assertCannotWrite("x" * 300, "File name too long")

    def test_file_that_may_not_grow(self):
        self.write(PROGRAM_NAME, "open('ran', 'w').close()\n")
        process = subprocess.Popen(
            ["sh", "-c", "ulimit -f 0; exec \"$@\"", "sh", sys.executable]
            + ["-m", "heapgrind", "run", "-o", "out.json", PROGRAM_NAME],
            cwd=self.directory,
            env=dict(os.environ, PYTHONPATH=PACKAGES),
            stderr=subprocess.PIPE,
        )
        errors = process.communicate()[1].decode("utf-8")
        self.assertIn("File too large", errors)
        self.assertEqual(process.returncode, 2)
        self.assertEqual(os.listdir(self.directory), [PROGRAM_NAME])

    def test_home_that_the_shell_has_not_put_in(self):
        for output in "~/out.json", "~root/out.json":
            self.assertRefused(
                output,
                "after '-o': expected a path, got '{}': the shell expands ~ only at "
                "the start of a word".format(output),
            )

    def test_compression_that_there_is_not(self):
        self.assertRefused(
            "out.json.xz",
            "after '-o': expected a path in .gz or .zst to compress, or in .json, "
            "got 'out.json.xz'",
        )

    def test_place_of_dumps_at_other_times(self):
        self.write(PROGRAM_NAME, "open('ran', 'w').close()\n")
        status, _, _ = self.command(
            "run", "--when=exit", "-o", "no/%p-%n.json", PROGRAM_NAME
        )
        self.assertEqual((status, os.listdir(self.directory)), (2, [PROGRAM_NAME]))

    def test_file_that_is_there_is_replaced_only_when_the_dump_is_whole(self):
        self.write("out.json", "old")
        self.run_program("assert open('out.json').read() == 'old'\n")
        self.assertTrue(self.dump().text.startswith(b'{"heapgrind"'))


class SmallHeapTest(CommandTest):
    """What `run` needs itself is not in the program's heap."""

    SHOW = "import sys; sys.stdout.write(' '.join(sorted(sys.modules)))\n"

    def test_modules_are_those_of_a_program_that_imports_heapgrind(self):
        _, found, _ = self.run_program(self.SHOW)
        self.write("plain.py", "import heapgrind\n" + self.SHOW)
        _, expected, _ = self.plain(["plain.py"])
        more = {
            name
            for name in set(found.split()) - set(expected.split())
            if not name.startswith("heapgrind.")
        }
        # In C, but for the one in which Python 3.13 keeps the text of -c.
        self.assertEqual(more - {"atexit", "imp", "signal", "linecache"}, set())

    def test_options_of_the_interpreter_stay(self):
        self.write(
            PROGRAM_NAME,
            "import sys\n"
            "print(sys.flags.dont_write_bytecode, sys.flags.optimize, sys.warnoptions)\n"
            "print(sys.argv, __file__)\n",
        )
        options = ["-B", "-OOW", "ignore"]
        arguments = [PROGRAM_NAME, "-B", "-m", "heapgrind"]
        plain = self.plain(options + arguments)
        for words in ["-m", "heapgrind"], ["-mheapgrind"], ["-sm", "heapgrind"]:
            found = self.finish(
                self.start(options + words + ["run", "-o", "out.json"] + arguments)
            )
            self.assertEqual(found[:2], plain[:2])


class FrontEndTest(CommandTest):
    def assertHint(self, words, got, hint):
        self.assertEqual(
            self.command(*words),
            (2, "", "heapgrind: expected a command, got '{}'\nhint: {}\n".format(got, hint)),
        )

    def test_no_command_prints_help(self):
        status, output, errors = self.command()
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(output, self.command("--help")[1])
        for command in "run", "attach", "hook", "summary", "convert":
            self.assertIn("\n  {} ".format(command), output)

    def test_file_without_a_command(self):
        for name, command in (
            ("app.py", "run"),
            ("app.json", "summary"),
            ("app.json.gz", "summary"),
            ("4711", "attach"),
        ):
            self.assertHint(
                [name, "-x"],
                name,
                "did you mean heapgrind {} {} -x?".format(command, name),
            )

    def test_command_that_is_mistyped(self):
        self.assertHint(["atach", "1"], "atach", "did you mean heapgrind attach?")
        self.assertHint(["sumary"], "sumary", "did you mean heapgrind summary?")
        self.assertHint(["frobnicate"], "frobnicate", "try heapgrind --help")

    def test_help_of_a_command(self):
        for command in "run", "attach", "hook":
            self.assertEqual(self.command("help", command), self.command(command, "--help"))

    def test_closed_pipe_is_silent(self):
        for words in (
            ["--help"],
            ["--version"],
            ["run", "--help"],
            ["attach", "--help"],
            ["hook", "--help"],
            ["hook", "status"],
            ["run", "-o", "/dev/stdout", PROGRAM_NAME],
        ):
            self.write(PROGRAM_NAME, "")
            read_end, write_end = os.pipe()
            os.close(read_end)
            process = subprocess.Popen(
                [sys.executable, "-m", "heapgrind"] + words,
                cwd=self.directory,
                env=dict(os.environ, PYTHONPATH=PACKAGES),
                stdout=write_end,
                stderr=subprocess.PIPE,
            )
            os.close(write_end)
            self.assertEqual((words, process.communicate()[1]), (words, b""))

    def test_native_program_does_the_commands_that_are_its(self):
        scripts = "heapgrind-{}.data/scripts".format(heapgrind.__version__)
        packages = os.path.join(self.directory, "packages")
        shutil.copytree(os.path.join(PACKAGES, "heapgrind"), packages + "/heapgrind")
        os.makedirs(os.path.join(packages, scripts))
        program = os.path.join(packages, scripts, "heapgrind")
        with open(program, "w") as script:
            script.write("#!/bin/sh\necho \"$@\"; exit 7\n")
        os.chmod(program, 0o755)
        environment = dict(os.environ, PYTHONPATH=packages, PATH="/nosuch")
        for command in "summary", "walk", "diff", "series", "merge", "strip", "convert":
            process = subprocess.Popen(
                [sys.executable, "-m", "heapgrind", command, "-x", "two words"],
                env=environment,
                stdout=subprocess.PIPE,
            )
            output = process.communicate()[0].decode("utf-8")
            self.assertEqual(
                (process.returncode, output), (7, command + " -x two words\n")
            )

    def test_native_program_that_is_missing_is_one_line(self):
        process = subprocess.Popen(
            [sys.executable, "-m", "heapgrind", "summary", "x.json"],
            env=dict(os.environ, PYTHONPATH=PACKAGES, PATH="/nosuch"),
            stderr=subprocess.PIPE,
        )
        self.assertEqual(
            (process.communicate()[1].decode("utf-8"), process.returncode),
            (
                "heapgrind: expected the program heapgrind for 'summary', found none: "
                "install heapgrind's wheel with pip, or its Debian package\n",
                1,
            ),
        )


if __name__ == "__main__":
    unittest.main()
