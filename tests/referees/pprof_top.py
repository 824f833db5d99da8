"""What `go tool pprof -top -cum` says of a profile: Debian's golang-go."""

import os
import re
import subprocess
from typing import NamedTuple

# flat flat% sum% cum cum% name; numbers with the unit that was asked for.
_ROW = re.compile(r"\s*(\d+)B?\s+\S+%?\s+\S+%\s+(\d+)B?\s+\S+%\s+(.*)")
_TOTAL = re.compile(r"Showing nodes accounting for .* of (\d+)B? total")


class Row(NamedTuple):
    own: int
    cumulative: int
    name: str


def read(path, sample, num_rows=50):
    """The rows with the largest cumulative values, and the total."""
    go = "/usr/bin/go" if os.path.exists("/usr/bin/go") else "go"
    unit = ["-unit=B"] if sample == "bytes" else ["-unit=count"]
    text = subprocess.run(
        [go, "tool", "pprof", "-top", "-cum", f"-nodecount={num_rows}", "-nodefraction=0",
         f"-sample_index={sample}", *unit, path], check=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, encoding="utf-8").stdout
    rows = [Row(int(found[1]), int(found[2]), found[3])
            for found in map(_ROW.fullmatch, text.splitlines()) if found]
    total = _TOTAL.search(text)
    shown = re.search(r"100% of (\d+)B? total", text)
    return rows, int((total or shown)[1])
