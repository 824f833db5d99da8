"""Reads what a dump says of native memory, as plain JSON, independently of the converter."""

import json
import os

NATIVE = "(native)"


class NativeDump:
    """A dump.

    Attributes:
        header, end: The first and the last record.
        objects: The records of objects, frames and blocks by address.
        static: References of programs' variables, by name.
    """

    def __init__(self, path):
        self.objects, self.static = {}, {}
        with open(path, encoding="utf-8", errors="surrogatepass") as file:
            self.header = json.loads(next(file))
            for line in file:
                record = json.loads(line)
                if "address" in record:
                    self.objects.setdefault(record["address"], record)
                elif record.get("root") == "static":
                    self.static[record["name"]] = record["refs"]
                else:
                    self.end = record

    def explained(self):
        """Returns which part of what malloc has handed out is in records, in percent."""
        used = self.header["malloc_used"] + self.header["malloc_mapped"]
        return 100 * self.end["malloc_explained"] / used

    def is_block(self, address):
        """Returns whether a native block is recorded at an address."""
        return self.objects.get(address, {}).get("type") == NATIVE

    def blocks_of(self, address, with_inside=False):
        """Returns the blocks that an object, or a block, points at; or also those it points into."""
        record = self.objects[address]
        references = record.get("refs", [])
        num_inside = 0 if with_inside else record.get("inside", 0)
        return [block for block in references[:len(references) - num_inside]
                if self.is_block(block)]

    def reached(self, blocks, with_inside=True):
        """Returns the blocks that words of blocks lead to, with those."""
        waiting = list(blocks)
        found = set(waiting)
        while waiting:
            for block in self.blocks_of(waiting.pop(), with_inside):
                if block not in found:
                    found.add(block)
                    waiting.append(block)
        return found

    def size(self, addresses):
        """Returns the bytes of records, without malloc's headers."""
        return sum(self.objects[address]["size"] for address in addresses)

    def bytes_of_type(self, name, with_inside=True):
        """Returns the bytes of malloc's blocks that the objects of a type lead to.

        A word that was there before, and leads into a block, makes them more by chance; those to
        the beginnings of blocks hardly ever do.
        """
        first = [block for address, record in self.objects.items() if record["type"] == name
                 for block in self.blocks_of(address, with_inside)]
        return self.size(block for block in self.reached(first, with_inside)
                         if self.objects[block].get("slack"))


def read(path):
    """Returns the dump at a path, and removes that."""
    dump = NativeDump(path)
    os.remove(path)
    return dump
