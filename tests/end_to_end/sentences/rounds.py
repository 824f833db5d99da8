"""Runs a program of programs/ in three rounds, and dumps it after each.

    rounds.py PROGRAM FOLDER

Writes FOLDER/1.json, 2.json and 3.json, and holders.json: the addresses of what holds the
leak then.
"""

import importlib
import json
import os
import sys

import heapgrind


def _addresses(module):
    """Returns those of the objects that `holders` returns, or of the one that `holder` does,
    which may also tell an address."""
    if hasattr(module, "holders"):
        return [id(holder) for holder in module.holders()]
    holder = module.holder()
    return [holder if isinstance(holder, int) else id(holder)]


def main():
    program, folder = sys.argv[1:]
    sys.path.insert(0, os.path.dirname(program))
    module = importlib.import_module(os.path.splitext(os.path.basename(program))[0])
    holders = []
    for number in range(3):
        module.run(number * module.EACH)
        holders.append(_addresses(module))
        heapgrind.dump(os.path.join(folder, f"{number + 1}.json"))
    with open(os.path.join(folder, "holders.json"), "w", encoding="utf-8") as file:
        json.dump(holders, file)
    # Threads of programs may run for ever.
    os._exit(0)  # pylint: disable=protected-access


main()
