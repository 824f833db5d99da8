"""A list of what happened, as tuples."""

import time

OWNER, TYPE, EACH = "audit_tuples.AUDIT", "tuple", 20000
AUDIT = []


def note(user, action):
    AUDIT.append((time.time(), user, action))


def run(first):
    for number in range(first, first + EACH):
        note(f"user{number}@example.com", "login")


def holder():
    return AUDIT
