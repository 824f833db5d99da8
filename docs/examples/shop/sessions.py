"""Sessions of visitors."""

import itertools

CACHE = {}
_NUMBERS = itertools.count(1)


class Session:
    """What the shop remembers of one visitor."""

    def __init__(self, agent):
        self.number = next(_NUMBERS)
        self.agent = agent
        self.data = {"language": "en", "basket": [], "seen": []}


def session_of(request):
    """Returns the session that the request's cookie names, or else a new one.

    The leak: nothing ever leaves CACHE, and a visitor who sends no cookie, as
    crawlers do, leaves a session there with each request.
    """
    key = request.COOKIES.get("session")
    if key not in CACHE:
        session = Session(request.META.get("HTTP_USER_AGENT", "crawler"))
        key = f"session-{session.number:08d}"
        CACHE[key] = session
    return CACHE[key]
