"""How the jobs in this folder have themselves dumped: within, by fork, and from outside.

What is planted are plain values of known sizes (programs/jobs/planted.py) and buffers in C, each
with the chain of rows below which its bytes must be found.
"""

import ctypes
import gc
import json
import os

import heapgrind
import planted


class Figures(ctypes.Structure):
    """What mallinfo2(3) returns: bytes in mappings are the 5th, bytes in use the 8th."""

    _fields_ = [(f"number_{i}", ctypes.c_size_t) for i in range(10)]


def in_malloc():
    """Returns the bytes that malloc has handed out."""
    gc.collect()
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = Figures
    found = ask()
    return found.number_4 + found.number_7


def show(sizes, buffers=None):
    """Dumps this process twice, and waits until it was dumped from outside.

    Args:
        sizes: Bytes of plain values by chain of rows, each to be found as they are.
        buffers: Bytes in C by chain of rows, to be found once.
    """
    for name in ("itself", "fork", "outside"):
        with open(f"{name}.planted", "w", encoding="utf-8") as file:
            json.dump(sizes, file)
    with open("buffers", "w", encoding="utf-8") as file:
        json.dump(buffers or {}, file)
    heapgrind.dump("itself.json")
    heapgrind.dump("fork.json", fork=True, native=True).wait()
    planted.ask_for_dumps(os.getpid())
