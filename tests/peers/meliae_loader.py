"""Reads a dump with Meliae's loader, in Python 2.7: its scanner and it want that.

Usage: meliae_loader.py FOLDER DUMP

FOLDER has Meliae.  Prints as JSON what it says of the dump: the bytes of all objects, the number
of `Session`s, what it shows as the referrers of one, and the seconds that all of it takes.
"""

import json
import sys
import time


def main(folder, dump):
    """Asks the loader."""
    sys.path.insert(0, folder)
    from meliae import loader

    start = time.time()
    objects = loader.load(dump, show_prog=False)
    objects.compute_parents()
    sessions = objects.get_all("Session")
    answer = {
        "bytes": objects.summarize().total_size,
        "number": len(sessions),
        "referrers": [str(parent) for parent in sessions[0].p],
    }
    answer["took"] = time.time() - start
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
