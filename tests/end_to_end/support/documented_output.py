"""The output that docs/using.md shows: commands that begin with `$ heapgrind`, on testdata."""

import shlex
import subprocess

from tests.end_to_end.support import heapgrind_program

PAGE = "docs/using.md"
_INDENT = "    "
_PROMPT = _INDENT + "$ heapgrind "


def examples(text):
    """Returns (command line, output) of each example on a page.

    An example is an indented block whose first line is a command: `$ heapgrind ...`.
    """
    found = []
    lines = iter(text.splitlines() + [""])
    for line in lines:
        while line.startswith(_PROMPT):
            command, output = line[len(_PROMPT):], []
            for line in lines:
                # Blank lines between indented ones belong to the block.
                if line and not line.startswith(_INDENT) or line.startswith(_PROMPT):
                    break
                output.append(line[len(_INDENT):])
            found.append((command, "\n".join(output).strip("\n") + "\n"))
    return found


def output_of(command):
    """Runs the command line of an example in the folder of the test, and returns its stdout.

    Raises:
        RuntimeError: It failed, or said anything else.
    """
    words = shlex.split(command)
    result = heapgrind_program.run(*words, stdin=subprocess.DEVNULL)
    if result.returncode or result.stderr:
        raise RuntimeError(f"heapgrind {command}: exit status {result.returncode}, stderr "
                           f"{result.stderr!r}")
    return result.stdout


def renewed(text):
    """Returns a page with the output of each example as it is now."""
    lines, at_example = [], False
    for line in text.splitlines():
        if line.startswith(_PROMPT):
            at_example = True
            output = output_of(line[len(_PROMPT):]).strip("\n").split("\n")
            lines += [line, *((_INDENT + part).rstrip() for part in output), ""]
            continue
        if at_example and (not line or line.startswith(_INDENT)):
            continue
        at_example = False
        lines.append(line)
    return "\n".join(lines) + "\n"
