"""A handler that keeps all records, for a page that shows the last of them."""

import collections
import logging

OWNER, TYPE, EACH = "log_records.recent.records", "LogRecord", 2000


class RecentHandler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = collections.deque()

    def emit(self, record):
        self.records.append(record)


recent = RecentHandler()
log = logging.getLogger("shop")
log.setLevel(logging.INFO)
log.propagate = False
log.addHandler(recent)


def run(first):
    for number in range(first, first + EACH):
        log.info("order %s of %s: %s", number + 1000, "a" * (number % 50 + 100), "paid" * 100)


def holder():
    return recent.records
