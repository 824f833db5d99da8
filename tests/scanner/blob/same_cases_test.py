"""The scanner's tests again, with a blob that dumps instead of the extension module.

With another interpreter: HEAPGRIND_TEST_BLOB=BLOB in the environment of any of them.
"""

import glob
import os
import re
import subprocess
import sys
import unittest

import blob_support

# Those that look at what dump_support.take_dump returns.
TESTS = [
    "async_names_test",
    "context_names_test",
    "every_type_test",
    "field_names_test",
    "frame_objects_test",
    "frames_test",
    "generators_test",
    "greenlets_test",
    "growing_sizes_test",
    "interpreter_roots_test",
    "library_objects_test",
    "library_sizes_test",
    "names_test",
    "new_types_test",
    "numpy_memory_test",
    "numpy_test",
    "parts_test",
    "references_test",
    "roots_test",
    "singletons_test",
    "sizes_test",
    "temporaries_test",
    "thread_data_test",
    "threads_test",
    "values_test",
    "format_test",
    "collector_test",
    "options_test",
    "sites_test",
]

NOTHING_RUN = 5  # unittest's status, from 3.12 on, where all tests are skipped.

HERE = os.path.dirname(os.path.abspath(__file__))
ROOMS = glob.glob(os.path.join(os.path.dirname(HERE), "*", ""))


class SameCasesTest(blob_support.BlobTestCase):
    """Its tests are made below."""


def dumped_by_blob(name):
    """Returns a test that runs those of `name`, in a process of its own."""

    def test(self):
        (room,) = [room for room in ROOMS if os.path.exists(room + name + ".py")]
        environment = dict(
            os.environ,
            HEAPGRIND_TEST_BLOB=self.path,
            PYTHONPATH=os.pathsep.join(sys.path + ROOMS),
        )
        process = subprocess.Popen(
            # Which takes a module that skips itself.
            [sys.executable, "-m", "unittest", "discover", "-s", room, "-p", name + ".py"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=HERE,
            env=environment,
        )
        log = process.communicate()[0].decode("utf-8", "replace")
        self.assertIn(process.returncode, (0, NOTHING_RUN), log[-5000:])
        sys.stderr.write("{}: {}\n".format(name, log.splitlines()[-1]))

    return test


for name in TESTS:
    method = "test_" + re.sub(r"\W", "_", name)
    setattr(SameCasesTest, method, dumped_by_blob(name))


if __name__ == "__main__":
    unittest.main()
