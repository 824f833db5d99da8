"""Checks that a callgrind file says the same to every reader.

Usage: check_callgrind.py [--total BYTES] [--by-type] FILE

KCachegrind, callgrind_annotate, gprof2dot and speedscope agree on a profile only if
it is one tree or acyclic graph with one root, and if for each event what flows into
a function is what it keeps and hands on.

Prints `FILE:LINE: problem` for each problem, then the numbers of functions, calls
and bytes, the depth and the fan-out.  Exit status: 0 no problem, 1 problems, 2 the
file cannot be read.
"""

import argparse
import collections
import os
import sys
from typing import Dict, List, Tuple

from tests.end_to_end.callgrind import callgrind_file

MAX_DEPTH = 2000  # KCachegrind's search for cycles recurses.
MAX_FANOUT = 5000  # Its time is quadratic in the callees of a function.
MAX_FUNCTIONS = 100_000  # It takes 6 s and 550 MB for as many.

# Events that KCachegrind knows and gives a meaning of its own.
_TAKEN_EVENTS = frozenset(
    "Ir Dr Dw I1mr D1mr D1mw L1m I2mr D2mr D2mw L2m ILmr DLmr DLmw LLm Bi Bim Bc Bcm Bm "
    "Ge Smp Sys User CEst".split())


class Shape:
    """Measures of the graph: numbers of functions, calls and bytes, depth, fan-out."""

    def __init__(self, functions, calls, total, depth, fanout):
        self.functions, self.calls, self.total = functions, calls, total
        self.depth, self.fanout = depth, fanout

    def __str__(self):
        return (f"{self.functions} functions, {self.calls} calls, {self.total} bytes, "
                f"depth {self.depth}, fan-out {self.fanout}")


def check(path, total=None, has_classes=True) -> Tuple[List[Tuple[int, str]], Shape]:
    """Checks one file.

    Args:
        path: The file.
        total: What the first event must add up to, or None.
        has_classes: Whether names must be `TYPE::...`, which KCachegrind groups by TYPE.

    Returns:
        The problems, as (line, text) in the order of lines (0: the whole file), and
        the shape.

    Raises:
        OSError: It cannot be read.
    """
    profile = callgrind_file.read(path)
    problems = profile.problems
    _check_header(profile, problems)
    _check_names(profile, has_classes, problems)
    incoming = _incoming(profile, problems)
    _check_conservation(profile, incoming, problems)
    depth = _check_tree(profile, problems)
    sums = _check_totals(profile, total, problems)
    shape = Shape(
        len(profile.functions), sum(len(f.calls) for f in profile.functions.values()),
        sums[0] if sums else 0, depth,
        max((len(f.calls) for f in profile.functions.values()), default=0))
    for what, value, limit in (("functions", shape.functions, MAX_FUNCTIONS),
                               ("depth", shape.depth, MAX_DEPTH),
                               ("fan-out", shape.fanout, MAX_FANOUT)):
        if value > limit:
            problems.append((0, f"{what} {value}, expected at most {limit}"))
    return sorted(problems), shape


def _check_header(profile, problems):
    required = [key for key in profile.header_keys if key in callgrind_file.REQUIRED_HEADER]
    if required != list(callgrind_file.REQUIRED_HEADER):
        problems.append((0, f"the header is {' '.join(required)}, "
                         f"expected {' '.join(callgrind_file.REQUIRED_HEADER)}"))
    header = profile.header
    if header.get("version") != "1":
        problems.append((0, "expected version: 1"))
    if not (header.get("pid", "").isdecimal() and int(header["pid"]) > 0):
        problems.append((0, "expected a pid: above 0"))
    if header.get("positions") != "line":
        problems.append((0, "expected positions: line"))
    if not header.get("cmd", "").strip():
        problems.append((0, "expected a command in cmd:"))
    if profile.events[:1] not in (["Bytes"], ["After"]):
        problems.append((0, "expected Bytes (in a diff, After) as the first event"))
    for event in sorted(_TAKEN_EVENTS.intersection(profile.events)):
        problems.append((0, f"event {event} means something else to KCachegrind"))
    for description in profile.descriptions:
        if "=" in description:
            problems.append((0, f"event: {description} is a formula"))


