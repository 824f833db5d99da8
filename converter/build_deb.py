"""Builds a Debian package of the native programs, with dpkg-deb.

    build_deb.py --program FILE... [--manual FILE]... [--notices FILE] [--out DIR]

writes heapgrind_VERSION-1_ARCHITECTURE.deb to DIR (default: dist/ beside the
folder that this file is in) and prints its path.  The programs are linked
statically, so that the package depends on nothing and can be installed on any
Debian or derived system of the architecture.  `./run deb` builds the programs
and passes them.

$DEBFULLNAME and $DEBEMAIL say who the maintainer is, as for Debian's own tools.

The format: Debian Policy Manual, 4.6.2, chapters 3, 5 and 12.
"""

import argparse
import email.utils
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DOC_DIR = "usr/share/doc/heapgrind"

CONTROL = """Package: heapgrind
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kib}
Recommends: kcachegrind
Section: devel
Priority: optional
Description: show who owns a Python program's memory, in KCachegrind
 memdump2callgrind turns a heap dump of a Python process into a call graph of
 memory: what a module, class, function, variable or thread owns, in bytes.
 heapgrind summarises dumps, compares them, and walks in them.
 .
 Dumps are written by the Python package of the same name.
"""

COPYRIGHT = """Files: *
Copyright: the authors of heapgrind
License: Apache-2.0
 On Debian systems, the text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.

The programs contain these libraries, linked statically:

{notices}"""

CHANGES = """heapgrind ({version}) unstable; urgency=medium

  * See changelog.gz.

 -- {maintainer}  {date}
"""

# The tags that lintian has for what the head of this file explains.
OVERRIDES = """heapgrind: statically-linked-binary [usr/bin/*]
heapgrind: embedded-library *
"""


class BuildError(Exception):
    """Something that the user must put right; its text says what."""


def main():
    """Builds the package; returns the exit status."""
    parser = argparse.ArgumentParser(description="Builds a Debian package.")
    parser.add_argument("--out", metavar="DIR", default=os.path.join(ROOT, "dist"))
    parser.add_argument("--program", metavar="FILE", action="append", required=True)
    parser.add_argument("--manual", metavar="FILE", action="append", default=[])
    parser.add_argument("--notices", metavar="FILE")
    options = parser.parse_args()
    try:
        print(build(options))
    except BuildError as error:
        sys.stderr.write(f"build_deb.py: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"build_deb.py: {error.filename}: {error.strerror}\n")
        return 1
    return 0


def build(options):
    """Builds the package and returns its path.  Raises BuildError and OSError."""
    architecture = run(["dpkg", "--print-architecture"]).strip()
    name = f"heapgrind_{version()}_{architecture}.deb"
    path = os.path.join(os.path.abspath(options.out), name)
    os.makedirs(options.out, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="heapgrind-deb-") as tree:
        os.chmod(tree, 0o755)
        fill(tree, options)
        sums, size = measure(tree)
        write(tree, "DEBIAN/md5sums", sums)
        write(tree, "DEBIAN/control", CONTROL.format(
            version=version(), architecture=architecture, maintainer=maintainer(),
            kib=-(-size // 1024)))
        run(["dpkg-deb", "--root-owner-group", "--build", tree, path])
    return path


def version():
    """Returns the version that version.h says, as that of the first package of it."""
    with open(os.path.join(ROOT, "converter", "base", "version.h"), encoding="utf-8") as header:
        return re.search(r'kVersion\[\] = "([^"]+)"', header.read()).group(1) + "-1"


def maintainer():
    """Returns the name and address for the field Maintainer."""
    name = os.environ.get("DEBFULLNAME", "heapgrind")
    return f"{name} <{os.environ.get('DEBEMAIL', 'heapgrind@localhost')}>"


def fill(tree, options):
    """Writes all files but those of DEBIAN/ below `tree`."""
    for program in options.program:
        target = os.path.join(tree, "usr/bin", os.path.basename(program))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(program, target)
        os.chmod(target, 0o755)
    for manual in options.manual:
        write(tree, f"usr/share/man/man1/{os.path.basename(manual)}.gz", zipped(read(manual)))
    notices = read(options.notices).decode("utf-8") if options.notices else "none\n"
    write(tree, DOC_DIR + "/copyright", COPYRIGHT.format(notices=notices))
    write(tree, "usr/share/lintian/overrides/heapgrind", OVERRIDES)
    write_changes(tree)


def write_changes(tree):
    """Writes what is new in the program, and in the package."""
    path = os.path.join(ROOT, "CHANGELOG.md")
    write(tree, DOC_DIR + "/changelog.gz", zipped(read(path)))
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", os.path.getmtime(path)))
    text = CHANGES.format(
        version=version(), maintainer=maintainer(), date=email.utils.formatdate(seconds))
    write(tree, DOC_DIR + "/changelog.Debian.gz", zipped(text.encode("utf-8")))


def measure(tree):
    """Returns the text of md5sums, and the bytes of all files."""
    lines = []
    size = 0
    for folder, _, names in sorted(os.walk(tree)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            data = read(path)
            size += len(data)
            lines.append(f"{hashlib.md5(data).hexdigest()}  {os.path.relpath(path, tree)}\n")
    return "".join(lines), size


def zipped(data):
    """Returns bytes as gzip writes them, the same each time."""
    return gzip.compress(data, 9, mtime=0)


def read(path):
    """Returns a file's bytes."""
    with open(path, "rb") as source:
        return source.read()


def write(tree, name, content):
    """Writes text or bytes to a file below `tree`, with its folders."""
    path = os.path.join(tree, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as target:
        target.write(content if isinstance(content, bytes) else content.encode("utf-8"))
    os.chmod(path, 0o644)


def run(command):
    """Runs a command and returns what it prints.  Raises BuildError."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise BuildError(f"cannot run {command[0]}: {error.strerror}\n"
                         "hint: packages are built on Debian") from error
    if done.returncode != 0:
        raise BuildError(f"{' '.join(command)} exited with {done.returncode}: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
