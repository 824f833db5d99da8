"""A blob that does not know what it finds says so, and writes nothing."""

import ctypes
import glob
import os
import struct
import subprocess
import sys
import unittest

import blob_support

VERSION = "%d.%d" % sys.version_info[:2]
HEAD = object.__basicsize__  # 16 bytes, or 32 without a GIL.
ENDING = ", in the scanner for Python {}".format(sys.version.split()[0])


def other_headers():
    """Returns {tag: folder} of the headers of other Pythons on this machine."""
    patterns = ("/usr/include/python3.*", "~/.pyenv/versions/*/include/python*")
    found = {}
    for pattern in patterns:
        for folder in sorted(glob.glob(os.path.expanduser(pattern))):
            name = os.path.basename(folder)[len("python") :]
            if os.path.exists(os.path.join(folder, "Python.h")) and not name.startswith(VERSION):
                found["cp" + name.replace(".", "")] = folder
    return found


class RefusalTest(blob_support.BlobTestCase):
    def result_of(self, path, damage=lambda copy: None):
        """Returns the dump, the message and the exit status of a blob in a copy."""
        blob = blob_support.Blob(path)
        self.addCleanup(blob.close)
        copy = blob_support.Copy(blob)
        copy.pid = copy.fork()
        damage(copy)
        text, message, status = copy.finish()
        self.assertTrue(os.WIFEXITED(status), status)
        return text, message, os.WEXITSTATUS(status)

    def test_blob_of_another_version_refuses(self):
        others = other_headers()
        near = sorted(others, key=lambda tag: abs(number_of(tag) - number_of(VERSION)))
        if not near:
            self.skipTest("needs the headers of another Python")
        program = os.path.join(blob_support.SCANNER, "build_blob.py")
        command = [sys.executable, program, "--out", self.folder]
        command += ["--include", others[near[0]], "--tag", near[0]]
        path = subprocess.check_output(command).decode("utf-8").splitlines()[-1]
        try:
            text, message, status = self.result_of(path)
        except blob_support.BlobError as error:  # It cannot even be linked.
            self.assertIn("this process has no ", str(error))
            return
        self.assertEqual((text, status), (b"", 1))
        self.assertNotEqual(message, "")

    def test_type_of_another_size_is_refused(self):
        place = blob_support.address_of("PyDict_Type") + HEAD + 16
        size = ctypes.c_size_t.from_address(place).value

        def damage(copy):
            copy.write(place, struct.pack("<H", size + 8))

        text, message, status = self.result_of(self.path, damage)
        self.assertEqual((text, status), (b"", 1))
        expected = "expected {} bytes in objects of dict, got {}".format(size, size + 8)
        self.assertEqual(message, expected + ENDING)

    def test_modules_that_are_no_dictionary_are_refused(self):

        def damage(copy):
            copy.write(id(sys.modules) + HEAD - 8, b"\0" * 8)

        text, message, status = self.result_of(self.path, damage)
        self.assertEqual((text, status), (b"", 1))
        expected = "expected a dictionary where sys.modules is, got something else"
        self.assertEqual(message, expected + ENDING)


def number_of(tag):
    """3.11, cp311d: 311."""
    digits = "".join(letter for letter in tag if letter.isdigit())
    return int(digits)


if __name__ == "__main__":
    unittest.main()
