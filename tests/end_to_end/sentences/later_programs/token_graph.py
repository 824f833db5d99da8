"""A graph whose nodes refer to each other at random; one dictionary has all of them."""

import random

OWNER, TYPE, EACH = "token_graph.graph.nodes", "Token", 2000
_RANDOM = random.Random(7)


class Graph:
    def __init__(self):
        self.nodes = {}


class Token:
    __slots__ = ("text", "neighbours")

    def __init__(self, text):
        self.text = text
        self.neighbours = []


graph = Graph()


def run(first):
    for number in range(first, first + EACH):
        token = Token(f"token {number} " * 20)
        graph.nodes[number + 1000] = token
        for _ in range(4):
            token.neighbours.append(graph.nodes[1000 + _RANDOM.randrange(number + 1)])


def holder():
    return graph.nodes
