"""Twelve plugins, modules of their own, each of which keeps its events: nobody has most."""

import sys
import types

OWNER, TYPE, EACH = "12 different owners (*.state.events[*])", "Event", 6000
PLUGINS = 12
_CODE = '''
class State:
    def __init__(self):
        self.events = []
state = State()
'''


class Event:
    def __init__(self, number):
        self.text = f"event {number} " * 20


for _number in range(PLUGINS):
    _module = types.ModuleType(f"plugin_{_number}")
    exec(_CODE, _module.__dict__)  # pylint: disable=exec-used
    sys.modules[_module.__name__] = _module


def run(first):
    for number in range(first, first + EACH):
        sys.modules[f"plugin_{number % PLUGINS}"].state.events.append(Event(number))


def holders():
    return [sys.modules[f"plugin_{number}"].state.events for number in range(PLUGINS)]
