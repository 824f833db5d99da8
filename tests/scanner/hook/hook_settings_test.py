"""What HEAPGRIND and `run --when` may say."""

import os
import subprocess
import sys
import unittest

import hook_support


class SettingsTest(hook_support.HookTest):
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
            "expected signal[=NAME], exit, limit>SHARE, rss>SIZE, every=TIME, keep=N, max=SIZE, "
            "out=PATH, fork, values=none|short|N, max_refs=N, low_memory or native=sum|yes|no, "
            "got 'exits'",
        )
        self.check_error(
            "native=yes", "expected 'fork' with 'native=yes', got 'native=yes' alone"
        )
        self.check_error("native=1", "expected sum, yes or no after 'native=', got '1'")

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


if __name__ == "__main__":
    unittest.main()
