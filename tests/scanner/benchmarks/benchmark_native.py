"""Measures what native memory in a dump costs the copy that makes it.

    PYTHONPATH=<built package> python benchmark_native.py [CASE...]

For each case prints a row of the table in docs/using.md: what the process has
resident, and, without native memory, with `native="sum"` and with a record for
each block, the copy's processor time and the size of the dump; last how much
memory of its own the copy had with `sum` at most.  Needs gcc and /proc; cases
whose package is not installed are left out.
"""

from __future__ import print_function

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading

import heapgrind

HERE = os.path.dirname(os.path.abspath(__file__))
MODES = (False, "sum", True)


def python_objects():
    """300 000 Python objects with attributes"""

    class Session(object):
        def __init__(self, number):
            self.number = number
            self.names = ["a", str(number)]

    return [Session(number) for number in range(300000)]


def figures():
    """matplotlib, 50 figures drawn"""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.rcParams["figure.max_open_warning"] = 0
    made = [pyplot.figure() for _ in range(50)]
    for figure in made:
        figure.add_subplot().plot(range(100))
        figure.canvas.draw()
    return made


def elements():
    """lxml, 4 million elements"""
    from lxml import etree

    return etree.fromstring(b"<r>" + b"<a><b/><b/><b/></a>" * 1000000 + b"</r>")


def elements_with_texts():
    """lxml, 2 million elements, each with a text"""
    from lxml import etree

    texts = b"".join(b"<a>the text of element %d</a>" % x for x in range(2000000))
    return etree.fromstring(b"<r>" + texts + b"</r>")


def blocks_in_a_list():
    """4 million blocks of 48 bytes, each of which leads to the next"""
    native = holder()
    return native.hold(native.chain(4000000, 1))


def blocks_in_a_graph():
    """a million blocks of 48 bytes, each of which leads to four others"""
    native = holder()
    return native.hold(native.chain(1000000, 4))


def holder():
    """Returns a module that makes blocks."""
    folder = tempfile.mkdtemp()
    try:
        path = os.path.join(folder, "blocks_in_c.so")
        include = __import__("sysconfig").get_paths()["include"]
        source = os.path.join(HERE, "blocks_in_c.c")
        subprocess.check_call(
            ["gcc", "-O1", "-shared", "-fPIC", "-I" + include, source, "-o", path])
        sys.path.insert(0, folder)
        return __import__("blocks_in_c")
    finally:
        shutil.rmtree(folder)


def kib_of(process, key):
    """Returns a figure of /proc/PID/smaps_rollup; 0 if the process has ended."""
    try:
        with open("/proc/{}/smaps_rollup".format(process)) as file:
            return next(int(line.split()[1]) for line in file if line.startswith(key))
    except (EnvironmentError, StopIteration):
        return 0


class Peak(threading.Thread):
    """The most memory of its own that a child of this process has."""

    def __init__(self):
        threading.Thread.__init__(self)
        self.kib = 0
        self.ended = threading.Event()

    def run(self):
        path = "/proc/self/task/{}/children".format(os.getpid())
        while not self.ended.wait(0.005):
            with open(path) as file:
                for child in file.read().split():
                    self.kib = max(self.kib, kib_of(child, "Private_Dirty"))


def dump(native):
    """Returns the processor time of the copy, its memory and the bytes of the dump."""
    peak = Peak()
    peak.start()
    with tempfile.NamedTemporaryFile() as file:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        heapgrind.dump(file.name, fork=True, native=native).wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = os.path.getsize(file.name)
    peak.ended.set()
    peak.join()
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, peak.kib, size


def print_row(case):
    """Prints the row of a case."""
    held = case()
    resident = kib_of("self", "Rss")
    results = [dump(native) for native in MODES]
    cells = [case.__doc__, "{:.0f} MB".format(resident * 1.024e-3)]
    cells += ["{:.2f} s, {:.1f} MB".format(x[0], x[2] * 1e-6) for x in results]
    kib = results[1][1]
    cells.append("{:.1f} MB, {:.1f} %".format(kib * 1.024e-3, 100.0 * kib / resident))
    print("| " + " | ".join(cells) + " |")
    del held


CASES = (python_objects, figures, elements, elements_with_texts, blocks_in_a_list,
         blocks_in_a_graph)


def main():
    """Prints the rows, each from a process of its own."""
    if sys.argv[1:2] == ["--row"]:
        print_row(globals()[sys.argv[2]])
        return
    print("| process | resident | without | `sum` | each block | the copy's own memory |")
    print("|---|---|---|---|---|---|", flush=True)
    for name in sys.argv[1:] or [case.__name__ for case in CASES]:
        subprocess.call([sys.executable, os.path.abspath(__file__), "--row", name])


if __name__ == "__main__":
    main()
