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
    # Bytes and JSON text out, to a file that is whole or not there.
    "output": ["memory"],
    # One object, frame, root or header as a record.
    "record": ["cpython", "memory", "output"],
    # The pass over the heap, and the forked copy that makes it.
    "scan": ["cpython", "memory", "output", "record"],
    # When to dump: a signal, the clock, memory.
    "watch": ["cpython", "record"],
    # The agent in a process that knows nothing of heapgrind.
    "attach": ["cpython", "memory", "output", "record", "scan"],
    # heapgrind._scanner, the Python module.
    "module": ["cpython", "memory", "output", "record", "scan", "watch", "attach"],
}

# The same for what a user does with the package, in heapgrind/.  All may import what
# stands beside them; of that, the entry points alone import them.
COMMANDS_MAY_USE = {
    # What HEAPGRIND starts, and `hook`, which installs it.
    "_hook": [],
    # A program under our eyes; --when is the hook's.
    "_run": ["_hook"],
    # From outside the process.
    "_attach": [],
}
