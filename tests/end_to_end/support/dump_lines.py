"""Reads the lines of a dump as plain JSON, independently of the converter."""

import gzip
import json


class DumpLines:
    """A dump.

    Attributes:
        header: The header's record, or {} for a Meliae dump.
        objects: The object records by address; of several, the first.
    """

    def __init__(self, path):
        self.header, self.objects = {}, {}
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8", errors="surrogatepass") as file:
            for line in file:
                record = json.loads(line)
                if "heapgrind" in record:
                    self.header = record
                elif "address" in record:
                    self.objects.setdefault(record["address"], record)
