"""Reads callgrind files as memdump2callgrind writes them, and nothing looser.

The format leaves much freedom (relative numbers, name compression by choice, ...),
and its readers differ in what they make of it.  What all of them read the same
way is what this accepts; all else is a problem, reported with its line.
"""

import re
from typing import Dict, List, NamedTuple, Optional, Tuple

FIRST_LINE = "# callgrind format"
# Keys of the header that must be there, in this order; part, desc and event may
# stand between them.
REQUIRED_HEADER = ("version", "creator", "pid", "cmd", "positions", "events", "summary")
_OPTIONAL_HEADER = ("part", "desc", "event")
# The table that defines the names of each kind of line.
_TABLE_OF_KEY = {"ob": "ob", "cob": "ob", "fl": "fl", "fi": "fl", "fe": "fl", "cfi": "fl", "fn": "fn", "cfn": "fn"}
_COST_LIMIT = 1 << 53  # Readers written in JavaScript count in doubles.

_HEADER_LINE = re.compile(r"([a-z]+): (.*)", re.DOTALL)
_NAME_LINE = re.compile(r"(c?ob|f[lie]|cfi|c?fn)=\((\d+)\)(?: (.*))?", re.DOTALL)
_CALLS_LINE = re.compile(r"calls=(\d+) (\d+)")
_COST_LINE = re.compile(r"\d+( .*)?")


class Call(NamedTuple):
    line: int  # Line of the file.
    count: int
    cost: Tuple[int, ...]  # Inclusive, for each event.


class Function:
    """One fn block.

    Attributes:
        line: Line of the file where it begins.
        name, file, object: Its names.
        self_cost: A number for each event.
        calls: (id of the callee, Call) in the order of the file.
    """

    def __init__(self, line, name, file, object_):
        self.line, self.name, self.file, self.object = line, name, file, object_
        self.self_cost: Tuple[int, ...] = ()
        self.calls: List[Tuple[int, Call]] = []


class Profile:
    """A callgrind file.

    Attributes:
        problems: (line, text) for each violation found while reading.
        header: Value by key, without `event`.
        header_keys: The keys in the order of the file.
        descriptions: The values of the `event` lines.
        events: The short names of the events.
        names: Name by id, in each of the tables ob, fl, fn.
        functions: Function by id.
        totals: The numbers of the last line, or None.
    """

    def __init__(self):
        self.problems: List[Tuple[int, str]] = []
        self.header: Dict[str, str] = {}
        self.header_keys: List[str] = []
        self.descriptions: List[str] = []
        self.events: List[str] = []
        self.names: Dict[str, Dict[int, str]] = {"ob": {}, "fl": {}, "fn": {}}
        self.functions: Dict[int, Function] = {}
        self.totals: Optional[Tuple[int, ...]] = None


