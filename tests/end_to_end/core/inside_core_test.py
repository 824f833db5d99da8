"""A dump from a core has, record by record, what a dump from inside the process had."""

import subprocess
import unittest

from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import inside_support
from tests.end_to_end.outside import outside_support

_PANDAS = "import pandas\nFRAME = pandas.DataFrame({'a': range(1000), 'b': map(str, range(1000))})\n"


class InsideCoreTest(inside_support.InsideTestCase):
    def _check(self, make_core, begin=""):
        with self.process(begin) as process:
            core = make_core(process, self.folder)
        self.assertWritten(self.dump_core(core, "--native=no"))
        self.assertSame()

    def _require_pandas(self):
        command = (outside_support.SYSTEM_PYTHON, "-c", "import pandas")
        if subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode != 0:
            self.skipTest("not run: pandas is not installed")

    def test_core_of_the_kernel(self):
        self._check(core_support.kernel_core)

    def test_core_with_pandas(self):
        self._require_pandas()
        self._check(core_support.kernel_core, _PANDAS)

    def test_live_process_with_pandas(self):
        self._require_pandas()
        with self.process(_PANDAS) as process:
            self.dump_process(process)
            self.assertUnharmed(process)
        self.assertSame()


if __name__ == "__main__":
    unittest.main()