def _check_names(profile, has_classes, problems):
    for table, names in profile.names.items():
        for name in names.values():
            if not name or name != name.strip() or '"' in name or "\\" in name:
                problems.append((0, f"{table} name {name!r} is empty or has outer blanks, "
                                 "quotes or backslashes"))
    for name in profile.names["fl"].values():
        if name != "???" and not os.path.isabs(name):
            problems.append((0, f"fl name {name!r} is neither an absolute path nor ???"))
    line_of_name: Dict[str, int] = {}
    for function in profile.functions.values():
        name = function.name
        if name in line_of_name:
            problems.append((function.line, f"{name!r} is also the name of the function "
                             f"in line {line_of_name[name]}"))
        line_of_name.setdefault(name, function.line)
        # KCachegrind's class: what stands before the last :: before the first (.
        if has_classes and name != "main" and not name.partition("(")[0].rpartition("::")[0]:
            problems.append((function.line, f"{name!r} has no class"))


def _incoming(profile, problems):
    """Returns the sum of the calls' costs by callee, for all callees that exist."""
    incoming: Dict[int, Tuple[int, ...]] = {}
    for caller, function in profile.functions.items():
        for callee, call in function.calls:
            if callee not in profile.functions:
                problems.append((call.line, f"a call of ({callee}), which has no fn block"))
            elif callee == caller:
                problems.append((call.line, f"{function.name!r} calls itself"))
            else:
                before = incoming.get(callee, (0,) * len(call.cost))
                incoming[callee] = tuple(map(sum, zip(before, call.cost)))
    return incoming


def _check_conservation(profile, incoming, problems):
    roots = [f.name for number, f in profile.functions.items() if number not in incoming]
    if roots != ["main"]:
        problems.append((0, f"the roots are {roots[:5]}, expected one, main"))
    zero = (0,) * len(profile.events)
    for number, function in profile.functions.items():
        costs = [function.self_cost or zero] + [call.cost for _, call in function.calls]
        inclusive = tuple(map(sum, zip(*costs)))
        if number in incoming and incoming[number] != inclusive:
            problems.append((function.line, f"{function.name!r} gets {incoming[number]} from its "
                             f"callers, but has {inclusive}"))


def _check_tree(profile, problems):
    """Returns the number of functions on the longest path.

    Takes away functions without callers one by one (Kahn, "Topological sorting of
    large networks", 1962); what cannot be taken is on a cycle or below one.
    """
    callees = {number: [callee for callee, _ in function.calls
                        if callee in profile.functions and callee != number]
               for number, function in profile.functions.items()}
    waits_for = collections.Counter(callee for row in callees.values() for callee in row)
    ready = [number for number in callees if not waits_for[number]]
    depth_of = dict.fromkeys(ready, 1)
    taken = 0
    while ready:
        number = ready.pop()
        taken += 1
        for callee in callees[number]:
            depth_of[callee] = max(depth_of.get(callee, 0), depth_of[number] + 1)
            waits_for[callee] -= 1
            if not waits_for[callee]:
                ready.append(callee)
    if taken < len(callees):
        problems.append((0, f"{len(callees) - taken} functions are on a cycle or below one"))
    return max(depth_of.values(), default=0)


def _check_totals(profile, total, problems):
    sums = tuple(map(sum, zip(*(f.self_cost for f in profile.functions.values() if f.self_cost))))
    summary = profile.header.get("summary", "")
    if summary != " ".join(map(str, sums)):
        problems.append((0, f"summary: {summary}, but the self costs add up to {sums}"))
    if profile.totals is not None and profile.totals != sums:
        problems.append((0, f"totals: {profile.totals}, but the self costs add up to {sums}"))
    if total is not None and sums[:1] != (total,):
        problems.append((0, f"the self costs add up to {sums}, expected {total} bytes"))
    return sums


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="check_callgrind.py", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--total", type=int, help="what the first event must add up to")
    parser.add_argument("--by-type", action="store_true", help="names are types, without ::")
    parser.add_argument("file")
    options = parser.parse_args(arguments)
    try:
        problems, shape = check(options.file, options.total, not options.by_type)
    except OSError as error:
        print(f"check_callgrind.py: {error}", file=sys.stderr)
        return 2
    for line, text in problems:
        print(f"{options.file}:{line}: {text}")
    print(shape)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
