"""A copy of the workspace in which `run` finds a Bazel, an apt-get and a scanner that are ours."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PYTHON = sys.executable  # It has headers, for Bazel chooses it by them.

# Stands for Bazel: notes that it ran, and builds a program that says its
# arguments, copies its stdin and exits with 7.
_BAZEL = """#!/bin/bash
case $1 in
  build)
    echo built >> "$BAZEL_LOG"
    cat  # Must find nothing on stdin.
    mkdir -p "$BAZEL_LOG.bin/converter"
    for program in memdump2callgrind heapgrind; do
      printf '#!/bin/bash\\necho "$PWD:$*"\\ncat\\nexit 7\\n' \\
        > "$BAZEL_LOG.bin/converter/$program"
    done
    ;;
  info) echo "$BAZEL_LOG.bin" ;;
esac
"""
_SOURCES = ("BUILD", "MODULE.bazel", "WORKSPACE", "system_packages.bzl", ".bazelrc",
            "converter/BUILD", "converter/reader.cc", "scanner/blob/blob_input.h")

# Stands for scanner/build_wheel.py: notes that it ran; its package says where and how it is run.
_BUILD_WHEEL = """
import os, sys, zipfile
with open(os.environ["BAZEL_LOG"], "a") as log:
    log.write("built the scanner\\n")
os.mkdir(sys.argv[2])
path = os.path.join(sys.argv[2], "heapgrind.whl")
with zipfile.ZipFile(path, "w") as wheel:
    wheel.writestr("heapgrind/__init__.py", "")
    wheel.writestr("heapgrind/__main__.py",
                   "import os, sys; print(os.path.realpath(sys.executable), sys.argv[1:])")
print(path)
"""
_SCANNER = "scanner/build_wheel.py"


class Workspace(unittest.TestCase):
    """A test with such a copy, whose folder has a space in its name."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = os.path.realpath(folder.name)
        self._root = os.path.join(self._folder, "work space")
        self._log = os.path.join(self._folder, "log")
        for source in _SOURCES:
            self._write(os.path.join(self._root, source), "")
        self._write(os.path.join(self._root, _SCANNER), _BUILD_WHEEL)
        shutil.copy("run", os.path.join(self._root, "run"))
        shutil.copytree("tools", os.path.join(self._root, "tools"))
        self._write_program("bazel", _BAZEL)

    def _write(self, path, text):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def _write_program(self, name, text):
        """Writes a program that `run` finds before those of this machine; returns its path."""
        path = os.path.join(self._folder, "bin", name)
        self._write(path, text)
        os.chmod(path, 0o755)
        return path

    def _run(self, *arguments, script=None, user=None, **environment):
        return subprocess.run(
            [script or os.path.join(self._root, "run"), *arguments],
            input="from stdin", cwd=self._folder, capture_output=True, text=True, check=False,
            user=user,
            env={
                "PATH": f"{self._folder}/bin:/usr/bin:/bin",
                "BAZEL_LOG": self._log,
                "HEAPGRIND_NO_APT": "1",
                **environment,
            })

    def _lines_of_log(self, suffix=""):
        """Returns what the stand-ins have noted, a line each time that they ran."""
        if not os.path.exists(self._log + suffix):
            return []
        with open(self._log + suffix, encoding="utf-8") as file:
            return file.read().splitlines()
