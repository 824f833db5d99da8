"""What nothing reaches: cycles that wait, and what C code alone holds."""

import ctypes
import gc

gc.disable()


class Lost:
    def __init__(self):
        self.me = self
        self.load = bytearray(1000)


class Held:
    def __init__(self):
        self.load = bytearray(1000)


for _ in range(10):
    Lost()
ctypes.pythonapi.Py_IncRef(ctypes.py_object(Held()))
