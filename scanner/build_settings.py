"""What the extension module is built from, and what is said of it.

build_wheel.py reads this.  Bazel takes all sources there are; a test compares
the two.  Runs on Python 2.7 and 3.6 to 3.15.
"""

import os
import re

# What reads the heap, from inside and from outside of the process.
HEAP_C_SOURCES = [
    "cpython/allocation_sites.c",
    "cpython/buffers.c",
    "cpython/code.c",
    "cpython/code_lines.c",
    "cpython/collections.c",
    "cpython/compressors.c",
    "cpython/contexts.c",
    "cpython/debug_offsets.c",
    "cpython/dict.c",
    "cpython/elements.c",
    "cpython/field_layouts.c",
    "cpython/field_names.c",
    "cpython/foreign_memory.c",
    "cpython/frame_object.c",
    "cpython/frame_stack.c",
    "cpython/gc.c",
    "cpython/greenlets.c",
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
    "cpython/proof.c",
    "cpython/pymalloc.c",
    "cpython/signals.c",
    "cpython/singletons.c",
    "cpython/soundness.c",
    "cpython/special_types.c",
    "cpython/string_io.c",
    "cpython/thread.c",
    "cpython/thread_local.c",
    "cpython/type.c",
    "cpython/ufuncs.c",
]

HEAP_CC_SOURCES = [
    "memory/counted_ranges.cc",
    "memory/resident_pages.cc",
    "memory/static_memory.cc",
    "memory/visited_set.cc",
    "native/block_map.cc",
    "native/free_caches.cc",
    "native/main_arena.cc",
    "native/malloc_heap.cc",
    "native/malloc_heaps.cc",
    "native/mapped_blocks.cc",
    "native/memory_areas.cc",
    "native/object_places.cc",
    "native/opaque_types.cc",
    "native/page_states.cc",
    "native/pool_blocks.cc",
    "native/static_data.cc",
    "output/json_text.cc",
    "output/output.cc",
    "record/allocation_sites.cc",
    "record/definition.cc",
    "record/end_record.cc",
    "record/frame_records.cc",
    "record/header.cc",
    "record/group_records.cc",
    "record/native_groups.cc",
    "record/native_records.cc",
    "record/native_reach.cc",
    "record/native_units.cc",
    "record/native_words.cc",
    "record/object_parts.cc",
    "record/object_size.cc",
    "record/program_frames.cc",
    "record/record_values.cc",
    "record/record_writer.cc",
    "record/reference_list.cc",
    "record/roots.cc",
    "record/static_roots.cc",
    "record/traversal.cc",
    "record/type_table.cc",
    "scan/scan.cc",
]

# The extension module: these, and what asks the process that runs it.
C_SOURCES = HEAP_C_SOURCES + [
    "cpython/calls.c",
    "cpython/made_singletons.c",
    "cpython/proof_by_calls.c",
    "cpython/visited_objects.c",
]

