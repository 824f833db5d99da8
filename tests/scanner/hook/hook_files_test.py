"""The files into which a program dumps that HEAPGRIND watches."""

import gzip
import os
import re
import signal
import unittest

import hook_support
from hook_support import WAITS


class FilesTest(hook_support.HookTest):
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
        end = self.read(path).end()
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


if __name__ == "__main__":
    unittest.main()
