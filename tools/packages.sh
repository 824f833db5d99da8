# Debian packages, by what they are for.  Sourced by `run`.  shellcheck shell=bash

# The scanner, for Debian's own Python.
scanner_packages=(g++ python3-dev)
# The programs: Bazel, which brings a JDK, and the libraries.
build_packages=("${scanner_packages[@]}" bazel-bootstrap libabsl-dev libedit-dev libyajl-dev
                libzstd-dev node-d3-hierarchy pkg-config zlib1g-dev)
# To look at a profile.
view_packages=(dbus-daemon graphviz kcachegrind)
# The tests, which open the real viewers on a screen of their own.
test_packages=("${view_packages[@]}" fonts-dejavu-core gdb groff-base imagemagick
               libbenchmark-dev libgmock-dev libgtest-dev mypy python3-django python3-pandas
               python3-pytest python3-sqlalchemy python3-venv tmux valgrind xdotool xvfb zstd)
# Packages whose objects hold native memory: tests/end_to_end/native.
native_packages=(python3-h5py python3-lxml python3-matplotlib python3-pil python3-protobuf
                 python3-pyqt5 python3-sklearn)
# The pictures in docs/pictures.
picture_packages=("${view_packages[@]}" fonts-dejavu-core imagemagick python3-django
                  python3-pandas python3-sqlalchemy tmux xdotool xvfb)
# The real programs of tests/end_to_end/programs.
program_packages=(gunicorn mypy pylint python3-aiohttp python3-bs4 python3-celery python3-flask
                  python3-gevent python3-ipython python3-lxml python3-matplotlib python3-pyqt5
                  python3-sphinx python3-sqlalchemy python3-sympy python3-tornado python3-twisted)
# To build a Python from its sources.
python_packages=(gcc libbz2-dev libffi-dev liblzma-dev libsqlite3-dev libssl-dev make pkg-config
                 python3-venv xz-utils zlib1g-dev)
# A browser, for the page of reports.
page_packages=(chromium chromium-driver poppler-utils python3-selenium)
# What builds for 64-bit ARM, and emulates it.
arm_packages=(g++-aarch64-linux-gnu qemu-user-static)
# Those that read exports; the others are npm's.
referee_packages=("${page_packages[@]}" golang-go)
benchmark_packages=(fonts-dejavu-core gnuplot-nox libbenchmark-dev libboost-graph-dev libigraph-dev
                    python3-django python3-pandas python3-sqlalchemy)

# Prints those that the programs contain, with the compiler's library and C's, a line each.
linked_packages() {
  printf '%s\n' libabsl-dev libedit-dev libbsd-dev libncurses-dev libyajl-dev libzstd-dev \
    node-d3-hierarchy zlib1g-dev libc6-dev "libstdc++-$(g++ -dumpversion | cut -d. -f1)-dev"
}
