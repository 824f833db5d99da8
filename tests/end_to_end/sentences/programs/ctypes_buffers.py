"""Buffers for a C library that are never given back."""

import ctypes

OWNER, TYPE, EACH = "ctypes_buffers.pool", "c_char_Array_4096", 1000
pool = {}


def run(first):
    for number in range(first, first + EACH):
        buffer = ctypes.create_string_buffer(4096)
        pool[ctypes.addressof(buffer)] = buffer


def holder():
    return pool
