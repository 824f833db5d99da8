"""Scanners that misbehave in the copy: what they send is not believed, and nothing is left."""

import os
import pty
import resource
import unittest

from tests.end_to_end.outside import outside_support


class BadCopiesTest(outside_support.OutsideTestCase):
    def _check(self, what, *lines, options=()):
        with outside_support.Process() as process:
            with open(self.output, "w", encoding="utf-8") as file:
                file.write("an older dump\n")
            result = self.dump(process.pid, *options, what=what)
            with open(self.output, encoding="utf-8") as file:
                self.assertEqual(file.read(), "an older dump\n")
            os.unlink(self.output)
            start = f"heapgrind dump: process {process.pid}: "
            self.assertRefused(result, start + lines[0], *lines[1:])
            self.assertUnharmed(process)

    def test_endless_loop(self):
        self._check(
            "LOOPS", "expected the next part of its dump within 3 s, got none",
            "hint: try a longer --timeout", options=["--timeout=3"])

    def test_silence(self):
        self._check(
            "SILENT", "expected the next part of its dump within 3 s, got none",
            "hint: try a longer --timeout", options=["--timeout=3"])

    def test_scanner_that_says_that_it_goes_on_is_waited_for(self):
        with outside_support.Process() as process:
            result = self.dump(process.pid, "--timeout=3", what="BUSY")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertNotIn("native", result.stderr)

    def test_terminal_says_what_takes_long(self):
        ours, its = pty.openpty()
        self.addCleanup(os.close, ours)
        with outside_support.Process() as process:
            result = self.dump(process.pid, what="BUSY", stderr=its)
        os.close(its)
        self.assertEqual(result.returncode, 0)
        said = os.read(ours, 10000).decode()
        self.assertIn("following native memory (not with --native=no)", said)

    def test_waiting_costs_no_time(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with outside_support.Process() as process:
            self.dump(process.pid, "--timeout=3", what="SILENT")
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            # One that asks again and again takes three seconds.
            self.assertLess(after.ru_utime + after.ru_stime,
                            before.ru_utime + before.ru_stime + 1)

    def test_crash(self):
        self._check(
            "CRASHES", "expected a dump from its copy, but the scanner there has crashed "
            "(Segmentation fault at 10)", "hint: please report it")

    def test_return(self):
        self._check(
            "RETURNS", "expected a dump from its copy, but the scanner there has crashed "
            "(Segmentation fault at 0)", "hint: please report it")

    def test_endless_output(self):
        with outside_support.Process() as process:
            rss = int(process.status("VmRSS").split()[0]) << 10
            result = self.dump(process.pid, what="NEVER_ENDS")
            self.assertEqual((result.returncode, result.stdout), (1, ""))
            self.assertRegex(result.stderr, "expected a dump from its copy, got more than "
                                            r"\d+ bytes\n\Z")
            most = int(result.stderr.split()[-2])
            self.assertLess(most, 64 * rss + (64 << 20))
            self.assertEqual(os.listdir(self.folder), ["blobs-NEVER_ENDS"])
            self.assertUnharmed(process)

    def test_endless_line(self):
        with outside_support.Process() as process:
            result = self.dump(process.pid, what="LONG_LINE")
            self.assertEqual(result.returncode, 1)
            self.assertRegex(result.stderr, "expected a dump from its copy, got more than ")
            self.assertUnharmed(process)

    def test_garbage(self):
        self._check("GARBAGE", "expected objects with address, type and size from its copy, "
                               "got one without")

    def test_text_that_is_no_record(self):
        self._check("HIDDEN_TEXT", "expected lines with records from its copy, got one that "
                                   "begins otherwise")

    def test_second_header(self):
        self._check("TWO_HEADERS", "expected one header, at the beginning from its copy, got "
                                   "another order")

    def test_wrong_count(self):
        self._check("WRONG_COUNT", "expected 2 objects of 16 bytes from its copy, got 1 objects "
                                   "of 16 bytes")

    def test_missing_end(self):
        self._check("CUT_OFF", "expected a dump with an end from its copy, got one that is cut "
                               "off")

    def test_more_behind_the_end(self):
        self._check("BEHIND_END", "expected nothing behind the dump's end from its copy, got "
                                  "more")

    def test_refusal_is_one_line_without_hidden_characters(self):
        self._check("REFUSES", "expected a dump from its copy, but the scanner there refuses: "
                               "expected a dict as sys.modules, got ?[31mx")

    def test_bad_end(self):
        self._check("ENDS_BADLY", "expected a dump from its copy, but the scanner there "
                                  "refuses: it does not say why")


if __name__ == "__main__":
    unittest.main()
