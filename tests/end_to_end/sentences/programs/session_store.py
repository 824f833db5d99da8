"""A store of sessions that forgets to expire them."""

OWNER, TYPE, EACH = "session_store.store._sessions", "dict", 3000


class SessionStore:
    def __init__(self):
        self._sessions = {}

    def open(self, key):
        return self._sessions.setdefault(key, {"cart": [], "seen": {}})

    def close(self, key):
        self._sessions.pop(key)


store = SessionStore()


def run(first):
    for number in range(first, first + EACH):
        session = store.open(f"{number:040x}")
        session["cart"].append({"item": f"item {number}", "price": number * 0.9})
        session["seen"][f"/page/{number}"] = number + 0.5


def holder():
    return store._sessions  # pylint: disable=protected-access
