"""Writes small dumps whose headers say what a test is about, such as their time."""

import json


def write(path, sizes, **header):
    """Writes a dump of objects of one type, T, that the interpreter holds.

    Args:
        path: Where to.
        sizes: The objects' sizes, in bytes.
        header: Keys of its header, which has no time unless it is among them.

    Returns:
        The path.
    """
    addresses = range(16, 16 * len(sizes) + 16, 16)
    records = [{"heapgrind": 1, "scanner": "0.1.0", "pid": 7, **header},
               {"root": "interpreter", "refs": list(addresses)},
               *({"address": address, "type": "T", "size": size, "refs": []}
                 for address, size in zip(addresses, sizes)),
               {"end": len(sizes), "size": sum(sizes)}]
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    return path
