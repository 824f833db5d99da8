"""Asks other tools, and heapgrind, about one process; prints a table of what they answer.

Usage: compare_tools.py PROGRAM

PROGRAM is heapgrind.  The tools are PyPI's (pins.txt), in a virtual environment in
${XDG_CACHE_HOME:-~/.cache}/heapgrind; the scanner is built.  The process holds what held.py
makes, and a copy of it is asked by one tool after the other (asked.py), five times; figures are
medians.  memray has to be there from the beginning: a program of its own runs with it and
without.  Meliae is for Python 2.7: both read a dump that it made there.

Exit status: 1 if the tools cannot be had, or heapgrind does not say what is true.
"""

import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Dict, List, Optional

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))

import find_pythons

MELIAE = "meliae==0.5.1"
MELIAE_DUMP = f"{TOP}/testdata/meliae-py27-all.json.gz"
PYTHON = "/usr/bin/python3"
ROUNDS = 5
NAMES = {"guppy": "guppy3", "pympler": "Pympler", "objgraph": "objgraph", "py_spy": "py-spy dump",
         "heapgrind": "heapgrind, `fork=True`", "heapgrind_dump": "`heapgrind dump`"}
HEAD = """\
| | `Session`s | bytes of `CACHE` | names `CACHE` | bytes of `TABLE` | native bytes of `STREAMS` \
| takes, s | stops for, s | memory, MB |
|---|---|---|---|---|---|---|---|---|"""


def output_of(*words: str, **options) -> str:
    """Runs a command; returns what it prints."""
    return subprocess.run(words, stdout=subprocess.PIPE, check=True, encoding="utf-8",
                          **options).stdout


