"""What a block of code leaves behind in the heap."""

import re

from heapgrind._growth import _dumps, _figures, _rows


class Watch(object):
    """Compares the heap before a `with` block with the heap behind it.

    Dumps the heap before the block and behind it, each less than a second for each
    million objects, and the garbage collector runs.  `growth` and `survivors` can be
    asked for behind the block.

    Attributes:
        has_holders: False if heapgrind's native program is not installed: then
            only types are known.
    """

    def __init__(self):
        self.has_holders = _dumps.has_program()
        self._dumps = _dumps.Dumps()
        self._before = None
        self._growth = None  # {"path": [...], "type": [...]}
        self._survivors = None

    def __enter__(self):
        _figures.warm_up()
        if self.has_holders:
            self._dumps.__enter__()
            _figures.collect()
            self._dumps.take()
        else:
            self._before = _figures.read()
        return self

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                self._compare()
        finally:
            if self.has_holders:
                self._dumps.__exit__(kind, error, trace)

    def growth(self, by="path"):
        """Returns what there is more of behind the block than before it.

        Args:
            by: "path", or "type".

        Returns:
            Growths, the one with most bytes first.

        Raises:
            ValueError: `by` is something else, or the block has not ended.
        """
        if by not in ("path", "type"):
            raise ValueError("expected by to be 'path' or 'type', got {!r}".format(by))
        return list(self._known(self._growth)[by if self.has_holders else "type"])

    def survivors(self):
        """Returns what was made in the block and is still there, by who holds it,
        also where it replaces something.

        Returns:
            Growths, the one with most bytes first.

        Raises:
            ValueError: The block has not ended.
        """
        return list(self._known(self._survivors))

    def _known(self, answer):
        if answer is None:
            raise ValueError("expected the end of the block with heapgrind.watch()")
        return answer

    def _compare(self):
        if self.has_holders:
            _figures.collect()
            self._dumps.take()
            self._read(self._dumps.difference()["owners"], self._dumps.rows())
        else:
            self._survivors = _grown_types(self._before, _figures.read())
            self._growth = {"path": [], "type": self._survivors}

    def _read(self, difference, rows):
        shares = {x["owner"]: _share_of_instances(x) for x in rows}
        # What has only moved is no growth.
        net = [(x["owner"],) + _net(x, shares) for x in difference]
        new = [(x["owner"],) + _new(x, shares) for x in difference]
        self._growth = {"path": _rows.fold(_growths(net)), "type": _by_type(net)}
        self._survivors = _rows.fold(_growths(new))


def _grown_types(before, after):
    """Returns the Growths of types of which the figures say that they grew."""
    growth = _figures.growth(before, after)
    names = _figures.types_of(_figures.grown(before, after))
    return [_rows.Growth(name, None, growth[name]) for name in names]


def _share_of_instances(row):
    """Returns how many of a row's objects are not parts of others."""
    return float(max(row["instances"])) / max(max(row["objects"]), 1)


def _net(row, shares):
    """Returns how many instances and bytes more there are in a row."""
    new, gone, grown, shrunk = [row[x] for x in ("new", "gone", "grown", "shrunk")]
    size = new["bytes"] - gone["bytes"] + grown["bytes"] - shrunk["bytes"]
    return _instances(row, new["objects"] - gone["objects"], shares), size


def _new(row, shares):
    """Returns how many instances and bytes of a row are new.  What only C code holds
    is, but for what is more, a call that runs."""
    if _HELD_BY_C in row["owner"]:
        return _net(row, shares)
    return _instances(row, row["new"]["objects"], shares), row["new"]["bytes"]


def _instances(row, objects, shares):
    return int(objects * shares.get(row["owner"], 1))


def _growths(rows):
    """Returns Growths of (name, objects, bytes) where either is above 0, but for
    what is ours."""
    found = []
    for name, count, num_bytes in rows:
        type_name, path = _rows.split(name)
        if path is None or count <= 0 and (num_bytes <= 0 or path.startswith(_HELD_BY_C)):
            continue
        if not _rows.is_of_the_interpreter(name) and not _OUR_FRAME.search(path):
            found.append(_rows.Growth(type_name, path, max(count, 0), max(num_bytes, 0)))
    return found


def _by_type(rows):
    """Returns the sums of such Growths by type, the one with most bytes first."""
    sums = {}
    for one in _growths(rows):
        total = sums.setdefault(one.type, _rows.Growth(one.type, None, 0, 0))
        total.count += one.count
        total.bytes += one.bytes
    return sorted(sums.values(), key=lambda one: (-one.bytes, one.type))


_HELD_BY_C = "held by C code"

# It runs while the dump is made, and so do what it calls and what these refer to.
_OUR_FRAME = re.compile(": (__exit__|_compare|take|dump|_dump_to_path|_dump)\\b")
