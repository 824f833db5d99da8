"""Callbacks to be retried, each of which has kept its request."""

OWNER, TYPE, EACH = "retry_closures.RETRIES", "function", 1000
RETRIES = []


def send(body, attempt):
    def again():
        return send(body, attempt + 1)

    RETRIES.append(again)


def run(first):
    for number in range(first, first + EACH):
        send(bytes(3000 + number % 5), 1)


def holder():
    return RETRIES
