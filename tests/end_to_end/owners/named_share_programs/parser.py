"""A parser that holds a tree of nodes.

    parser.py DUMP [NODES]
"""

import sys

import heapgrind


class Node:
    def __init__(self, kind, text, parent):
        self.kind, self.text, self.parent = kind, text, parent
        self.children = []


def parse(num_nodes):
    """Returns the root of a tree in which each node has up to three children."""
    root = Node("module", "module 0", None)
    open_nodes = [root]
    for number in range(1, num_nodes):
        parent = open_nodes[-1]
        node = Node("call" if number % 2 else "name", f"node {number}", parent)
        parent.children.append(node)
        if len(parent.children) == 3:
            open_nodes.pop()
        open_nodes.append(node)
        if len(open_nodes) > 30:
            del open_nodes[1:]
    return root


tree = parse(int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
heapgrind.dump(sys.argv[1])
