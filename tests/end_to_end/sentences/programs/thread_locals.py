"""A thread that remembers each message that it has seen, in a variable."""

import queue
import threading

OWNER, TYPE, EACH = "Thread-1 (poll): poll.seen", "bytes", 2000
_INBOX = queue.Queue()
_ADDRESSES = []


def poll():
    seen = {}
    _ADDRESSES.append(id(seen))
    while True:
        number = _INBOX.get()
        seen[f"message {number}"] = bytes(2000 + number % 3)
        del number
        _INBOX.task_done()


threading.Thread(target=poll, daemon=True).start()


def run(first):
    for number in range(first, first + EACH):
        _INBOX.put(number)
    _INBOX.join()


def holder():
    return _ADDRESSES[0]  # A variable of this module would be a second owner.
