"""Holds all that settings holds."""

from settings import *

only_here = bytearray(1000)
