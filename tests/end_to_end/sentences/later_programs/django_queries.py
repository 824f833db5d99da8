"""What Django notes of each query while DEBUG is set, in a handler of signals."""

import django
from django import dispatch
from django.conf import settings

OWNER, TYPE, EACH = "django_queries.audit.rows", "dict", 4000

settings.configure(DEBUG=True)
django.setup()
request_done = dispatch.Signal()


class Audit:
    def __init__(self):
        self.rows = []

    def note(self, sender, **kwargs):
        del kwargs["signal"]
        self.rows.append({"sender": sender, "path": kwargs["path"], "took": kwargs["took"]})


audit = Audit()
request_done.connect(audit.note)


def run(first):
    for number in range(first, first + EACH):
        request_done.send(sender=f"view{number % 10}", path=f"/{number}" * 30, took=number * 0.01)


def holder():
    return audit.rows