class _Reader:
    """Takes the lines one by one; each method but `take` handles one kind."""

    def __init__(self):
        self.profile = Profile()
        self._line = 0
        self._function: Optional[Function] = None
        # Name lines since the last function or call: key to id, in their order.
        self._given: Dict[str, int] = {}
        # The file that costs are of: id, and that of the function.
        self._file = self._own_file = 0
        self._pending: Optional[Tuple[int, int]] = None  # Callee and count of a calls= line.

    def take(self, text):
        self._line += 1
        if self._line == 1:
            if text != FIRST_LINE:
                self._problem(f"expected '{FIRST_LINE}', got {text[:40]!r}")
            return
        if re.search(r"[\x00-\x1f\x7f]", text):
            self._problem("a control character")
        if self.profile.totals is not None:
            self._problem("a line after totals:")
        if self._pending:
            self._take_call_cost(text)
        elif not text or text.startswith("#"):
            pass
        elif _HEADER_LINE.fullmatch(text):
            self._take_header(*_HEADER_LINE.fullmatch(text).groups())
        elif _NAME_LINE.fullmatch(text):
            self._take_name(*_NAME_LINE.fullmatch(text).groups())
        elif text.startswith("calls="):
            self._take_calls(text)
        elif _COST_LINE.fullmatch(text):
            self._take_self_cost(text)
        else:
            self._problem(f"expected a line of the format, got {text[:40]!r}")

    def end(self):
        if self._pending:
            self._problem("the file ends after calls=")
        if self.profile.totals is None:
            self._problem("the file ends without totals:")

    def _problem(self, text):
        self.profile.problems.append((self._line, text))

    def _numbers(self, text, count):
        """Returns `count` numbers, whatever the text holds."""
        words = text.split(" ")
        if len(words) != count:
            self._problem(f"expected {count} numbers, got {len(words)}")
        numbers = []
        for word in words:
            if not re.fullmatch(r"0|[1-9][0-9]*", word):
                self._problem(f"expected a plain decimal number, got {word[:20]!r}")
            elif int(word) >= _COST_LIMIT:
                self._problem(f"expected a number below 2^53, got {word}")
            numbers.append(int(word) if re.fullmatch("[0-9]+", word) else 0)
        return tuple((numbers + [0] * count)[:count])

    def _take_header(self, key, value):
        profile = self.profile
        if key == "totals":
            profile.totals = self._numbers(value, len(profile.events))
            return
        if profile.functions:
            self._problem(f"{key}: after the first function")
        if key not in REQUIRED_HEADER + _OPTIONAL_HEADER:
            self._problem(f"unknown header {key}:")
        if key == "event":
            if profile.events:
                self._problem("event: after events:")
            profile.descriptions.append(value)
            return
        if key == "desc" and key in profile.header:
            return  # Valgrind writes several (callgrind/dump.c, 3.19); the first is the trigger.
        if key in profile.header:
            self._problem(f"a second {key}:")
        if key == "events":
            profile.events = value.split(" ")
        if key == "summary" and not profile.events:
            self._problem("summary: before events:")
        profile.header[key] = value
        profile.header_keys.append(key)

    def _take_name(self, key, number, name):
        number, names = int(number), self.profile.names[_TABLE_OF_KEY[key]]
        if name is None:
            if number not in names:
                self._problem(f"{key}=({number}) before its definition")
        elif number in names:
            self._problem(f"{key}=({number}) is defined twice")
        elif number != len(names) + 1:
            self._problem(f"expected the next id, ({len(names) + 1}), got ({number})")
        if name is not None:
            names.setdefault(number, name)
        if key in ("fi", "fe"):
            self._change_file(key, number)
            return
        self._given[key] = number
        if key == "fn":
            self._begin_function(number)

    def _change_file(self, key, number):
        """fi= goes to another file, fe= back to the function's, before its calls."""
        is_back = key == "fe"
        if self._function is None or is_back != (number == self._own_file) or number == self._file:
            self._problem(f"expected fi= of another file or fe= of the own, got {key}=({number})")
        self._file = number

    def _begin_function(self, number):
        if list(self._given) != ["ob", "fl", "fn"]:
            self._problem(f"expected ob=, fl=, fn=, got {self._given_keys()}")
        names, given = self.profile.names, self._given
        self._function = Function(
            self._line, names["fn"].get(number, ""), names["fl"].get(given.get("fl"), ""),
            names["ob"].get(given.get("ob"), ""))
        if self._file != self._own_file:
            self._problem("a function ends in another file, without fe=")
        self._file = self._own_file = given.get("fl", 0)
        if number in self.profile.functions:
            self._problem(f"a second block of fn=({number})")
        self.profile.functions[number] = self._function
        self._given = {}

    def _take_calls(self, text):
        if list(self._given) != ["cob", "cfi", "cfn"]:
            self._problem(f"expected cob=, cfi=, cfn= before calls=, got {self._given_keys()}")
        if self._file != self._own_file:
            self._problem("calls= in another file than the function's")
        match = _CALLS_LINE.fullmatch(text)
        if not match or int(match.group(1)) == 0:
            self._problem(f"expected calls= with a count and a line, got {text[:40]!r}")
        self._pending = (self._given.get("cfn", 0), int(match.group(1)) if match else 1)
        self._given = {}

    def _given_keys(self):
        return ", ".join(key + "=" for key in self._given) or "none"

    def _take_call_cost(self, text):
        callee, count = self._pending
        self._pending = None
        cost = self._numbers(text, 1 + len(self.profile.events))[1:]
        if self._function is None:
            self._problem("a call before the first function")
        else:
            self._function.calls.append((callee, Call(self._line, count, cost)))

    def _take_self_cost(self, text):
        cost = self._numbers(text, 1 + len(self.profile.events))[1:]
        if self._function is None:
            self._problem("a cost before the first function")
        else:
            before = self._function.self_cost or (0,) * len(cost)
            self._function.self_cost = tuple(map(sum, zip(before, cost)))


def read(path) -> Profile:
    """Reads a file; what is wrong with it is in the result's `problems`.

    Raises:
        OSError: It cannot be read.
    """
    reader = _Reader()
    with open(path, "rb") as file:
        for raw in file:
            text = raw.decode("utf-8", "backslashreplace")
            if not text.endswith("\n"):
                reader.profile.problems.append((reader._line + 1, "no newline at the end"))
            if text.encode("utf-8") != raw:
                reader.profile.problems.append((reader._line + 1, "a byte that is not UTF-8"))
            reader.take(text[:-1] if text.endswith("\n") else text)
    reader.end()
    return reader.profile
