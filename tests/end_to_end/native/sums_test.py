"""Who owns how much is the same whether each native block has a record or many are one.

    sums_test PROGRAM...

PROGRAM is a file in holders/.
"""

import os
import sys
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.native import native_support
from tests.end_to_end.native import packages_test
from tests.end_to_end.outside import core_support
from tests.end_to_end.support import heapgrind_program

# What a program makes between two forks, bytes.
_MADE_BETWEEN = 8192


class SumsTest(native_support.NativeTestCase):
    def _owners(self, path):
        """Returns the inclusive bytes of the rows of objects by name, the sum of all native rows,
        and the number of records; removes the dump."""
        profile_path = path + ".callgrind"
        result = heapgrind_program.run("convert", "--min-percent=0", "--max-functions=10000000", "-o", profile_path, path)
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(path, encoding="utf-8", errors="surrogatepass") as file:
            num_records = sum(1 for _ in file)
        os.remove(path)
        profile = callgrind_file.read(profile_path)
        owned, native = {}, 0
        for function in profile.functions.values():
            if function.name.startswith("[native]"):
                native += sum(function.self_cost[:1])
            elif not function.name.startswith("small::"):  # They have no owner each.
                owned[function.name] = sum(function.self_cost[:1]) + sum(
                    call.cost[0] for _, call in function.calls)
        return owned, native, num_records

    def _check(self, write, process, most_difference):
        path = os.path.join(self.folder, "dump")
        write(process, "yes", path)
        owned, native, num_records = self._owners(path)
        write(process, "sum", path)
        owned_by_sums, native_by_sums, num_by_sums = self._owners(path)
        self.assertLess(num_by_sums, num_records)
        self.assertLessEqual(abs(native_by_sums - native), most_difference)
        differences = {name: (owned.get(name), owned_by_sums.get(name))
                       for name in owned.keys() | owned_by_sums.keys()
                       if abs(owned.get(name, 0) - owned_by_sums.get(name, 0)) > most_difference}
        self.assertEqual(differences, {})

    def _check_all(self, check):
        for name in packages_test.NAMES:
            with self.subTest(name):
                if not packages_test.is_installed(packages_test.PACKAGES[name].module):
                    self.skipTest(f"not run: {name} is not installed")
                check(self.hold(name)[0])

    def test_forked_copy(self):
        self._check_all(
            lambda process: self._check(self.write_fork, process, _MADE_BETWEEN))

    def test_process_from_outside(self):
        self._check_all(lambda process: self._check(self.write_outside, process, 0))

    def test_core(self):
        def check(process):
            core = core_support.kernel_core(process, self.folder)
            self._check(self.write_outside, native_support.Core(core), 0)
            os.remove(core)

        self._check_all(check)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + [
        word for word in sys.argv[1:] if word not in packages_test.NAMES])
