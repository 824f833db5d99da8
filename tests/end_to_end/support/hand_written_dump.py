"""Writes small dumps by hand, for what a live process cannot show to order."""

import json


class HandWrittenDump:
    """A dump that begins with a header and an empty process.

    Modules, objects and roots are added; `write` makes sys.modules of the modules.
    """

    def __init__(self):
        self._lines = []
        self._modules = []
        self._roots = []
        self._address = 0x1000

    def object(self, type_, refs=(), size=100, **facts):
        """Adds an object, and returns its address.

        Args:
            type_: Name of its type.
            refs: (name, address) for each reference; None for a name that is not there.
            size: Bytes.
            facts: Other keys of its record.
        """
        self._address += 0x10
        names = facts.pop("names", [name for name, _ in refs])
        record = {"address": self._address, "type": type_, "size": size, **facts,
                  "refs": [address for _, address in refs]}
        if any(names):
            record["names"] = names
        self._lines.append(record)
        return self._address

    def set_references(self, address, targets):
        """Lets an object refer to others, also to later ones, without names."""
        record, = (line for line in self._lines if line["address"] == address)
        record["refs"] = targets

    def text(self, value):
        return self.object("str", value=value, len=len(value), size=50)

    def dict(self, items, size=200):
        """Adds a dictionary of text keys, and returns its address."""
        refs = []
        for key, value in items.items():
            refs += [(None, self.text(key)), (None, value)]
        return self.object("dict", refs, size, len=len(items), pairs=len(items))

    def module(self, name, variables, file=None):
        """Adds a module, and returns its address."""
        facts = {"file": file} if file else {}
        module = self.object("module", [("__dict__", self.dict(variables))], 80,
                             kind="module", name=name, **facts)
        self.known_module(name, module)
        return module

    def known_module(self, name, module=None):
        """Lists a module, or the last object, in sys.modules."""
        self._modules.append((name, module or self._address))

    def function(self, name, globals_, refs=(), **facts):
        """Adds a function, and returns its address."""
        return self.object("function", [("__globals__", globals_), *refs], 150,
                           kind="function", name=name, **facts)

    def root(self, kind, name, refs):
        """Adds a root beside that of sys.modules."""
        self._roots.append({"root": kind, "name": name, "refs": [a for _, a in refs],
                            "names": [n for n, _ in refs]})

    def write(self, path):
        """Writes it; again as it is then.

        Returns:
            The sum of all sizes.
        """
        modules = self.dict(dict(self._modules))
        roots = [{"root": "modules", "name": "sys.modules", "refs": [modules]}, *self._roots]
        size = sum(record["size"] for record in self._lines)
        with open(path, "w", encoding="utf-8") as file:
            for record in [{"heapgrind": 1, "scanner": "0.1.0"}, *roots, *self._lines,
                           {"end": len(self._lines), "size": size}]:
                file.write(json.dumps(record) + "\n")
        return size
