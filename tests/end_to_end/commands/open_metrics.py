"""Reads OpenMetrics, as strictly as its specification.

https://prometheus.io/docs/specs/om/open_metrics_spec: one family of gauges, as
`heapgrind series` writes it.
"""

import re
from typing import Dict, List, NamedTuple, Optional, Tuple

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_VALUE = r'(?:[^"\\\n]|\\[\\"n])*'
_SAMPLE = re.compile(rf'({_NAME})\{{({_NAME})="({_VALUE})"\}} (\d+)(?: (\d+))?')


class Family(NamedTuple):
    """A family of gauges with one label."""

    name: str
    unit: str
    label: str
    # By the label's value: the numbers with their times.
    samples: Dict[str, List[Tuple[int, Optional[int]]]]


def parse(text: str) -> Family:
    """Returns the family in a text.  Raises ValueError, which says what is wrong where."""
    if not text.endswith("\n# EOF\n"):
        raise ValueError("expected # EOF and a line feed at the end")
    lines = text.split("\n")[:-2]
    name, unit = _head(lines[:3])
    samples: Dict[str, List[Tuple[int, Optional[int]]]] = {}
    labels, last = set(), None
    for number, line in enumerate(lines[3:], 4):
        match = _SAMPLE.fullmatch(line)
        if match is None or match.group(1) != name:
            raise ValueError(f"{number}: expected a sample of {name}, got {line!r}")
        labels.add(match.group(2))
        value, time = match.group(3), match.group(5) and int(match.group(5))
        if value in samples and value != last:
            raise ValueError(f"{number}: expected all samples of {value!r} together")
        if value == last and not (time and samples[value][-1][1] < time):
            raise ValueError(f"{number}: expected a later time, got {time}")
        samples.setdefault(value, []).append((int(match.group(4)), time))
        last = value
    (label,) = labels
    return Family(name, unit, label, samples)


def _head(lines: List[str]) -> Tuple[str, str]:
    """Returns the name and the unit of the family that HELP, TYPE and UNIT declare."""
    pattern = rf"# HELP ({_NAME}) \S.*\n# TYPE \1 gauge\n# UNIT \1 ([a-z]+)"
    match = re.fullmatch(pattern, "\n".join(lines))
    if match is None or not match.group(1).endswith("_" + match.group(2)):
        raise ValueError(f"1: expected HELP, TYPE and UNIT of a family, got {lines!r}")
    return match.group(1), match.group(2)
