"""What a dump says, read again in Python: slow, simple, and not by our reader.

The tests of the commands compare their answers with these.
"""

import collections
import fnmatch
import gzip
import json


class DumpOracle:
    """The objects and roots of a dump.

    objects: Address to record, in the order of the dump; the first record counts.
    roots: The root records.
    """

    def __init__(self, path):
        self.objects = {}
        self.roots = []
        opened = gzip.open if path.endswith(".gz") else open
        with opened(path, "rt", encoding="utf-8", errors="surrogatepass") as file:
            for line in file:
                record = json.loads(line)
                if "address" in record:
                    self.objects.setdefault(record["address"], record)
                elif "root" in record:
                    self.roots.append(record)

    def starts(self):
        """Returns the addresses that roots refer to; without roots, modules, frames and what
        nothing refers to."""
        if self.roots:
            return [address for root in self.roots for address in root["refs"]
                    if address in self.objects]
        targets = {target for record in self.objects.values() for target in record["refs"]}
        return [address for address, record in self.objects.items()
                if record["type"] in ("module", "frame") or address not in targets]

    def distances(self):
        """Returns address to number of references from the nearest start, breadth first."""
        distance = {}
        queue = collections.deque()
        for address in self.starts():
            if address not in distance:
                distance[address] = 0
                queue.append(address)
        while queue:
            address = queue.popleft()
            for target in self.objects[address]["refs"]:
                if target in self.objects and target not in distance:
                    distance[target] = distance[address] + 1
                    queue.append(target)
        return distance

    def referrers(self):
        """Returns address to the set of addresses that refer to it."""
        result = collections.defaultdict(set)
        for address, record in self.objects.items():
            for target in record["refs"]:
                result[target].add(address)
        return result

    def select(self, pattern="*", value="", larger_than=-1):
        """Returns the records whose type fits a pattern, whose value contains a text and whose
        size is larger."""
        return [record for record in self.objects.values()
                if fnmatch.fnmatchcase(record["type"], pattern)
                and value in str(record.get("value", "" if not value else "\0"))
                and record["size"] > larger_than]
