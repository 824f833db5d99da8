"""The folders of the converter, and which of them each may use.

A folder is a stage or an idea; the order is that of the data.  This table is
the only place that says it: it gives the libraries their dependencies, and
tests:folders_test holds every #include to it.
"""

load("@rules_cc//cc:defs.bzl", "cc_library")

_STAGES = [
    "base",
    "files",
    "json",
    "cli",
    "graph",
    "dump",
    "heap",
    "python",
    "load",
    "owners",
    "profile",
    "suspects",
    "callgraph",
]

# Folder to those that it may include besides itself.
MAY_USE = {
    # Text, numbers and threads: knows no heap.
    "base": [],
    # Bytes in and out: plain, compressed, from pipes.
    "files": ["base"],
    # JSON text: scan, parse, edit, write.
    "json": ["base"],
    # Command lines, terminals and tables: knows no heap.
    "cli": ["base"],
    # Compressed adjacency and its algorithms: knows no Python.
    "graph": ["base"],
    # The dump format: records, header, facts, and the reader.
    "dump": ["base", "files", "json"],
    # The waist: the heap graph, and how to look into it.
    "heap": ["base", "graph"],
    # What Python's objects mean: namespaces, modules, types, sources.
    "python": ["base", "heap"],
    # From records to the heap graph, if it fits in memory.
    "load": ["base", "files", "graph", "dump", "heap", "python"],
    # Who owns what: homes, kinds of references, rounds, dominators.
    "owners": ["base", "graph", "heap", "python"],
    # From objects to rows: labels, folding, pruning, names.
    "profile": ["base", "graph", "heap", "python", "owners"],
    # Rows that hold most, grew or stayed, as sentences.
    "suspects": ["base", "graph", "heap", "python", "owners", "profile"],
    # From rows to a viewer's call graph, and the callgrind file.
    "callgraph": ["base", "files", "graph", "dump", "heap", "python", "owners", "profile"],
    # The report as a page for browsers.
    "page": ["base", "files"],
    # A live process from outside: stop, fork, and a scanner in the copy.
    "outside": ["base", "files", "cli"],
    # A process that is no more, rebuilt from its core file.
    "core": ["base", "files", "cli", "outside"],
    # What the commands share: the loaded heap, its options, its totals.
    "commands": _STAGES,
    # memdump2callgrind, and heapgrind merge.
    "commands/convert": _STAGES + ["commands"],
    # heapgrind dump.
    "commands/dump": ["base", "files", "cli", "outside", "core"],
    # heapgrind dump on machines where it cannot be.
    "commands/no_dump": ["base", "cli"],
    # heapgrind summary.
    "commands/summary": _STAGES + ["commands"],
    # heapgrind diff.
    "commands/diff": _STAGES + ["commands"],
    # heapgrind report.
    "commands/report": _STAGES + ["page", "commands", "commands/diff", "commands/summary"],
    # heapgrind series.
    "commands/series": _STAGES + ["commands", "commands/diff"],
    # heapgrind strip.
    "commands/strip": _STAGES + ["commands"],
    # heapgrind export.
    "commands/export": _STAGES + ["commands"],
    # heapgrind walk.
    "commands/walk": _STAGES + ["commands"],
}

def folder_library(srcs = [], deps = [], linkopts = []):
    """The library of this folder: all its sources, named after it.

    Args:
        srcs: Sources that are made, besides those in the folder.
        deps: Libraries of others that it uses; the folders are in MAY_USE.
        linkopts: As cc_library has them.
    """
    folder = native.package_name()[len("converter/"):]
    native.filegroup(
        name = "sources",
        srcs = native.glob([
            "*.cc",
            "*.h",
        ]),
        visibility = ["//converter:__pkg__"],
    )
    cc_library(
        name = folder.split("/")[-1],
        srcs = native.glob(["*.cc"]) + srcs,
        hdrs = native.glob(["*.h"]),
        linkopts = linkopts,
        visibility = [
            "//converter/{}:__pkg__".format(user)
            for user in MAY_USE
            if folder in MAY_USE[user]
        ] + [
            "//converter:__pkg__",
            "//tests:__subpackages__",
        ],
        deps = ["//converter/" + used for used in MAY_USE[folder]] + deps,
    )
