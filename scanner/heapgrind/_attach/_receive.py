"""Takes a dump from the agent's pipes (attach_agent.h), and writes it."""

import collections
import os
import re
import select

from heapgrind._attach._inject import now
from heapgrind._attach._target import CannotAttach

# What the agent says of a dump: its objects, their bytes, the length of the
# dump, and for how long the interpreter stood, seconds (None: not known).
Summary = collections.namedtuple("Summary", "objects size dump_bytes locked")

_END = re.compile(br'\n\{"end": (\d+), "size": (\d+)[^\n]*\}\n\Z')
_PIECE = 1 << 20
_TICK = 0.1  # Seconds between two looks at whether the process is alive.


def receive(target, connection, output, timeout):
    """Writes what comes from the agent to an Output, and commits that.

    Args:
        timeout: Seconds to wait for the interpreter's lock.

    Returns:
        The Summary.

    Raises:
        CannotAttach: It does not come, or not whole.
        EnvironmentError: It cannot be written.
    """
    try:
        report = _read_pipes(connection, output, now() + timeout, timeout)
    finally:
        # From now on the agent gives up.
        os.close(connection.dump)
        os.close(connection.report)
    summary = _read_report(report) or _read_end(output)
    if summary is None:
        what = "it has ended" if target.has_ended() else "the scanner has stopped"
        raise CannotAttach("expected a dump of it, but {}".format(what))
    if output.bytes != summary.dump_bytes:
        raise CannotAttach(
            "expected a dump of {} bytes, got {}".format(summary.dump_bytes, output.bytes)
        )
    output.commit()
    return summary


def _read_report(report):
    """Returns the Summary in what the agent says; None if it does not say how
    it ended.  Raises CannotAttach if it failed."""
    lines = report.decode("ascii", "replace").splitlines()
    words = lines[-1].split() if lines else []
    if words[:1] == ["failed"]:
        text = " ".join(words[2:])
        prefix = "" if words[1] == "0" else "expected a dump of it, got: "
        raise CannotAttach(prefix + text)
    if words[:1] != ["done"]:
        return None
    objects, size, dump_bytes, microseconds = (int(word) for word in words[1:])
    return Summary(objects, size, dump_bytes, microseconds * 1e-6)


def _read_end(output):
    """Returns the Summary in a dump's end record; None if it has none.  The
    forked copy may have written it although the process has ended."""
    found = _END.search(output.tail)
    if found is None:
        return None
    return Summary(int(found.group(1)), int(found.group(2)), output.bytes, None)


def _read_pipes(connection, output, deadline, timeout):
    """Copies the dump to `output` until both pipes end; returns what the other
    one says."""
    report = b""
    unfinished = [connection.dump, connection.report]
    while unfinished:
        wait = _TICK if report else max(0, deadline - now())
        for pipe in select.select(unfinished, [], [], wait)[0]:
            data = os.read(pipe, _PIECE)
            if not data:
                unfinished.remove(pipe)
            elif pipe == connection.dump:
                output.write(data)
            else:
                report += data
        if not report and unfinished and now() >= deadline:
            raise CannotAttach(
                "expected the interpreter's lock within {} s, but a C function "
                "keeps it".format(timeout),
                "try again later, or with a longer --timeout",
            )
    return report
