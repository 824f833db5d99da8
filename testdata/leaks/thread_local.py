"""Leak: a pool's threads never end, so what each keeps for itself grows."""

import threading

pool_data = threading.local()


def work(ready, may_end):
    pool_data.buffers = [bytearray(10_000) for _ in range(500)]
    ready.set()
    may_end.wait()


END = threading.Event()
for number in range(4):
    READY = threading.Event()
    threading.Thread(
        target=work, args=(READY, END), name=f"worker-{number}", daemon=True).start()
    READY.wait()
