"""What a program does under `python -m heapgrind run`, and what its dump holds."""

import os
import signal
import sys
import unittest
import zipfile

import command_support
from command_support import PROGRAM_NAME
import dump_support

VERSION = sys.version_info[:2]


class ProgramsTest(command_support.CommandTest):
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


class SignalsTest(command_support.CommandTest):
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


class SmallHeapTest(command_support.CommandTest):
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
        self.assertEqual(more - {"atexit", "gc", "imp", "linecache", "signal", "time"}, set())

    def test_no_code_of_the_options_is_left(self):
        self.run_program("gone = 1\n")
        files = {
            os.path.basename(record["file"])
            for record in self.dump().records(b"_options.py")
            if record.get("kind") == "code"
        }
        self.assertNotIn("_options.py", files)

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


if __name__ == "__main__":
    unittest.main()
