"""What is run where: Pythons, machines and ways to dump, as docs/pythons.md says it.

Usage: matrix.py

Prints the table and the list of that page.  Which Pythons there are, what each command runs,
when CI does that, and in what words something is refused stands in the code: from there it
is taken, and not from this machine.
"""

import os
import re
import sys
import textwrap
from typing import Dict, FrozenSet, Iterator, List, NamedTuple, Sequence, Tuple

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [os.path.join(TOP, folder) for folder in ("tests", "tests/wheels")]
import find_pythons  # noqa: E402
import free_threaded_python  # noqa: E402
import python_root  # noqa: E402
import test_free_threaded  # noqa: E402
import test_outside  # noqa: E402
import test_pythons  # noqa: E402
import test_roots  # noqa: E402
import test_wheels  # noqa: E402

# The ways to dump, and a test of each that the program named behind it runs.
INSIDE = {"in the process": "cpython/references_test.py", "by fork": "scan/snapshot_test.py",
          "by the hook": "hook/hook_triggers_test.py"}
OUTSIDE = {"`heapgrind dump PID`": "outside.real_dump_test", "core file": "core.inside_core_test"}
WAYS = (*INSIDE, *OUTSIDE)
VERSIONS = [version for version in find_pythons.VERSIONS if "." in version]

# When a command is run, the most often first.
WHEN = ("CI", "all", "by hand")


class Row(NamedTuple):
    """A line of the table.

    Attributes:
        commands: Those of `./run` that test this; none if there is none.
        others: What a cell says of a way that no command tests there; "no" where it says nothing.
    """

    pythons: str
    machine: str
    commands: Sequence[str]
    others: Dict[str, str] = {}


def read(path: str) -> str:
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def said(path: str, beginning: str) -> str:
    """Returns `beginning`, as code, which a source has to say.  Raises ValueError if not."""
    if beginning not in read(path):
        raise ValueError(f"expected '{beginning}' in {path}")
    return f"`{beginning}`"


def when(command: str) -> str:
    """Returns when a command of `./run` is run.  Raises ValueError if there is no such command."""
    always, condition, more = re.split(
        r"(^if \[\[ \$\{1:-\} == --all \]\]; then\n)", read(".ci/run"), 1, re.MULTILINE)
    for text, name in ((always, WHEN[0]), (more, WHEN[1])):
        if re.search(rf"^ *count \./run {re.escape(command)}(?!\S)", text, re.MULTILINE):
            return name
    if f"    {command.split()[0]})\n" not in read("tools/tests.sh"):
        raise ValueError(f"expected the command '{command}' in tools/tests.sh")
    return WHEN[2]


def ways_inside() -> Iterator[str]:
    """Yields the ways that test_pythons.py tests for each Python."""
    names = [os.path.relpath(path, test_pythons.TESTS) for path in test_pythons.modules(False)]
    return (way for way, test in INSIDE.items() if test in names)


def ways_outside() -> Iterator[str]:
    """Yields the ways that test_outside.py tests for each Python."""
    return (way for way, test in OUTSIDE.items()
            if any(name.startswith(test + ".") for name in test_outside.COMPARING_TESTS))


def ways_in_roots() -> Iterator[str]:
    """Yields the ways that test_roots.py tests for each Python."""
    ways = {"test_pythons.py": ways_inside, "test_outside.py": ways_outside}
    for program in test_roots.PROGRAMS:
        yield from ways[os.path.basename(program[0])]()


def ways_of(command: str) -> FrozenSet[str]:
    """Returns the ways to dump that a command tests."""
    ways = {
        "test": lambda: WAYS,
        "test-32bit": ways_inside,
        "test-aarch64": ways_inside,
        "test-musl": ways_in_roots,
        "test-dumps": ways_outside,
        "test-free-threaded": lambda: WAYS,
        "test-packages": lambda: ("in the process", "by fork", "`heapgrind dump PID`"),
        "test-pythons": ways_inside,
        "test-roots": ways_in_roots,
        "test-wheels": ways_inside,
    }
    return frozenset(ways[command.split()[0]]())


def listed(versions: Sequence[str]) -> str:
    """Returns versions as text: those of 3 that follow each other as `3.6 to 3.15`."""
    runs: List[List[str]] = []
    for version in versions:
        major, minor = map(int, version.split("."))
        if runs and runs[-1][-1] == f"{major}.{minor - 1}":
            runs[-1].append(version)
        else:
            runs.append([version])
    parts = [f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs]
    return ", ".join(parts)


