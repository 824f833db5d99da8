"""What the extension module is built from, and what is said of it.

build_wheel.py reads this.  Bazel takes all sources there are; a test compares
the two.  Runs on Python 2.7 and 3.6 to 3.15.
"""

import os
import re

C_SOURCES = [
    "cpython/allocation_sites.c",
    "cpython/buffers.c",
    "cpython/code.c",
    "cpython/code_lines.c",
    "cpython/collections.c",
    "cpython/dict.c",
    "cpython/elements.c",
    "cpython/field_layouts.c",
    "cpython/field_names.c",
    "cpython/foreign_memory.c",
    "cpython/frame_object.c",
    "cpython/frame_stack.c",
    "cpython/gc.c",
    "cpython/images.c",
    "cpython/instance.c",
    "cpython/interpreter.c",
    "cpython/io_buffers.c",
    "cpython/library_objects.c",
    "cpython/locks_and_queues.c",
    "cpython/members.c",
    "cpython/ndarray.c",
    "cpython/ndarray_fields.c",
    "cpython/number_iterators.c",
    "cpython/numpy_scalars.c",
    "cpython/object.c",
    "cpython/picklers.c",
    "cpython/pymalloc.c",
    "cpython/special_types.c",
    "cpython/string_io.c",
    "cpython/thread.c",
    "cpython/thread_local.c",
    "cpython/type.c",
    "cpython/ufuncs.c",
]

CC_SOURCES = [
    "attach/attach_agent.cc",
    "attach/attached_interpreter.cc",
    "memory/address_file.cc",
    "memory/counted_ranges.cc",
    "memory/memory_reserve.cc",
    "memory/static_memory.cc",
    "memory/visited_set.cc",
    "module/attach_function.cc",
    "module/file_functions.cc",
    "module/module.cc",
    "module/process_functions.cc",
    "module/scan_function.cc",
    "module/snapshot_function.cc",
    "module/watcher_function.cc",
    "output/dump_file.cc",
    "output/gzip_stream.cc",
    "output/json_text.cc",
    "output/output.cc",
    "output/path_walk.cc",
    "output/zstd_stream.cc",
    "record/allocation_sites.cc",
    "record/definition.cc",
    "record/header.cc",
    "record/object_parts.cc",
    "record/object_size.cc",
    "record/process_memory.cc",
    "record/program_frames.cc",
    "record/record_values.cc",
    "record/record_writer.cc",
    "record/roots.cc",
    "record/traversal.cc",
    "record/type_table.cc",
    "scan/forked_copy.cc",
    "scan/scan.cc",
    "scan/snapshot.cc",
    "watch/watcher.cc",
]

COMMON_FLAGS = ["-O2", "-g0", "-fPIC", "-fvisibility=hidden"]

C_FLAGS = COMMON_FLAGS + ["-std=c11"]

# Python 2's headers say `register`, which C++17 no longer has.
CC_FLAGS = COMMON_FLAGS + [
    "-std=c++17",
    "-fno-exceptions",
    "-fno-rtti",
    "-Wno-register",
]

# The program that loads the module may have another libstdc++, or none; of ours,
# only what is used shall take up its memory.  All symbols are bound when it is
# loaded: a forked copy must not call the linker.
LINK_FLAGS = [
    "-static-libstdc++",
    "-static-libgcc",
    "-ldl",
    "-pthread",
    "-Wl,-z,now",
    "-Wl,--gc-sections",
    "-Wl,--exclude-libs,ALL",
]

SUMMARY = "Shows who owns the memory of a Python process, in KCachegrind"
LICENSE = "Apache-2.0"
REQUIRES_PYTHON = ">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*,!=3.5.*"


def version(directory):
    """Returns the version that version.h in `directory` says."""
    with open(os.path.join(directory, "version.h")) as header:
        return re.search(r'kVersion\[\] = "([^"]+)"', header.read()).group(1)
