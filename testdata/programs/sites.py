"""A shop whose baskets stay, of which a dump tells who made what.

Run by `python -m heapgrind run --sites=10`, from Python 3.12 on.
"""

CACHE = {}


def make_basket(number):
    """Makes one basket."""
    return {
        "owner": f"user-{number}",
        "items": [bytes(40) for _ in range(5)],
    }


def remember(number):
    """Keeps a basket for ever."""
    CACHE[f"session-{number}"] = make_basket(number)


def serve():
    """Serves some visitors."""
    for number in range(300):
        remember(number)


serve()
