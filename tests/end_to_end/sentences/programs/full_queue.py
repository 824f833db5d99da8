"""A queue whose consumer has died."""

import dataclasses
import queue

OWNER, TYPE, EACH = "full_queue.events", "Event", 2000
events = queue.Queue()


@dataclasses.dataclass
class Event:
    number: int
    name: str
    payload: dict


def run(first):
    for number in range(first, first + EACH):
        payload = {"id": f"{number:032}", "body": "x" * 1000 + str(number)}
        events.put(Event(number + 1000, f"event {number}", payload))


def holder():
    return events
