"""Runs a program of jobs/ under Debian's Python until it is dumped, and reads the dumps."""

import glob
import json
import os
import re
import subprocess

from tests.end_to_end.owners import owner_chains
from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process

JOBS = os.path.abspath("tests/end_to_end/programs/jobs")


def is_installed(module):
    """Returns whether Debian's Python finds a module."""
    code = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"
    return subprocess.run([live_process.SYSTEM_PYTHON, "-c", code, module]).returncode == 0


def run(name, how, folder, packages):
    """Runs a program in an empty folder, to its end.

    Args:
        name: Of the file in jobs/.
        how: Who dumps, with native memory: `itself` with heapgrind.dump; `run`, which is
            heapgrind run, when the program sends itself a signal; `outside`, which is heapgrind
            dump, the processes whose PIDs the program prints.
        folder: Gets the dumps, PID.json.
        packages: The folder that the scanner was installed to.

    Returns:
        A ProgramDump for each process that has dumped, in the order of their PIDs.

    Raises:
        RuntimeError: The program or a dump failed; the text is what both said.
    """
    scanner = {"PYTHONPATH": packages, "PATH": "/usr/bin:/bin"}
    hook = ["-m", "heapgrind", "run", "--when=signal,fork,native=sum", "-o", "%p.json"]
    words = hook if how == "run" else []
    log = os.path.join(folder, "log")
    blobs = live_process.build_blob(os.path.join(folder, "blobs")) if how == "outside" else None
    with open(log, "wb") as said, subprocess.Popen(
            [live_process.SYSTEM_PYTHON, *words, os.path.join(JOBS, name + ".py")], cwd=folder,
            env={"PATH": "/usr/bin:/bin", "HOME": folder} if blobs else
            {**scanner, "HOME": folder},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said) as process:
        pids = process.stdout.readline().decode().split() if blobs else []
        for pid in pids:
            heapgrind_program.run("dump", pid, "--blobs", blobs, "-o", f"{pid}.json",
                                  cwd=folder, stdout=said, stderr=said)
        process.communicate()
    dumps = sorted(glob.glob(os.path.join(folder, "*.json")))
    if process.returncode or not dumps or len(dumps) < len(pids):
        with open(log, encoding="utf-8", errors="replace") as said:
            raise RuntimeError(f"exit status {process.returncode}, dumps {dumps}: {said.read()}")
    return [ProgramDump(path) for path in dumps]


class ProgramDump:
    """The dump of one process, and its profile.

    Attributes:
        objects: How many the dump says that it holds.
        bytes: What of them is there.
        planted: Bytes by chain of rows, as the process told.
        named: Percent of the bytes that have a named owner.
        explained: Percent of what the allocators handed out that is in objects, or None where
            the converter does not know it.
        by_path, by_type, with_process: The callgrind files.
        memory: VmRSS and VmSwap of the process, as the dump says, bytes.
        native: Bytes of malloc's blocks that are no object's; 0 if the dump does not follow them.
        native_owned: Those of them that Python objects own.
    """

    def __init__(self, path):
        """Converts a dump.

        Raises:
            RuntimeError: It cannot be converted.
        """
        base = os.path.splitext(path)[0]
        with open(path, "rb") as file:
            file.seek(-300, os.SEEK_END)
            end = json.loads(file.readlines()[-1])
            file.seek(0)
            header = json.loads(file.readline())
            absent = sum(_absent_bytes(line) for line in file if b'"resident"' in line)
        self.memory = header["rss"] + header.get("swap", 0)
        self.objects, self.bytes = end["end"], end["size"] - absent
        with open(base + ".planted", encoding="utf-8") as file:
            self.planted = json.load(file)
        self.by_path, self.by_type = base + ".callgrind", base + ".by-type.callgrind"
        self.with_process = base + ".process.callgrind"
        converter.convert(path, self.by_type, "--by=type")
        converter.convert(path, self.with_process, "--process")
        result = converter.run("--verbose", "-o", self.by_path, path)
        message = result.stderr.decode()
        self.named = _percent(r"have a named owner", message)
        self.explained = _percent(r"of what the allocators handed out", message)
        if self.named is None:
            raise RuntimeError(f"expected the share of bytes with a named owner, got: {message}")
        self.native, self.native_owned = _native_bytes(path)
        self._chains = owner_chains.OwnerChains(self.by_path)

    def bytes_below(self, chain):
        """Returns how many bytes the rows retain that stand below others.

        Args:
            chain: Beginnings of names from the top down, with ` > ` between them, such as
                `module::app > dict::CACHE`.  Other rows may stand between those.
        """
        *owners, row = chain.split(" > ")
        chains = self._chains
        return sum(chains.inclusive(name) for name in chains.names(row)
                   if name.startswith(row) and _stand_in(owners, chains.chain(name)))


def _absent_bytes(line):
    record = json.loads(line)
    return record["size"] - record.get("resident", record["size"]) if "address" in record else 0


def _native_bytes(path):
    """Returns the bytes of native memory that is there, and those of them that objects own."""
    result = heapgrind_program.run("summary", "--json", path)
    if result.returncode:
        raise RuntimeError(f"heapgrind summary: {result.stderr}")
    summary = json.loads(result.stdout)
    sizes = {row["type"]: row["native_bytes"] for row in summary.get("native_owners", [])}
    owned = sum(sizes.values()) - sizes.get("variables of C code", 0)
    return sum(sizes.values()) + summary["process"]["native_without_owner"], owned


def _percent(text, message):
    found = re.search(rf"([0-9.]+) %, {text}", message)
    return float(found.group(1)) if found else None


def _stand_in(beginnings, names):
    """Whether names, in their order, begin as all of the beginnings, in theirs."""
    remaining = iter(names)
    return all(any(name.startswith(text) for name in remaining) for text in beginnings)