def rows() -> List[Row]:
    """Returns the lines of the table."""
    debian = {name: listed(versions) for name, versions in python_root.PYTHONS.items()}
    oldest = ".".join(map(str, test_wheels.glibc_version.RUN_ON))
    refused = dict.fromkeys(OUTSIDE, "refused")
    known = test_free_threaded.OUTSIDE
    others = sorted(free_threaded_python.SOURCES.keys() - {known})
    return [
        Row(f"each of {listed(VERSIONS)} that the machine has", "x86-64, glibc",
            ("test-pythons", "test-dumps")),
        Row(f"{debian['bookworm']} of Debian 12", "x86-64, glibc", ("test",)),
        Row(f"{debian['trixie']} of Debian 13, also its debug build", "x86-64, glibc",
            ("test-roots trixie",)),
        Row(f"{debian['sid']} of Debian sid", "x86-64, glibc", ("test-roots sid",)),
        Row("the newest that the machine has, with wheels of PyPI", "x86-64, glibc",
            ("test-packages --few",)),
        Row(f"wheels: {debian['bullseye']} of Debian 11, others of the machine",
            f"x86-64, glibc {oldest}", ("test-wheels",)),
        Row(f"{debian['bookworm']} of Debian 12", "32-bit x86, glibc", ("test-32bit",), refused),
        Row(f"{debian['bookworm']} of Debian 12", "64-bit ARM, glibc, emulated",
            ("test-aarch64",), refused),
        Row(f"{debian['trixie']} of Debian 13", "64-bit ARM, glibc, emulated",
            ("test-aarch64 trixie",), refused),
        Row(f"{debian['sid']} of Debian sid", "64-bit ARM, glibc, emulated",
            ("test-aarch64 sid",), refused),
        Row(f"a free-threaded build of {known}", "x86-64, glibc", ("test-free-threaded",)),
        Row(f"a free-threaded build of {listed(others)}", "x86-64, glibc",
            ("test-free-threaded",), refused),
        Row(f"{debian[python_root.MUSL.codename]}, built from Debian 13's sources", "x86-64, musl",
            ("test-musl",)),
    ]


def cell(row: Row, way: str) -> str:
    """Returns when a way to dump is tested there, or what is said instead."""
    if way in row.others:
        return row.others[way]
    found = [when(command) for command in row.commands if way in ways_of(command)]
    return min(found, key=WHEN.index) if found else "no"


def line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def table() -> str:
    """Returns the table."""
    text = line(("Python", "machine", *WAYS, "by `./run`"))
    text += "|---" * (len(WAYS) + 3) + "|\n"
    for row in rows():
        commands = ", ".join(f"`{command}`" for command in row.commands)
        text += line((row.pythons, row.machine, *(cell(row, way) for way in WAYS), commands))
    return text


def exceptions() -> Iterator[Tuple[str, str]]:
    """Yields what is refused or not run, and why."""
    slow = ", ".join(f"`{name}`" for name in test_pythons.SLOW)
    outside = "converter/outside"
    yield ("Tests that take long", f"{slow}: `./run test` has them for its Python; for the others "
           "`test-pythons --all`, `test-roots --all` and `test-free-threaded`, which test-all runs and "
           "CI does not. On 32 "
           "bits and with wheels they are not run.")
    yield ("The pytest plugin", "`runners_test` tests it with Debian's pytest in `./run test`, and where "
           "another Python has one; `test-suites` runs other people's tests with it.")
    yield ("Free-threaded builds (3.13t and later)",
           said(f"{outside}/blob_choice.cc", "expected a Python with a GIL or 3.13t") + " is what "
           "`heapgrind dump` says of 3.14t and later, whose pages of objects nobody has compared; 3.13t "
           "has been run as 3.13.5, and as a debug build not at all. `native_unknown` in a dump is what "
           "becomes of `native=True`. No release has wheels or scanners for them: `build_wheel.py` "
           "makes the one, `./run release --python PATH` adds the other. 3.15t has not been run.")
    yield ("3.14.0 to 3.14.4", "they are laid out otherwise than 3.14.5 and later, so a scanner of "
           "the one refuses the other, inside and outside. Debian sid has a later one, and what `./run "
           "release` takes from there refuses them: `--python PATH` adds one of their own. [Patch "
           "releases](how-it-works.md#patch-releases-of-python) has more of such.")
    yield ("32 bits and ARM, from outside",
           said(f"{outside}/refusals.cc", "expected a program for x86-64") + ", and of a core "
            + said("converter/core/core_file.cc", "heapgrind reads cores of x86-64") + ".")
    yield ("64-bit ARM", "qemu-user runs the scanner's tests, and a few of them cannot pass there: "
           "`test-aarch64` names them. The native programs are built by a cross compiler, and "
           "`test-converter-aarch64` runs the converter's tests the same way; `heapgrind dump` is "
           "not there: " + said("converter/commands/no_dump/no_dump.cc",
                                "expected a machine of x86-64")
           + ". Nothing has been run on such a machine.")
    yield ("musl (Alpine)", "`test-musl` builds Python with musl, and wheels with Zig's clang and "
           "libc++: neither Alpine itself, its gcc nor another Python has been tried. "
           "`heapgrind dump` wants a scanner that was built with musl's Python, whose structs are "
           "others; `./run release` adds that of 3.13, and builds a wheel for it. Only glibc's malloc "
           "is known: elsewhere dumps have no `malloc_used`, and of native memory say "
           + said("scanner/native/malloc_heap.cc", "another malloc than glibc's") + ".")
    yield ("Versions before and after", "the scanner does not compile for others: "
           + said("scanner/cpython/internal.h", "heapgrind knows Python 2.7 and 3.6 to 3.15") + ".")


def notes() -> str:
    """Returns the list below the table."""
    return "".join(
        textwrap.fill(f"- **{subject}**: {text}", 100, subsequent_indent="  ",
                      break_long_words=False, break_on_hyphens=False) + "\n"
        for subject, text in exceptions())


if __name__ == "__main__":
    print(table() + "\n" + notes(), end="")
