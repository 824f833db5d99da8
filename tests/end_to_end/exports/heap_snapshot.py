"""Reads heap snapshots of V8 by their own `meta`, and computes what their nodes retain."""

import json
from typing import NamedTuple


class Node(NamedTuple):
    type: str
    name: str
    id: int
    size: int  # Bytes.


class Edge(NamedTuple):
    type: str
    name: object  # A text, or the index of an element.
    target: int   # Place of a node.


class HeapSnapshot:
    """A snapshot: `nodes`, and for each node `edges` from it, in the order of the file."""

    def __init__(self, text):
        """Reads JSON; ValueError if counts or places are wrong."""
        data = json.loads(text)
        meta = data["snapshot"]["meta"]
        strings = data["strings"]
        nodes = _rows(data["nodes"], meta["node_fields"])
        edges = _rows(data["edges"], meta["edge_fields"])
        counts = (data["snapshot"]["node_count"], data["snapshot"]["edge_count"])
        if counts != (len(nodes), len(edges)):
            raise ValueError(f"{counts} nodes and edges, got {len(nodes)} and {len(edges)}")
        self.nodes = [Node(meta["node_types"][0][node["type"]], strings[node["name"]],
                           node["id"], node["self_size"]) for node in nodes]
        self.edges = []
        place = 0
        for node in nodes:
            own = edges[place:place + node["edge_count"]]
            place += node["edge_count"]
            self.edges.append([_edge(edge, meta, strings) for edge in own])
        if place != len(edges):
            raise ValueError(f"{len(edges)} edges, of which nodes have {place}")

    def retained(self):
        """By node: bytes of what every strong path from node 0 to it goes through it.

        Immediate dominators by iteration: Cooper, Harvey and Kennedy, "A simple, fast
        dominance algorithm", 2001.
        """
        order = self._postorder()
        number = {node: place for place, node in enumerate(order)}
        referrers = {node: [] for node in order}
        for node in order:
            for edge in self.edges[node]:
                if edge.type != "weak":
                    referrers[edge.target].append(node)
        idom = _immediate_dominators(order, number, referrers)
        retained = [node.size for node in self.nodes]
        for node in order[:-1]:  # Owned before owners.
            retained[idom[node]] += retained[node]
        return retained

    def _postorder(self):
        """What node 0 reaches over strong edges, itself last."""
        seen, order, path = {0}, [], [(0, iter(self.edges[0]))]
        while path:
            node, edges = path[-1]
            for edge in edges:
                if edge.type != "weak" and edge.target not in seen:
                    seen.add(edge.target)
                    path.append((edge.target, iter(self.edges[edge.target])))
                    break
            else:
                order.append(node)
                path.pop()
        return order


def _immediate_dominators(order, number, referrers):
    idom = {order[-1]: order[-1]}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            new = None
            for other in referrers[node]:
                if other in idom:
                    new = other if new is None else _intersect(idom, number, new, other)
            if idom.get(node) != new:
                idom[node] = new
                changed = True
    return idom


def _intersect(idom, number, a, b):
    while a != b:
        while number[a] < number[b]:
            a = idom[a]
        while number[b] < number[a]:
            b = idom[b]
    return a


def _rows(numbers, fields):
    if len(numbers) % len(fields):
        raise ValueError(f"{len(numbers)} numbers in rows of {len(fields)}")
    columns = [numbers[i::len(fields)] for i in range(len(fields))]
    return [dict(zip(fields, row)) for row in zip(*columns)]


def _edge(edge, meta, strings):
    type_ = meta["edge_types"][0][edge["type"]]
    name = edge["name_or_index"]
    if type_ not in ("element", "hidden"):
        name = strings[name]
    target, remainder = divmod(edge["to_node"], len(meta["node_fields"]))
    if remainder:
        raise ValueError(f"no node begins at {edge['to_node']}")
    return Edge(type_, name, target)
