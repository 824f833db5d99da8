"""Rows of a heap, as the native program names them: `TYPE::LEAF (PATH)`.

Rows of different dumps are compared by what stays of their names when keys,
indices and numbers are taken out: `CACHE['k7']` and `CACHE[8]` are `CACHE[*]`,
and `Thread-3 (run)` is `Thread-* (run)`.
"""

import re

# A key in brackets: texts in quotes may hold brackets; others may be nested once.
_TEXT = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_KEY = re.compile(r"\[(?:{0}|\[(?:{0}|[^\[\]'\"])*\]|[^\[\]'\"])*\]".format(_TEXT))
_ADDRESS = re.compile("0x[0-9a-f]+$")
_NUMBER = re.compile(r"\d+")
_CHAIN = re.compile(r"((?:\.[^.\[\] ]+|\[\*\])+?)(?:\1)+(?=[.\[*]|$)")
_FRAMES = re.compile(r"(?P<thread>.*?)\.frame(?:\.called\*?)*(?P<variable>\..*)")
_STARS = re.compile(r"(?<!\[)\*+(?!\])")


class Growth(object):
    """What became more in the heap, at one place.

    Attributes:
        type: What it is: the name of a type, or "def", "class", "frame" and the
            like as in the call graph.
        path: Who holds it, such as "shop.sessions.CACHE[*]"; None if that is not
            known.
        count: How many more of them there are; 0 if what was there became larger.
        items: How many items more it holds; 0 if that is not known.
        bytes: How many bytes that is, with what they own; None if that is not
            known.
    """

    __slots__ = ("type", "path", "count", "items", "bytes")

    def __init__(self, type_name, path, count=0, num_bytes=None, items=0):
        self.type = type_name
        self.path = path
        self.count = count
        self.items = items
        self.bytes = num_bytes

    def text(self, when=""):
        """Returns a line: `12 Session (5.8 kB) more`, `when`, and who holds it."""
        size = "" if not self.bytes else " ({})".format(bytes_text(self.bytes))
        if self.items:
            word = "item" if self.items == 1 else "items"
            what = "{} {} of {}{}".format(self.items, word, self.type, size)
        elif self.count:
            what = "{} {}{}".format(self.count, self.type, size)
        else:
            what = "{} of {}".format(bytes_text(self.bytes), self.type)
        holder = "" if self.path is None else ", {}".format(_held(self.path))
        return "{} more{}{}".format(what, when, holder)

    def __str__(self):
        return self.text()

    def __repr__(self):
        names = ", ".join("{}={!r}".format(x, getattr(self, x)) for x in self.__slots__)
        return "Growth({})".format(names)


def _held(path):
    return path if path.startswith("held by ") else "held by " + path


def bytes_text(number):
    """Returns a number of bytes to read: "480 bytes", "5.8 kB", "1.2 MB"."""
    if number < 1000:
        return "{} bytes".format(number)
    for unit in ("kB", "MB", "GB"):
        number /= 1000.0
        if number < 999.95:
            break
    return "{:.1f} {}".format(number, unit)


def split(name):
    """Returns (type, path) of a row's name; the path is None if it has none."""
    type_name, _, rest = name.partition("::")
    start = rest.find(" (")
    while start >= 0:
        leaf, path = rest[:start], rest[start + 2 :]
        path = path[: path.rfind(")")]
        if path.endswith(leaf) or " (" not in path:
            return type_name, path
        start = rest.find(" (", start + 1)
    return type_name, None if not rest else rest


def kind_of(path):
    """Returns what a path has in common with those of its kind."""
    path = _KEY.sub("[*]", path)
    path = _NUMBER.sub("*", path).replace("<*>", ".*")
    if path.count(".") > 2:
        path = _CHAIN.sub(r"\1*", path)
    return _STARS.sub("*", path)


def kind_of_object(type_name, name):
    """Returns the kind of an object of this type that `heapgrind walk` calls `name`;
    its address, if only C code refers to it."""
    if _ADDRESS.match(name):
        return "held by C code alone: " + type_name
    kind = kind_of(name)
    return kind[: -len(".__dict__")] if kind.endswith(".__dict__") else kind


def is_below(path, owner):
    """True if what is at `path` is owned by what is at `owner`, or came with it: the
    key of an item, the frames of a thread."""
    if path.startswith(owner):
        return path[len(owner) : len(owner) + 1] in (".", "[", "*", ":")
    container, has_keys, _ = path.partition(".keys()")
    if has_keys:
        return is_below(owner, container)
    return owner.endswith(".thread") and path.startswith(owner[:-7] + ": ")


def is_held(path, name):
    """True if a row at `path` is below what `heapgrind walk` calls `name`.

    Rows name a frame by its function, `MainThread: serve.users[*]`, and walk by its
    place, `MainThread.frame.called.users`: the thread and the variable must agree.
    Elements of a set are `users[*]` there, and `users<3>` here.
    """
    path, name = path.replace("[*]", ".*"), name.replace("[*]", ".*")
    frames = _FRAMES.match(name)
    if frames is None:
        return is_below(path, name)
    thread, _, rest = path.partition(": ")
    start = rest.find(frames.group("variable"))
    return thread == frames.group("thread") and start > 0 and is_below(
        rest[start:], frames.group("variable")
    )


def fold(growths):
    """Adds the bytes of what is owned to those of its owner, and leaves out what
    grows because what it holds does.  Returns those that are left, the one with
    most bytes first."""
    owners = []
    for one in sorted(growths, key=_rank):
        owner = next((x for x in owners if x.count and is_below(one.path, x.path)), None)
        if owner is None:
            owners.append(one)
        else:
            owner.bytes += one.bytes
    counted = [one for one in owners if one.count]
    larger = [
        one
        for one in owners
        if not one.count and not any(is_below(x.path, one.path) for x in counted)
    ]
    return sorted(counted + larger, key=lambda one: (-one.bytes, one.path, one.type))


def _rank(one):
    """Owners come before what they own, and keys after the values."""
    return ".keys()" in one.path, len(one.path), one.type


def is_of_the_interpreter(name):
    """True for rows of what no program holds; from Python 3.12 on interned strings
    have one of their own.  `heapgrind walk` has another name for their dictionary."""
    is_interned = " (state.interned" in name or name.startswith("shared::interned strings")
    return is_interned or name == "interpreter.interned" or name.startswith("process::")
