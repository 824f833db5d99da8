"""A ring of nodes with links to both sides, as in a cache that evicts nothing."""

OWNER, TYPE, EACH = "linked_ring.ring", "Node", 3000


class Node:
    def __init__(self, value):
        self.value = value
        self.previous = self.next = self

    def insert_before(self, other):
        self.previous, self.next = other.previous, other
        other.previous.next = self
        other.previous = self


ring = Node(None)


def run(first):
    for number in range(first, first + EACH):
        Node(f"{number} " * 150).insert_before(ring)


def holder():
    return ring
