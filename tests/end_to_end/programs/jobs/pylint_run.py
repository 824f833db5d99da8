"""Pylint: it has read a package of the standard library, and keeps the trees."""

from astroid import nodes
from pylint import checkers, lint
import planted

LENGTHS = {}


class Words(checkers.BaseChecker):
    """Keeps the functions that it has seen."""

    name = "words"
    msgs = {"W9901": ("a word", "a-word", "Never said: a checker without messages is not run.")}

    def __init__(self, linter):
        super().__init__(linter)
        self.seen = []

    def visit_functiondef(self, node: nodes.FunctionDef):
        self.seen.append(node.name.encode() + bytes(5000))
        LENGTHS[f"{node.name} {node.lineno}"] = bytes(1000)


linter = lint.PyLinter()
linter.load_default_plugins()
words = Words(linter)
linter.register_checker(words)
linter.check(["/usr/lib/python3.11/json", "/usr/lib/python3.11/logging"])
planted.dump({
    "module::__main__ > dict::LENGTHS": planted.size_of(LENGTHS),
    "module::__main__ > Words::words > list::seen": planted.size_of(words.seen)})
