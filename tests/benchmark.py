"""Measures heapgrind beside what else does the same work, in one run.

    ./run benchmark [--old PROGRAM] [PART...]

A part is one of those below; all of them without arguments.  Each makes its own
data and prints a table.  Times are medians of five runs, and the programs that
are compared take turns, so that what else the machine does hits them alike.
Figures of a busy machine are worth nothing all the same.
"""

import argparse
import contextlib
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
NUM_RUNS = 5
MILLION = 1_000_000
GROWTH = (MILLION // 10, MILLION, 10 * MILLION, 30 * MILLION)  # Objects.
PLOT = ROOT / "docs" / "pictures" / "growth.png"


def built(target):
    """The program that Bazel built for `target`, as folder/name."""
    return str(ROOT / "bazel-bin" / target)


CONVERTER = built("converter/memdump2callgrind")
HEAPGRIND = built("converter/heapgrind")
old_converters = []  # At most one, to compare with.


def run(command):
    """Runs a command without its output.

    Returns:
        Seconds, and the peak of its resident memory in bytes.

    Raises:
        RuntimeError: its exit status is not 0.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command}: expected exit status 0, got {process.returncode}")
    return seconds, 1024 * usage.ru_maxrss


def measure(commands, num_runs=NUM_RUNS, run_one=run):
    """Runs each of the commands `num_runs` times, in turn.

    Returns:
        For each command the medians of seconds and of peak bytes.
    """
    rounds = [[run_one(command) for command in commands] for _ in range(num_runs)]
    return [tuple(statistics.median(figures) for figures in zip(*of_command))
            for of_command in zip(*rounds)]


@contextlib.contextmanager
def generated(num_objects, *options):
    """The path of a generated dump, which lives as long as the context."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        subprocess.run([built("tests/converter/benchmarks/generate_dump"), str(num_objects), *options],
                       stdout=file, check=True)
        yield file.name


def compare_with_wc(name, path, num_objects):
    """Prints a row: the whole converter beside `wc -l` of the same file, and beside an old one."""
    commands = [["wc", "-l", path]] + [[program, path] for program in [CONVERTER, *old_converters]]
    (wc_seconds, _), (seconds, peak), *old = measure(commands)
    row = f"{name:28} {wc_seconds:8.3f} {seconds:8.3f} {seconds / wc_seconds:7.1f} {peak / num_objects:11.1f}"
    for old_seconds, old_peak in old:
        row += f" {seconds / old_seconds:14.2f} {peak / old_peak:12.2f}"
    print(row, flush=True)


def print_wc_head():
    print(f"{'dump':28} {'wc -l, s':>8} {'ours, s':>8} {'ratio':>7} {'RSS, B/obj.':>11}"
          + (f" {'new / old time':>14} {'RSS':>12}" if old_converters else ""))


def compare_generated(million_objects, options):
    """Prints a row for generated dumps with each of the options of generate_dump."""
    print_wc_head()
    for words in options:
        with generated(million_objects * MILLION, *words) as path:
            name = ", ".join([f"{million_objects} M", *(word.strip("-") for word in words)])
            compare_with_wc(name, path, million_objects * MILLION)


def measure_conversion():
    """The whole converter beside wc -l: ten million generated objects."""
    compare_generated(10, ([], ["--shuffled"]))


def measure_heaps():
    """The same for heaps of other shapes: nearly one path an object, long chains, a million sharers."""
    compare_generated(10, [[shape, *order] for shape in ("paths", "chains", "sharers")
                           for order in ([], ["--shuffled"])])


