"""A thread whose heap of malloc is nearly full: it grows by the page, for blocks that stay."""

import threading

import holders

import holding

ADDRESSES = [0] * 1000
IS_FULL = threading.Event()


def fill():
    for i in range(len(ADDRESSES)):
        ADDRESSES[i] = holders.allocate(1000)
    IS_FULL.set()
    threading.Event().wait()


threading.Thread(target=fill, daemon=True).start()
IS_FULL.wait()
BLOCKS = holders.Words(ADDRESSES[0], ADDRESSES[-1])
holding.wait(addresses=[ADDRESSES[0], ADDRESSES[-1]], object=id(BLOCKS))
