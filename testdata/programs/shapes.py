"""Shapes of heaps: a long chain, a tree, a ring, a shared part, slots, a thread.

    shapes.py DUMP      makes them, and dumps its heap to DUMP

The names in it are as hard as names can be: quotes, backslashes, control
characters, a lone surrogate, text in three scripts.
"""

import collections
import sys
import threading

import heapgrind


class Link:
    def __init__(self, next_link):
        self.next = next_link
        self.load = [len(str(next_link is None))]


class Branch:
    __slots__ = ("left", "right", "label")

    def __init__(self, depth, label):
        self.label = label
        self.left = Branch(depth - 1, label + "l") if depth else None
        self.right = Branch(depth - 1, label + "r") if depth else None


def chain(length):
    link = None
    for _ in range(length):
        link = Link(link)
    return link


def ring(length):
    links = [Link(None) for _ in range(length)]
    for link, following in zip(links, links[1:] + links[:1]):
        link.next = following
    return links[0]


def count():
    total = bytearray(10_000)
    while True:
        yield total


CHAIN = chain(3000)
TREE = Branch(6, "root-")
RING = ring(100)
SHARED = [b"shared" * 1000]
LEFT_HAND, RIGHT_HAND = [SHARED], [SHARED]
GENERATOR = count()
next(GENERATOR)
Point = collections.namedtuple("Point", "x y")
POINTS = [Point(float(x), float(-x)) for x in range(300)]
HARD_NAMES = {
    'a "quote"': ["q" * 500],
    "a \\ backslash": ["b" * 500],
    "a \0 and a \n": ["c" * 500],
    "lone \ud800 surrogate": ["s" * 500],
    "Καλημέρα 世界 👋": ["g" * 500],
    " blanks ": ["o" * 500],
    "": ["e" * 500],
    "(brackets) :: and colons": ["p" * 500],
}


def work(is_ready, may_end):
    payload = [bytearray(50_000)]
    is_ready.set()
    may_end.wait()
    del payload


READY, END = threading.Event(), threading.Event()
WORKER = threading.Thread(target=work, args=(READY, END), name="worker")
WORKER.start()
READY.wait()
heapgrind.dump(sys.argv[1])
END.set()
WORKER.join()
