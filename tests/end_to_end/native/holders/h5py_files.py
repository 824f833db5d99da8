"""Files of HDF5 that are in memory only: their pages are in C."""

import h5py

import holding

with holding.counted("h5py"):
    FILE = h5py.File("nowhere.h5", "w", driver="core", backing_store=False)
    for number in range(20):
        FILE.create_dataset("d%d" % number, shape=(50000,), dtype="f8")[:] = number
holding.wait()