CC_SOURCES = HEAP_CC_SOURCES + [
    "memory/address_file.cc",
    "memory/mapping_list.cc",
    "memory/memory_reserve.cc",
    "module/file_functions.cc",
    "module/module.cc",
    "module/process_functions.cc",
    "module/proof.cc",
    "module/scan_function.cc",
    "module/snapshot_function.cc",
    "module/watcher_function.cc",
    "output/dump_file.cc",
    "output/gzip_stream.cc",
    "output/path_walk.cc",
    "output/zstd_stream.cc",
    "portable/old_functions.cc",
    "process/guard.cc",
    "process/memory_group.cc",
    "process/memory_use.cc",
    "process/process.cc",
    "process/readable_pages.cc",
    "process/small_file.cc",
    "scan/collecting_copy.cc",
    "scan/forked_copy.cc",
    "scan/scan_lock.cc",
    "scan/snapshot.cc",
    "scan/stopped_world.cc",
    "watch/limit_shares.cc",
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

# Of the extension, where the compilers can: an eighth faster.  In one part, because
# old_symbols.h must be where its symbols are, and several want make, which g++ comes without.
LINK_TIME_FLAGS = ["-flto", "-flto-partition=one"]

# The blob: what reads the heap, and what stands for the process around it.
BLOB_C_SOURCES = HEAP_C_SOURCES + [
    "blob/guard.c",
    "blob/interpreter.c",
    "blob/mappings.c",
    "blob/memory_functions.c",
    "blob/mimalloc_pages.c",
    "blob/private_tables.c",
    "blob/singletons.c",
    "blob/system_calls.c",
    "blob/thread_word.c",
    "blob/tracked_objects.c",
]

BLOB_CC_SOURCES = HEAP_CC_SOURCES + [
    "blob/no_address_file.cc",
    "blob/runtime.cc",
    "blob/start.cc",
]

# It has no C library, no thread-local data and nothing that begins before it.
BLOB_FLAGS = [
    "-fno-stack-protector",
    "-fno-asynchronous-unwind-tables",
    "-fcf-protection=none",
    "-ffunction-sections",
    "-fdata-sections",
    "-fno-tree-loop-distribute-patterns",
    "-U_FORTIFY_SOURCE",
    "-DHEAPGRIND_BLOB",
]

BLOB_CC_FLAGS = ["-fno-threadsafe-statics"]

# Of libstdc++ it takes std::to_chars.
BLOB_LINK_FLAGS = [
    "-shared",
    "-nostdlib",
    "-Wl,-e,hg_blob_start",
    "-Wl,-Bsymbolic",
    "-Wl,-z,now",
    "-Wl,-z,norelro",
    "-Wl,-z,noexecstack",
    "-Wl,-z,max-page-size=4096",
    "-Wl,--gc-sections",
    "-Wl,--exclude-libs,ALL",
    "-Wl,--build-id=none",
    "-Wl,--hash-style=gnu",
    "-Wl,--strip-all",
    "-l:libstdc++.a",
    "-lgcc",
]

# What a blob may want of the interpreter.  First functions, which read memory and
# take no lock, allocate nothing and want no thread: those of integers are called up
# to 3.8 for small ones alone, PyMem_GetAllocator up to 3.11, and
# _PyObject_DebugMallocStats with a timer.  tests/scanner/blob/blob_file_test.py holds
# blobs to this list.
BLOB_FUNCTIONS = [
    "PyCode_Addr2Line",
    "PyDict_Next",
    "PyFrame_GetLineNumber",
    "PyInt_FromLong",
    "PyInterpreterState_Head",
    "PyInterpreterState_Next",
    "PyInterpreterState_ThreadHead",
    "PyLong_FromLong",
    "PyMem_GetAllocator",
    "PyModule_GetDef",
    "PyObject_IS_GC",
    "PyThreadState_GetUnchecked",
    "PyThreadState_Next",
    "PyType_IsSubtype",
    "_PyObject_DebugMallocStats",
    "_PyThreadState_UncheckedGet",
    "_Py_hashtable_get",
]

BLOB_VARIABLES = [
    "PyAsyncGen_Type",
    "PyBaseObject_Type",
    "PyBool_Type",
    "PyBytes_Type",
    "PyCFunction_Type",
    "PyCode_Type",
    "PyContextVar_Type",
    "PyCoro_Type",
    "PyDict_Type",
    "PyFloat_Type",
    "PyFrame_Type",
    "PyFrozenDict_Type",
    "PyFrozenSet_Type",
    "PyFunction_Type",
    "PyGen_Type",
    "PyList_Type",
    "PyLong_Type",
    "PyMemoryView_Type",
    "PyModule_Type",
    "PyODict_Type",
    "PySet_Type",
    "PyString_Type",
    "PyTuple_Type",
    "PyType_Type",
    "PyUnicode_Type",
    "_PyGC_generation0",
    "_PyRuntime",
    "_PyWeakref_RefType",
    "_Py_EllipsisObject",
    "_Py_FalseStruct",
    "_Py_NoneStruct",
    "_Py_NotImplementedStruct",
    "_Py_TrueStruct",
    "_Py_ZeroStruct",
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