def measure_commands():
    """Other commands beside the call graph: four million objects, few paths and many; diff with 1 % more."""
    size = 4 * MILLION
    for shape in ([], ["paths"]):
        with generated(size, *shape) as path, generated(size * 101 // 100, *shape) as later:
            compare_commands(" ".join(shape) or "in order", path, later)


def compare_commands(name, path, later):
    """Prints rows: the call graph of a dump, and other commands; of diff what each dump costs."""
    commands = {"call graph": [CONVERTER, path], "by type": [CONVERTER, "--by=type", path],
                "summary": [HEAPGRIND, "summary", path],
                "report": [HEAPGRIND, "report", "--json", path],
                "diff, a dump": [HEAPGRIND, "diff", path, later]}
    print(f"{name:28} {'s':>8} {'ratio':>7} {'MB':>7}")
    figures = dict(zip(commands, measure(list(commands.values()))))
    whole, _ = figures["call graph"]
    for command, (seconds, peak) in figures.items():
        seconds /= len([word for word in commands[command] if word in (path, later)])
        print(f"{command:28} {seconds:8.2f} {seconds / whole:7.2f} {peak / 1e6:7.0f}", flush=True)


@contextlib.contextmanager
def scanner_of(python):
    """The environment in which `python` has the scanner, built for it."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = subprocess.run(
            [python, str(ROOT / "scanner" / "build_wheel.py"), "--out", folder],
            stdout=subprocess.PIPE, check=True, text=True).stdout.split()[-1]
        subprocess.run([python, "-m", "zipfile", "-e", wheel, folder], check=True)
        yield dict(os.environ, PYTHONPATH=folder)


def measure_python():
    """The whole converter beside wc -l: a shop with Django, pandas and SQLAlchemy."""
    python = "/usr/bin/python3"
    with scanner_of(python) as environment, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "shop.json")
        subprocess.run(
            [python, "-m", "heapgrind", "run", "-o", path, "serve_shop.py"],
            cwd=ROOT / "docs" / "examples", env=environment, check=True)
        with open(path, "rb") as dump:
            num_objects = sum(line.startswith(b'{"address"') for line in dump)
        print_wc_head()
        compare_with_wc(f"shop, {num_objects} objects", path, num_objects)


def measure_dominators():
    """From all references to retained sizes, beside Boost and igraph."""
    with generated(10 * MILLION) as path:
        subprocess.run([built("tests/converter/benchmarks/dominators_benchmark"), path], check=True)


def measure_shapes():
    """The same on the shapes that are hard."""
    subprocess.run([built("tests/converter/benchmarks/dominators_benchmark"), "--shapes"], check=True)


def measure_growth():
    """Time and memory of the whole converter by the number of objects."""
    print(f"{'million objects':>15} {'ns/object':>10} {'x wc -l':>8} {'B/object':>9}")
    rows = []
    for num_objects in GROWTH:
        with generated(num_objects) as path:
            (wc_seconds, _), (seconds, peak) = measure([["wc", "-l", path], [CONVERTER, path]])
        rows.append((num_objects, 1e9 * seconds / num_objects, peak / num_objects))
        print(f"{num_objects / MILLION:15.1f} {rows[-1][1]:10.0f} {seconds / wc_seconds:8.1f}"
              f" {rows[-1][2]:9.1f}", flush=True)
    plot_growth(rows)


def plot_growth(rows):
    """Draws rows of objects, ns an object and bytes an object."""
    script = f"""
set terminal pngcairo size 900,450 font 'DejaVu Sans,11'
set output '{PLOT}'
set logscale x
set format x '%.0s%c'
set xlabel 'objects'
set ylabel 'ns an object'
set y2label 'bytes an object, resident'
set yrange [0:*]
set y2range [0:*]
set ytics nomirror
set y2tics
set grid
set key bottom right
plot '-' using 1:2 with linespoints lw 2 pt 7 title 'time', \\
     '-' using 1:2 axes x1y2 with linespoints lw 2 pt 5 title 'memory'
"""
    for column in (1, 2):
        script += "".join(f"{row[0]} {row[column]}\n" for row in rows) + "e\n"
    subprocess.run(["gnuplot"], input=script, check=True, text=True)
    print(f"drawn: {PLOT.relative_to(ROOT)}")


def measure_stages():
    """The converter stage by stage, with what each has allocated."""
    benchmark = built("tests/converter/benchmarks/heap_benchmark")
    for options in ([], ["--shuffled"]):
        subprocess.run([benchmark, *options], check=True)


def measure_reader():
    """The reader alone, on one thread."""
    subprocess.run([built("tests/converter/benchmarks/dump_reader_benchmark")], check=True)


def run_with_scanner(program):
    """Runs a program of tests/scanner/benchmarks."""
    with scanner_of(sys.executable) as environment:
        subprocess.run([sys.executable, str(ROOT / "tests/scanner/benchmarks" / program)],
                       env=environment, check=True)


def measure_scanner():
    """The scanner on a heap of two million objects."""
    run_with_scanner("benchmark_scan.py")


def measure_snapshot():
    """What a dump by fork costs the process, and a server under load."""
    run_with_scanner("benchmark_snapshot.py")


def measure_native():
    """What native memory costs the copy that dumps it."""
    run_with_scanner("benchmark_native.py")


PARTS = {
    "conversion": measure_conversion,
    "heaps": measure_heaps,
    "commands": measure_commands,
    "python": measure_python,
    "dominators": measure_dominators,
    "shapes": measure_shapes,
    "growth": measure_growth,
    "stages": measure_stages,
    "reader": measure_reader,
    "scanner": measure_scanner,
    "snapshot": measure_snapshot,
    "native": measure_native,
}


def main():
    parser = argparse.ArgumentParser(
        prog="./run benchmark", description=__doc__.split("\n\n")[0],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"  {name:12} {part.__doc__}" for name, part in PARTS.items()))
    parser.add_argument("parts", nargs="*", metavar="PART", help="see below; default: all")
    parser.add_argument("--old", metavar="PROGRAM",
                        help="another memdump2callgrind, which conversion, heaps and python "
                        "compare with in turn")
    arguments = parser.parse_args()
    old_converters[:] = [arguments.old] if arguments.old else []
    unknown = [part for part in arguments.parts if part not in PARTS]
    if unknown:
        parser.error(f"expected parts among {', '.join(PARTS)}, got '{unknown[0]}'")
    for name in arguments.parts or PARTS:
        load = os.getloadavg()[0]
        print(f"\n== {name}: {PARTS[name].__doc__} (load {load:.1f})", flush=True)
        PARTS[name]()


if __name__ == "__main__":
    main()
