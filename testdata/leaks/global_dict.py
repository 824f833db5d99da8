"""Leak: every request adds to a dictionary of the module, and nothing removes."""

RESULTS = {}


def handle(request):
    RESULTS[request] = bytearray(10_000)


for number in range(2000):
    handle(f"/report/{number}")
