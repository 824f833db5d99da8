"""The folders of the scanner, and which of them each may include.

The order is that of the data.  tests:folders_test holds every #include to this
table.  The headers in scanner/ itself are for all of them.
"""

# Folder to those that it may include besides itself.
MAY_USE = {
    # Versions of CPython, in C.
    "cpython": [],
    # Memory that is not malloc's, and sets of addresses in it.
    "memory": ["cpython"],
    # The blocks that malloc has handed out, in a copy of a process.
    "native": ["cpython", "memory"],
    # Bytes and JSON text out, to a file that is whole or not there.
    "output": ["memory"],
    # One object, frame, root or header as a record.
    "record": ["cpython", "memory", "native", "output"],
    # What the scanner asks of the process that runs it (surroundings.h).
    "process": ["cpython", "memory"],
    # The pass over the heap, and the forked copy that makes it.
    "scan": ["cpython", "memory", "native", "output", "record"],
    # When to dump: a signal, the clock, memory.
    "watch": ["cpython", "process", "record", "scan"],
    # The scanner for a copy of a process, instead of process, watch and module.
    "blob": ["cpython", "memory", "output", "record", "scan"],
    # What lets a wheel be installed where the C library is older.
    "portable": [],
    # heapgrind._scanner, the Python module.
    "module": ["cpython", "memory", "output", "record", "process", "scan", "watch"],
}

# The same for what a user does with the package, in heapgrind/.  All may import what
# stands beside them; of that, the entry points alone import them.
COMMANDS_MAY_USE = {
    # What HEAPGRIND starts, and `hook`, which installs it.
    "_hook": [],
    # Whether the heap grows: heapgrind.watch, assert_no_growth, and tests.
    "_growth": [],
    # A program under our eyes; --when is the hook's.
    "_run": ["_hook"],
}
