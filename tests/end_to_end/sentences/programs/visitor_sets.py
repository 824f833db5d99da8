"""Who has read which article: a set for each."""

import collections

OWNER, TYPE, EACH = "visitor_sets.readers", "set", 300
readers = collections.defaultdict(set)


def run(first):
    for article in range(first, first + EACH):
        for visitor in range(100):
            readers[f"article-{article}"].add(f"visitor {article}.{visitor}")


def holder():
    return readers
