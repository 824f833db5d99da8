"""Leak: a thread never ends, so what it keeps for itself grows."""

import threading

thread_data = threading.local()


def work(ready, may_end):
    thread_data.buffers = [bytearray(10_000) for _ in range(2000)]
    ready.set()
    may_end.wait()


END = threading.Event()
READY = threading.Event()
threading.Thread(target=work, args=(READY, END), name="worker", daemon=True).start()
READY.wait()
