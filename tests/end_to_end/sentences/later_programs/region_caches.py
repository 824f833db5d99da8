"""A cache for each region, by its name."""

OWNER, TYPE, EACH = "region_caches.CACHES", "Quote", 8000
REGIONS = ["africa", "america", "asia", "europe"]
CACHES = {region: {} for region in REGIONS}


class Quote:
    def __init__(self, number):
        self.text = f"quote {number} " * 15


def run(first):
    for number in range(first, first + EACH):
        CACHES[REGIONS[number % len(REGIONS)]][number + 1000] = Quote(number)


def holder():
    return CACHES
