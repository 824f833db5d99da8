"""A thread of a C library that has never asked for memory."""

import ctypes

import holders

import holding

libc = ctypes.CDLL(None)
thread = ctypes.c_ulong()
error = libc.pthread_create(ctypes.byref(thread), None, libc.pause, None)
assert error == 0, error
ADDRESS = holders.allocate(1000)
BLOCKS = holders.Words(ADDRESS)
holding.wait(addresses=[ADDRESS], object=id(BLOCKS))
