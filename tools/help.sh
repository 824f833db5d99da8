# What `./run help` prints.  Sourced by `run`.  shellcheck shell=bash

explain() {
  cat <<'HELP'
Usage: ./run COMMAND [ARGUMENT...]

Shows who owns a Python program's memory, in KCachegrind.  Each command first
installs the Debian packages that it needs and builds what is not up to date.

  leak                 run a program that leaks, say what holds its memory, and show it in
                       KCachegrind where there is a screen
  heapgrind run [--python PATH] -o DUMP PROGRAM [ARGUMENT...]
                       run a program of yours, and dump its heap when it ends
  heapgrind dump -o DUMP PID|CORE
                       dump the heap of a process that runs, or of one that left a core
                       file, without a debugger and without a line of code in the process
  memdump2callgrind DUMP > callgrind.out.NAME
                       turn a heap dump into a call graph of memory
                       (memdump2callgrind --help lists its options)
  heapgrind COMMAND    ask a heap dump something else (heapgrind --help lists the commands).
                       run and hook use python3 or, with --python, another interpreter
  wheel [PYTHON]       build a wheel for an interpreter (default: python3), with the
                       package heapgrind and the native programs; the last line of
                       the output is its path
  wheels               the same for every Python that is found, a path a line
  deb                  build a Debian package of the native programs; the last line
                       of the output is its path

  release [--python PATH]...
                       all of these, with the scanners for every Python that is found
                       and for those of Debian trixie and sid, and of one with musl (as root);
                       the last line of the output is the path of heapgrind, which runs
                       anywhere

  test [BAZEL_ARG...]  build and run every test, or those of the targets named
  test-all             all that CI runs, and what it does not
  test-fresh [bookworm|trixie]...
                       `./run leak` and `./run test` on a fresh Debian 12, 13 or both, timed
                       (as root: made in ~/.cache/heapgrind; needs the network)
  test-pythons [PYTHON...]
                       the scanner's tests on every Python that is found: pyenv's,
                       Debian's, python3.X in PATH
  test-wheels          the wheels for all of these where glibc is the oldest that their tag
                       allows: installed by pip on Debian 11, and tested there, on its Pythons
                       and on copies of those found here (as root; half an hour)
  test-dumps [PYTHON...]
                       `heapgrind dump` on every Python that is found: a process and its core,
                       compared record by record with a dump from inside
  test-32bit           the scanner's tests on a Python of 32 bits, in a Debian for i386
                       (needs root; makes it once, from the network: 600 MB)
  test-aarch64 [DISTRIBUTION...]
                       the same on 64-bit ARM, cross-compiled and emulated: on the Pythons of
                       bookworm or of those named (also trixie, sid; 700 MB each); then a wheel
                       with the programs
  test-converter-aarch64
                       the converter's tests on 64-bit ARM, cross-compiled and emulated
  test-musl            the same on a Python with musl, as Alpine has it, and dumps from outside;
                       that Python is built once, from Debian's sources (PyPI: 100 MB)
  test-roots [--all] [DISTRIBUTION...]
                       the same on the Pythons of Debian sid (3.14, 3.15) and trixie
                       (3.13), which are made likewise: 1 GB each
  test-free-threaded [VERSION | PYTHON]...
                       the scanner's tests on Pythons without a GIL: 3.13 and 3.14, which are
                       built once from Debian's sources (ten minutes each), or on those named
  python-root DISTRIBUTION
                       make that of sid or trixie, or that of test-musl (musl); the last
                       line of the output is its path, below ${XDG_CACHE_HOME:-~/.cache}/heapgrind
  test-outside         `heapgrind dump` for longer: a thousand stops of a busy program on
                       each Python, kills amid copies of a process of 1 GB, and dumps of
                       1 GB from outside and from cores, compared with ones from inside
  test-yama            `heapgrind dump` under each kernel.yama.ptrace_scope, in a virtual
                       machine (downloads a kernel of Debian's, 30 MB; two minutes)
  test-sentences       have programs leak in many ways, and compare the first sentence with
                       what each of them leaks
  test-cgroup2         HEAPGRIND="limit>70%" under control groups of version 2, likewise
  test-suites [NAME...]
                       500 tests each of three packages' suites, run again by the pytest
                       plugin: none may be said to leak that does not
  test-metrics         have Prometheus's promtool read what `heapgrind series` writes for monitoring
                       (installs Debian's prometheus: 100 MB)
  test-native          look for native memory of Debian's packages (lxml, Pillow,
                       Matplotlib, h5py, scikit-learn, protobuf, PyQt5) in dumps
  test-programs [NAME...]
                       dump real programs of Debian that have planted objects, and look
                       for these; all of tests/end_to_end/programs/jobs, or those named
                       (installs 128 packages: Qt, Matplotlib, SymPy, ...)
  test-packages [--few] [PYTHON...]
                       dump programs that use current wheels of PyPI (numpy, pandas, polars,
                       pydantic, Django, ...; 900 MB in ~/.cache/heapgrind), and look for
                       planted objects and native memory; --few: six packages
  compare-tools        ask other tools (guppy3, Pympler, objgraph, memray, py-spy) and heapgrind
                       about one process, and print what they answer and what it takes
                       (PyPI: 170 MB in ~/.cache/heapgrind; three minutes)
  test-page            look at the page of `heapgrind report` in a browser, without a screen
                       (installs Debian's chromium; axe-core from npm, if there is npm)
  referees             have go tool pprof, memlab, Chrome's DevTools and speedscope read what
                       `heapgrind export` writes, and compare (npm: 300 MB in ~/.cache/heapgrind)
  testdata             make the dumps and the expected output in testdata/ again
                       (--keep-dumps: the expected output alone)
  screenshots          make the pictures in docs/pictures/ again
  asan [BAZEL_ARG...]  the C++ tests, the golden files and the scanner's tests again,
                       under the address and undefined behaviour sanitizers
                       (--scanner: the scanner's alone)
  tsan [BAZEL_ARG...]  whole commands with several threads, on generated, shuffled and
                       hostile dumps, under the thread sanitizer
  fuzz [SECONDS]       feed the reader, and whole commands, what libFuzzer invents
                       (default: 60 s); what it finds is written to .run/fuzz
  benchmark [PART...]  measure the converter and the scanner beside what else does the
                       same work (benchmark --help lists the parts)
  format               lay out the C++ sources with clang-format

HEAPGRIND_NO_APT=1 in the environment: install nothing.
HELP
}
