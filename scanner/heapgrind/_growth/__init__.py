"""Whether the heap grows, and who holds what it grows by."""

from heapgrind._growth import _dumps, _loops
from heapgrind._growth._rows import Growth
from heapgrind._growth._watch import Watch

__all__ = ["Growth", "Watch", "find", "text_of"]

_MOST_LINES = 10


def find(function, loops, warmup, ignore):
    """Returns the Growths, per loop, of what grows each time `function` is called.

    Raises what heapgrind.assert_no_growth raises, but for AssertionError.
    """
    for name, number, least in (("loops", loops, 2), ("warmup", warmup, 0)):
        if not isinstance(number, int) or isinstance(number, bool) or number < least:
            raise ValueError(
                "expected {} to be a number from {} on, got {!r}".format(name, least, number)
            )
    return _loops.find(function, loops, warmup, ignore)


def text_of(growths):
    """Returns what to say of Growths per loop: a line for each of the largest."""
    lines = [one.text(" in each loop") for one in growths[:_MOST_LINES]]
    if len(growths) > _MOST_LINES:
        lines.append("and {} others".format(len(growths) - _MOST_LINES))
    if not _dumps.has_program():
        lines.append(_loops.WITHOUT_PROGRAM)
    return "\n".join(lines)
