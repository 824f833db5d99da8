"""Says which variable of a heap dump holds most, and what: the result of `./run leak`.

Usage: show_holder.py HEAPGRIND DUMP

HEAPGRIND is the program.  The first line of stdout is the answer; below it are what the
variable holds, and the lines of source that make it.
"""

import json
import subprocess
import sys


def ask(heapgrind, dump, question, *options):
    """Returns what `heapgrind walk` answers.  Raises CalledProcessError; stderr has why."""
    command = [heapgrind, "walk", *options, "-c", question, dump]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def choose_holder(rows):
    """Returns the first row that is no module, of those that retain most; None if none is."""
    return next((row for row in rows if row["type"] != "module"), None)


def describe(holder, total):
    """Returns the answer as a sentence.

    Args:
        holder: A row of `top`.
        total: Bytes of the whole heap.
    """
    percent = 100 * holder["retained"] / total
    return (f"{holder['name']}, a {holder['type']} of {holder['content']}, holds "
            f"{holder['retained']} of {total} bytes ({percent:.0f} %).")


def main(heapgrind, dump):
    answers = ask(heapgrind, dump, "top -n 20; info /", "--json").splitlines()
    rows, whole = (json.loads(answer) for answer in answers)
    holder = choose_holder(rows["rows"])
    if holder is None:
        print(f"show_holder.py: {dump}: expected an object below a module, got none",
              file=sys.stderr)
        return 1
    print(describe(holder, whole["retained"]))
    name = holder["name"]
    print("\nWhat is in it:\n" + ask(heapgrind, dump, f"types {name} -n 4"), end="")
    print("\nWhere it is made:\n" + ask(heapgrind, dump, f"source {name}"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
