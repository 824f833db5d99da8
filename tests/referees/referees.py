"""Has other people's programs read what heapgrind export writes, and compares what they say.

    ./run referees

installs them (apt, npm; about 300 MB in ~/.cache/heapgrind/referees) and prints a line for each
check: `go tool pprof` on totals and on the 50 largest rows; memlab and DevTools' own library on
what each object retains; speedscope on each stack.  Exit status 1 if any of them differs.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

from tests.end_to_end.exports import pprof_file
from tests.referees import pprof_top, speedscope
from tests.referees.packages import Packages

_HERE = os.path.dirname(os.path.abspath(__file__))
_HEAPGRIND = os.path.abspath("converter/heapgrind")
_GENERATE = os.path.abspath("tests/converter/benchmarks/generate_dump")
_DUMPS = tuple(f"testdata/{name}.json.gz" for name in ("leak", "shapes", "meliae-py27-all"))
_NUM_OBJECTS = 1000000


def _heapgrind(*words):
    return subprocess.run([_HEAPGRIND, *words], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def _retained(dump):
    """What each object retains where every reference owns, by address; a number for each."""
    summary = json.loads(_heapgrind("summary", "--json", "--sort=retained", "--top=100000000",
                                    "--ownership=strict", dump))
    rows = sorted(summary["largest"], key=lambda row: row["address"])
    return [row["retained"] for row in rows]


class Referees:
    """Prints a line for each check, and counts those that fail."""

    def __init__(self, folder):
        self._folder = folder
        self._packages = Packages()
        self.num_failed = 0

    def check_all(self):
        for dump in _DUMPS:
            self._check_profile(dump)
            self._check_snapshot(dump, os.path.basename(dump))
        large = os.path.join(self._folder, "large.json")
        with open(large, "wb") as file:
            subprocess.run([_GENERATE, str(_NUM_OBJECTS)], check=True, stdout=file)
        self._check_snapshot(large, f"{_NUM_OBJECTS} objects")

    def _say(self, what, num_compared, num_different, seconds):
        self.num_failed += num_different != 0 or num_compared == 0
        print(f"{what}: {num_compared} compared, {num_different} different, {seconds:.1f} s",
              flush=True)

    def _export(self, format_, dump, *options):
        path = os.path.join(self._folder, f"out.{format_}")
        _heapgrind("export", f"--format={format_}", *options, "-o", path, dump)
        return path

    def _check_profile(self, dump):
        name = os.path.basename(dump)
        pprof = self._export("pprof", dump)
        profile = pprof_file.read(pprof)
        for column, sample in enumerate(("bytes", "objects")):
            start = time.monotonic()
            rows, total = pprof_top.read(pprof, sample)
            sums = profile.inclusive(column)
            largest = sorted(sums.values(), reverse=True)[:len(rows)]
            different = [row for row in rows if sums.get(row.name) != row.cumulative]
            is_same = sorted((row.cumulative for row in rows), reverse=True) == largest
            self._say(f"{name}: go tool pprof, {sample}", len(rows),
                      len(different) + (not is_same) + (total != sums["main"]),
                      time.monotonic() - start)
        start = time.monotonic()
        with open(self._export("folded", dump), encoding="utf-8") as file:
            lines = [line.rstrip("\n").rpartition(" ") for line in file]
        expected = {tuple(stack.split(";")): int(number) for stack, _, number in lines}
        found = speedscope.stacks(self._packages.speedscope(), file.name)
        self._say(f"{name}: speedscope", len(expected),
                  len(set(expected.items()) ^ set(found.items())), time.monotonic() - start)

    def _check_snapshot(self, dump, name):
        snapshot = self._export("heapsnapshot", dump, "--ownership=strict")
        expected = _retained(dump)
        for program, words in (("memlab", self._packages.memlab()),
                               ("DevTools", self._packages.devtools())):
            start = time.monotonic()
            numbers = subprocess.run(
                ["node", "--max-old-space-size=8000",
                 os.path.join(_HERE, f"{program.lower()}_retained.mjs"), words, snapshot],
                check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.split()
            found = [int(number) for number in numbers]
            # Main comes first, and behind the objects what is none.
            different = sum(a != b for a, b in zip(expected, found[1:]))
            self._say(f"{name}: {program}", len(expected),
                      different + (found[0] != sum(_sizes(dump))), time.monotonic() - start)


def _sizes(dump):
    return [json.loads(_heapgrind("summary", "--json", "--top=1", dump))["bytes"]]


def main():
    """Checks everything; returns the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        referees = Referees(folder)
        referees.check_all()
    return 1 if referees.num_failed else 0


if __name__ == "__main__":
    sys.exit(main())
