"""What the viewers of callgrind files say about one."""

import os
import re
import subprocess

from tests.end_to_end.viewers.desktop import Desktop
from tests.end_to_end.viewers.kcachegrind import KCachegrind, View

# What KCachegrind prints about a file that it likes.
KCACHEGRIND_IS_CONTENT = ['Selected "main"']


def kcachegrind_messages(path, view=View()):
    """Opens a file in KCachegrind, and returns the lines that it prints."""
    with Desktop() as desktop, KCachegrind(desktop, path, view) as window:
        window.wait_until_drawn()
        return window.messages()


def annotate(path):
    """Runs `callgrind_annotate --inclusive=yes` on a file.

    Returns:
        The total that it prints for each event, and its stderr.
    """
    result = subprocess.run(
        ["callgrind_annotate", "--inclusive=yes", "--threshold=100", os.path.abspath(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
        # It prints source files as they are, in whatever encoding.
        encoding="utf-8", errors="replace",
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
    totals = re.search(r"^(.*) PROGRAM TOTALS$", result.stdout, re.MULTILINE)
    numbers = re.findall(r"([\d,]+) \([\d.]+%\)", totals.group(1)) if totals else []
    return [int(number.replace(",", "")) for number in numbers], result.stderr
