#!/usr/bin/env python3
"""Adds blobs, the scanners for `heapgrind dump`, to the program heapgrind.

    add_blobs.py PROGRAM BLOB... -o OUTPUT

BLOB is a file heapgrind-TAG.blob, as build_blob.py makes it.  OUTPUT, a program with all of
them and without those that PROGRAM had, takes its name when it is whole; it may be PROGRAM
itself.  The last line of the output is its path.  Needs objcopy (binutils) and libzstd.

They go into a section that is not loaded, .heapgrind.blobs, which converter/outside/
blob_store.h describes.
"""

import argparse
import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

SECTION = ".heapgrind.blobs"
_NAME = re.compile(r"heapgrind-([a-z0-9]{1,15})\.blob\Z")
_MAGIC = b"HGBLOBS1"
_ENTRY = struct.Struct("<16sQQQ")  # Tag, offset, size, size of the blob.
_LEVEL = 19


def compress(text):
    """Returns what zstd makes of bytes; this Python need not have a module for that."""
    zstd = ctypes.CDLL("libzstd.so.1")
    for function in zstd.ZSTD_compressBound, zstd.ZSTD_compress:
        function.restype = ctypes.c_size_t
    most = zstd.ZSTD_compressBound(ctypes.c_size_t(len(text)))
    buffer = ctypes.create_string_buffer(most)
    size = zstd.ZSTD_compress(buffer, ctypes.c_size_t(most), text, ctypes.c_size_t(len(text)),
                              _LEVEL)
    if size > most:
        raise SystemExit("add_blobs.py: expected zstd to compress a blob, but it does not")
    return buffer.raw[:size]


def section_of(blobs):
    """Returns the section's content.

    Args:
        blobs: {tag: content}.
    """
    packed = [(tag, blobs[tag], compress(blobs[tag])) for tag in sorted(blobs)]
    offset = len(_MAGIC) + 8 + len(packed) * _ENTRY.size
    index = _MAGIC + struct.pack("<Q", len(packed))
    for tag, blob, text in packed:
        index += _ENTRY.pack(tag.encode("ascii"), offset, len(text), len(blob))
        offset += len(text)
    return index + b"".join(text for _, _, text in packed)


def read_blobs(paths):
    """Returns {tag: content} of files.

    Raises:
        SystemExit: A name is not that of a blob, or comes twice.
        OSError: A file cannot be read.
    """
    blobs = {}
    for path in paths:
        name = _NAME.match(os.path.basename(path))
        if name is None or name.group(1) in blobs:
            got = "it again" if name else f"'{path}'"
            raise SystemExit(f"add_blobs.py: expected heapgrind-TAG.blob, got {got}")
        with open(path, "rb") as file:
            blobs[name.group(1)] = file.read()
    return blobs


def add_section(program, content, output):
    """Writes `program` with the section to `output`, whole or not at all.

    Raises:
        SystemExit: objcopy does not do it.
        OSError: A file cannot be read or written.
    """
    folder = os.path.dirname(os.path.abspath(output))
    with tempfile.TemporaryDirectory(prefix=".add_blobs-", dir=folder) as temporary:
        section, new = (os.path.join(temporary, name) for name in ("section", "program"))
        with open(section, "wb") as file:
            file.write(content)
        command = ["objcopy", f"--remove-section={SECTION}", f"--add-section={SECTION}={section}",
                   f"--set-section-flags={SECTION}=noload,readonly", program, new]
        if subprocess.run(command, check=False).returncode != 0:
            raise SystemExit(f"add_blobs.py: expected objcopy to copy '{program}', but it failed")
        shutil.copymode(program, new)
        os.replace(new, output)


def main(arguments):
    """Does what the command line says."""
    parser = argparse.ArgumentParser(description="Adds scanners to the program heapgrind.")
    parser.add_argument("program")
    parser.add_argument("blobs", nargs="+", metavar="BLOB")
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args(arguments)
    add_section(options.program, section_of(read_blobs(options.blobs)), options.output)
    print(options.output)


if __name__ == "__main__":
    main(sys.argv[1:])