def make_environment() -> str:
    """Makes the virtual environment, unless it is there; returns its folder."""
    with open(f"{HERE}/pins.txt", "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()[:12]
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = f"{cache}/heapgrind/peers-{digest}"
    if not os.path.exists(folder + "/whole"):
        output_of(PYTHON, "-m", "venv", "--clear", folder)
        output_of(folder + "/bin/pip", "install", "-q", "-r", f"{HERE}/pins.txt")
        with open(folder + "/whole", "w", encoding="ascii"):
            pass
    return folder


def build(folder: str, kind: str) -> str:
    """Builds the scanner in a folder, as a wheel or a blob; returns its path."""
    return output_of(PYTHON, f"{TOP}/scanner/build_{kind}.py", "--out", folder).splitlines()[-1]


def ask_all(python: str, variables: Dict[str, str], folder: str) -> List[dict]:
    """Has a process answer by each tool, in turns; returns the truth, and all answers."""
    asks = "".join(f"{tool}\n" for _ in range(ROUNDS) for tool in NAMES)
    lines = output_of(python, f"{HERE}/asked.py", input=asks, cwd=folder,
                      env={**os.environ, **variables}).splitlines()
    return [json.loads(line) for line in lines]


def share(said, true: int) -> str:
    """Returns how much of what is true a tool says."""
    return "" if said is None else f"{100 * said / true:.1f} %"


def row(name: str, truth: dict, answers: List[dict]) -> str:
    """Returns the line of a tool."""
    first = answers[0]
    median = {key: statistics.median(answer[key] or 0 for answer in answers)
              for key in ("took", "grew", "stopped")}
    stops = median["stopped"] or median["took"]
    is_named = "" if first["holder"] is None else "yes" if first["holder"] else "no"
    return (f"| {name} | {share(first['number'], truth['number'])} "
            f"| {share(first['cache'], truth['cache'])} | {is_named} "
            f"| {share(first['table'], truth['table'])} "
            f"| {share(first['streams'], truth['streams'])} "
            f"| {median['took']:.2g} | {stops:.2g} | {median['grew']:.0f} |")


def seconds_of(*words: str) -> float:
    """Returns how long a command takes."""
    start = time.monotonic()
    subprocess.run(words, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=True)
    return time.monotonic() - start


def memray_line(python: str, folder: str) -> str:
    """Returns how much longer a program takes under memray, and what that writes."""
    program = "import held; held.hold()"
    file = f"{folder}/memray.bin"
    times = [(seconds_of(python, "-c", program),
              seconds_of(python, "-m", "memray", "run", "-q", "-f", "--trace-python-allocators",
                         "-o", file, "-c", program)) for _ in range(ROUNDS)]
    ratio = statistics.median(traced / plain for plain, traced in times)
    return (f"memray: the program takes {ratio:.1f} times as long under it, and "
            f"{os.path.getsize(file) / 1e6:.0f} MB are written; it says where memory was "
            "allocated, not what holds it.")


def python27() -> Optional[str]:
    """Returns the path of a Python 2.7 with headers; None if there is none."""
    found = find_pythons.find_interpreters([], [])
    return next((one.path for one in found if one.version.startswith("2.7.")), None)


def meliae_line(program: str, folder: str) -> str:
    """Returns what Meliae and heapgrind say of a dump by Meliae, and how long they take."""
    python = python27()
    if python is None:
        return "Meliae: not run: no Python 2.7 with headers"
    output_of(python, "-m", "pip", "install", "-q", "--target", folder + "/meliae", MELIAE,
              stderr=subprocess.DEVNULL)
    theirs = [json.loads(output_of(python, f"{HERE}/meliae_loader.py", folder + "/meliae",
                                   MELIAE_DUMP)) for _ in range(ROUNDS)]
    ours = [seconds_of(program, "summary", MELIAE_DUMP) for _ in range(ROUNDS)]
    said = json.loads(output_of(program, "summary", "--json", MELIAE_DUMP))
    (sentence,) = [one["text"] for one in said["sentences"] if one["type"] == "Session"]
    return (f"Meliae: its loader says of its own dump {theirs[0]['bytes']} bytes in "
            f"{theirs[0]['number']} Sessions and others, and of a Session that "
            f"{', '.join(theirs[0]['referrers'])} refer to it, in "
            f"{statistics.median(answer['took'] for answer in theirs):.2g} s; heapgrind says "
            f"{said['bytes']} bytes and `{sentence}` in "
            f"{statistics.median(ours):.2g} s.")


def is_right(truth: dict, answer: dict) -> bool:
    """Whether heapgrind says what is true: bytes to 1 %, since pages never touched are none."""
    return (answer["number"] == truth["number"] and answer["holder"]
            and all(abs(answer[key] / truth[key] - 1) < 0.01
                    for key in ("cache", "table", "streams")))


def main(program: str) -> int:
    environment = make_environment()
    with tempfile.TemporaryDirectory() as folder:
        output_of(f"{environment}/bin/pip", "install", "-q", "--no-index", "--force-reinstall",
                  build(folder, "wheel"))
        variables = {"HEAPGRIND": os.path.abspath(program), "HEAPGRIND_BLOBS": folder + "/blobs",
                     "PY_SPY": f"{environment}/bin/py-spy"}
        build(variables["HEAPGRIND_BLOBS"], "blob")
        python = f"{environment}/bin/python"
        truth, *answers = ask_all(python, variables, folder)
        by_tool = {tool: answers[place :: len(NAMES)] for place, tool in enumerate(NAMES)}
        print(HEAD)
        for tool, its_answers in by_tool.items():
            print(row(NAMES[tool], truth, its_answers))
        print("\n" + memray_line(python, folder))
        print("\n" + meliae_line(variables["HEAPGRIND"], folder))
    ours = by_tool["heapgrind"] + by_tool["heapgrind_dump"]
    return 0 if len(answers) == ROUNDS * len(NAMES) and all(
        is_right(truth, answer) for answer in ours) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("compare_tools.py: expected the path of heapgrind")
    sys.exit(main(sys.argv[1]))
