"""Objects with references of every kind, for tests."""

import collections
import functools
import io
import weakref


class Node(object):
    """A class whose instances have attributes."""

    def method(self):
        """A method."""


class Slotted(object):
    """A class whose instances have slots."""

    __slots__ = ("first", "second", "unset")


class SlottedChild(Slotted):
    """Slots, and a dictionary beside them."""


class Table(dict):
    """A dictionary with a class of its own."""


class Everything(object):
    """One object for each special case."""

    def __init__(self):
        self.node = Node()
        self.node.left = [u"left"]
        self.node.right = [u"right"]
        self.with_dict = Node()
        self.with_dict.__dict__["inside"] = [u"inside"]
        self.slotted = Slotted()
        self.slotted.first = [u"first"]
        self.slotted.second = [u"second"]
        self.child = SlottedChild()
        self.child.first = [u"slot of a base"]
        self.child.extra = [u"extra"]
        self.by_text = {u"key " + u"one": [1]}
        self.by_tuple = {(1, 2): [1]}
        self.table = Table(key=[u"value"])
        self.table.attribute = [u"attribute"]
        self.default = collections.defaultdict(list, key=[u"value"])
        self.ordered = collections.OrderedDict([(u"key", [u"value"])])
        self.untracked = {u"a": 1.25}
        self.partial = functools.partial(len, [u"argument"])
        self.bound = self.node.method
        self.buffer = io.BytesIO(b"x" * 1000)
        self.weak = weakref.ref(self.node)
        self.property = property(lambda self: 1)
