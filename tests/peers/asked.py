"""One tool each, asked within the process that holds: what of it does the tool say?

Each function returns an Answer.  They run in a forked copy of the process each, so that none
sees what another has made.
"""

import gc
import io
import json
import os
import re
import subprocess
import sys
import time
from typing import NamedTuple, Optional

import held


class Answer(NamedTuple):
    """What a tool says; None: it does not say that.

    Attributes:
        number: Of objects of the class Session.
        cache: The bytes that held.CACHE owns.
        holder: Whether it names CACHE, asked about sessions.
        table: The bytes of held.TABLE.
        streams: Native bytes of held.STREAMS.
        stopped: How long the process stood still, s, if it is not as long as the tool took.
    """

    number: Optional[int] = None
    cache: Optional[int] = None
    holder: Optional[bool] = None
    table: Optional[int] = None
    streams: Optional[int] = None
    stopped: Optional[float] = None


def guppy() -> Answer:
    """guppy3: the heap by class, what would be free without one object, and shortest paths."""
    from guppy import hpy

    tool = hpy()
    sessions = tool.heap() & held.Session
    return Answer(number=sessions.count, cache=tool.iso(held.CACHE).domisize,
                  holder=named(str(tool.iso(held.CACHE["session 77"]).sp)),
                  table=tool.iso(held.TABLE).domisize)


def pympler() -> Answer:
    """Pympler: all objects by type, the size of one with all that it refers to, and referrers."""
    from pympler import asizeof, muppy, refbrowser, summary

    rows = summary.summarize(muppy.get_objects())
    tree = io.StringIO()
    refbrowser.StreamBrowser(held.CACHE["session 77"], maxdepth=3, stream=tree).print_tree()
    return Answer(number=sum(row[1] for row in rows if "Session" in row[0]),
                  cache=asizeof.asizeof(held.CACHE), holder=named(tree.getvalue()),
                  table=asizeof.asizeof(held.TABLE))


def objgraph() -> Answer:
    """objgraph: how many objects of a type there are, and a chain to one of them."""
    import objgraph as tool

    sessions = tool.by_type("Session")
    chain = io.StringIO()
    tool.show_chain(tool.find_backref_chain(sessions[77], tool.is_proper_module), output=chain)
    return Answer(number=len(sessions), holder=named(chain.getvalue()))


def named(text: str) -> bool:
    """Whether an answer in text says what holds the sessions."""
    return "CACHE" in text


def heapgrind() -> Answer:
    """heapgrind: a dump of a forked copy, and `heapgrind summary`."""
    import heapgrind as tool

    start = time.perf_counter()
    copy = tool.dump("fork.json", fork=True, native="sum")
    stopped = time.perf_counter() - start
    copy.wait()
    return summary_of("fork.json")._replace(stopped=stopped)


def heapgrind_dump() -> Answer:
    """`heapgrind dump`, from outside, and `heapgrind summary`."""
    done = subprocess.run(
        [os.environ["HEAPGRIND"], "dump", str(os.getppid()), "--native=sum", "--blobs",
         os.environ["HEAPGRIND_BLOBS"], "-o", "outside.json"],
        stderr=subprocess.PIPE, encoding="utf-8", check=True)
    stopped = re.search(r"stopped the process for ([0-9.]+) s", done.stderr).group(1)
    return summary_of("outside.json")._replace(stopped=float(stopped))


def summary_of(dump: str) -> Answer:
    """Returns what `heapgrind summary` says of a dump."""
    summary = json.loads(subprocess.run(
        [os.environ["HEAPGRIND"], "summary", "--json", "--top=1000", dump],
        stdout=subprocess.PIPE, check=True).stdout)
    retained = {row["path"]: row["retained"] for row in summary["largest"]}
    native = {row["type"]: row["native_bytes"] for row in summary["native_owners"]}
    return Answer(
        number=sum(row["objects"] for row in summary["types"] if row["type"] == "Session"),
        cache=retained.get("held.CACHE"), holder=summary["sentences"][0]["owner"] == "held.CACHE",
        table=retained.get("held.TABLE"), streams=native.get("Compress"))


def py_spy() -> Answer:
    """py-spy: the stacks of a process, from outside."""
    subprocess.run([os.environ["PY_SPY"], "dump", "--pid", str(os.getppid())],
                   stdout=subprocess.DEVNULL, check=True)
    return Answer()


TOOLS = (guppy, pympler, objgraph, heapgrind, heapgrind_dump, py_spy)


def main() -> None:
    """Asks the tool that each line of stdin names, in a copy; prints its answer, as JSON."""
    streams = held.hold()
    gc.collect()
    print(json.dumps({"number": held.NUM_SESSIONS, "cache": held.bytes_of_cache(),
                      "table": held.TABLE.nbytes, "streams": streams}), flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            answer(line.strip())
            os._exit(0)
        os.waitpid(child, 0)


def answer(tool: str) -> None:
    """Asks a tool; prints what it says, the time it took, and by how much memory it grew, MB."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")  # VmHWM begins anew (proc(5)).
    before, start = peak(), time.perf_counter()
    says = {function.__name__: function for function in TOOLS}[tool]()
    took = time.perf_counter() - start
    print(json.dumps({**says._asdict(), "took": took, "grew": peak() - before}), flush=True)


def peak() -> float:
    """Returns VmHWM, MB."""
    with open("/proc/self/status", encoding="ascii") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) / 1000


if __name__ == "__main__":
    main()
