"""Runs a program of jobs/, has it dumped in three ways, and says what is wrong with the dumps."""

import json
import os
import subprocess
from typing import Dict, Iterator, List, NamedTuple

from environments import Environment
from known import Job
from tests.end_to_end.programs import real_program
from tests.end_to_end.support import converter, heapgrind_program

HERE = os.path.dirname(os.path.abspath(__file__))
PLANTED = os.path.join(os.path.dirname(HERE), "end_to_end", "programs", "jobs")
WAYS = ("itself", "fork", "outside")
# Of the bytes that a buffer has: malloc's have headers, and objects some of Python's.
LEAST, MOST = 0.9, 1.2
TABLE_HEAD = ("| program | objects | MB | explained | named | planted, found | buffers, found |\n"
              "|---|---|---|---|---|---|---|")


class Dump(NamedTuple):
    """A dump, and what the program said that it holds."""

    way: str
    program: real_program.ProgramDump
    buffers: Dict[str, int]  # Bytes by chain of rows.

    def found(self) -> Dict[str, bool]:
        """Says of each planted chain whether the profile has its bytes there."""
        return {chain: self.program.bytes_below(chain) == size
                for chain, size in self.program.planted.items()}

    def shares(self) -> Dict[str, float]:
        """Returns the bytes below each buffer's chain, as parts of what the buffer has."""
        return {chain: self.program.bytes_below(chain) / size
                for chain, size in self.buffers.items()}


def use_programs(folder: str) -> None:
    """Names the folder with memdump2callgrind and heapgrind."""
    converter.PROGRAM = os.path.join(folder, "memdump2callgrind")
    heapgrind_program.PROGRAM = os.path.join(folder, "heapgrind")


def run(name: str, environment: Environment, folder: str) -> List[Dump]:
    """Runs a program in an empty folder to its end; returns its dumps.

    Raises:
        RuntimeError: The program or a dump failed; the text is what both said.
    """
    log = os.path.join(folder, "log")
    with open(log, "wb") as said, subprocess.Popen(
            [environment.python, os.path.join(HERE, "jobs", name + ".py"),
             environment.extensions],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
            env={"PATH": "/usr/bin:/bin", "HOME": folder, "PYTHONPATH": PLANTED}) as process:
        pid = process.stdout.readline().decode().strip()
        if pid:
            heapgrind_program.run("dump", pid, "--native=yes", "--blobs", environment.blobs,
                                  "-o", "outside.json", cwd=folder, stdout=said, stderr=said)
        process.communicate()
    paths = [os.path.join(folder, way + ".json") for way in WAYS]
    if process.returncode or not all(map(os.path.exists, paths)):
        with open(log, encoding="utf-8", errors="replace") as said:
            raise RuntimeError(f"exit status {process.returncode}: {said.read()[-2000:]}")
    with open(os.path.join(folder, "buffers"), encoding="utf-8") as file:
        buffers = json.load(file)
    return [Dump(way, real_program.ProgramDump(path), buffers)
            for way, path in zip(WAYS, paths)]


def problems(job: Job, dump: Dump) -> Iterator[str]:
    """Yields a line for each thing that a dump gets wrong."""
    for chain, is_found in dump.found().items():
        if not is_found:
            yield (f"{dump.way}: expected {dump.program.planted[chain]} bytes below '{chain}', "
                   f"got {dump.program.bytes_below(chain)}")
    if dump.program.named < job.least_named:
        yield f"{dump.way}: expected {job.least_named} % with a name, got {dump.program.named}"
    explained = dump.program.explained
    if explained is None or not job.least_explained <= explained <= 100:
        yield f"{dump.way}: expected {job.least_explained} to 100 % explained, got {explained}"
    yield from _buffer_problems(job, dump)


def _buffer_problems(job: Job, dump: Dump) -> Iterator[str]:
    """The same for buffers: once where they are found, and not where they are known not to be."""
    is_expected = dump.way in job.buffers_found
    for chain, share in dump.shares().items():
        if is_expected and not LEAST <= share <= MOST:
            yield f"{dump.way}: expected the buffers of '{chain}' once, got {share:.2f} of them"
        if not is_expected and share >= LEAST:
            yield f"{dump.way}: the buffers of '{chain}' are found now: change known.py"


def row(job: Job, dumps: List[Dump]) -> str:
    """Returns the row of the table: the dump from outside, the worst of the shares."""
    last = dumps[-1].program
    found = sum(sum(dump.found().values()) for dump in dumps)
    planted = sum(len(dump.program.planted) for dump in dumps)
    told = [dump.program.explained for dump in dumps if dump.program.explained is not None]
    explained = f"{min(told)} %" if told else "not told"
    buffers = ", ".join(
        f"{dump.way} {share:.0%}" for dump in dumps for share in dump.shares().values())
    return (f"| {job.title} | {last.objects:,} | {last.bytes / 1e6:.1f} | {explained} | "
            f"{min(dump.program.named for dump in dumps)} % | {found} of {planted} | "
            f"{buffers or 'none'} |")
