"""Which malloc this process has."""

import ctypes


def is_glibcs():
    """True with the malloc of glibc: only that says what it has handed out, and has known heaps."""
    return hasattr(ctypes.CDLL(None), "mallinfo")
