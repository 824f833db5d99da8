"""Classes of every make, each with something of its own."""

import abc
import collections
import dataclasses
import enum
import typing

_Item = typing.TypeVar("_Item")


@dataclasses.dataclass(slots=True)
class Slotted:
    """A dataclass with slots is made twice: this is the second class."""

    left: bytearray
    right: bytearray


class Color(enum.Enum):
    RED = bytearray(1000)
    GREEN = bytearray(2000)


Point = collections.namedtuple("Point", "x y")


class Typed(typing.NamedTuple):
    first: bytearray
    second: tuple = ()


class Shape(abc.ABC):
    registered_names = ["rectangle", "circle"]

    @abc.abstractmethod
    def area(self):
        """Says nothing."""


class Square(Shape):
    sides = bytearray(1000)

    class Corner:
        angles = bytearray(1000)

    def area(self):
        return 1


@Shape.register
class Strange:
    facts = bytearray(1000)


class Box(typing.Generic[_Item]):
    contents = bytearray(1000)


class FullBox(Box[int]):
    more = bytearray(1000)


class WithDict:
    def __init__(self):
        self.held = bytearray(1000)
        vars(self)["odd name"] = bytearray(1000)


class WithInlineValues:
    def __init__(self):
        self.inline = bytearray(1000)


class WithSlots:
    __slots__ = ("slot", "unset")

    def __init__(self):
        self.slot = bytearray(1000)


class Tree:
    def __init__(self, depth):
        self.load = bytearray(100)
        self.children = [Tree(depth - 1) for _ in range(3)] if depth else []


class Link:
    def __init__(self, next_link):
        self.next = next_link


def chain(length):
    link = None
    for _ in range(length):
        link = Link(link)
    return link


class Registry:
    """A plug-in registry: it lists classes that stand elsewhere."""

    plugins = {}

    def __init_subclass__(cls):
        Registry.plugins[cls.__name__] = cls


class Plugin(Registry):
    rules = bytearray(1000)


def make_class():
    class Local:
        attribute = bytearray(1000)
    return Local


slotted = Slotted(bytearray(1000), bytearray(1000))
point = Point(bytearray(1000), [bytearray(1000)])
typed = Typed(bytearray(1000))
with_dict = WithDict()
vars(with_dict)
with_inline_values = WithInlineValues()
with_slots = WithSlots()
tree = Tree(5)
links = chain(5000)
LOCAL = make_class()
LOCAL_INSTANCE = LOCAL()
