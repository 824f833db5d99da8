"""What a blob is handed (scanner/blob/blob_input.h), of this process and a copy of it."""

import ctypes
import os
import struct
import time

import blob_elf

INPUT_BYTES = 1 << 22

READ, WRITE, EXECUTE = 1, 2, 4  # Of <sys/mman.h>.

_libc = ctypes.CDLL(None)
_libc.dlsym.restype = ctypes.c_void_p
_libc.dlsym.argtypes = [ctypes.c_void_p, ctypes.c_char_p]


def address_of(name):
    """The address of a symbol of this process; 0 if there is none."""
    return _libc.dlsym(None, name.encode("ascii")) or 0


def input_of(copy):
    """Returns the bytes of hg_blob_input and its arrays, for a blob_support.Copy."""
    blob = copy.blob
    lines = [
        line for line in _maps(copy.pid) if not blob.base <= line[0] < blob.end
    ]
    fixed = 8 + 8 + 4 * 8 + 3 * 8 + 6 * 8 + 4 * 8
    mappings = b"".join(
        struct.pack("<QQII", start, end, protection, (1 if path else 0) | 2 * shared)
        for start, end, protection, shared, path in lines
    )
    names, images = b"", b""
    loaded = _images(lines)
    names_at = blob.input + fixed + len(mappings) + 24 * len(loaded) + 16
    for start, end, path in loaded:
        images += struct.pack("<QQQ", start, end, names_at + len(names))
        names += path.encode("utf-8") + b"\0"
    threads = struct.pack("<QQ", os.getpid(), 0)
    at = blob.input + fixed
    data = struct.pack("<IIii", 2, fixed, copy.dump[1], copy.message[1])
    data += struct.pack("<QQQQ", os.getpid(), int(time.time()), _resident(), 0)
    data += struct.pack("<QQQ", *copy.options)
    for array, count in ((mappings, len(lines)), (images, len(loaded)), (threads, 1)):
        data += struct.pack("<QQ", at, count)
        at += len(array)
    for name in ("mallinfo2", "mallinfo", "fmemopen", "fclose"):
        data += struct.pack("<Q", address_of(name))
    data += mappings + images + threads + names
    if len(data) > INPUT_BYTES:
        raise ValueError("expected less than {} bytes of input".format(INPUT_BYTES))
    return data


def _resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def _maps(pid):
    """Returns [(start, end, protection, is_shared, path)] of a process."""
    found = []
    with open("/proc/{}/maps".format(pid)) as maps:
        for line in maps:
            fields = line.rstrip("\n").split(None, 5)
            start, end = (int(number, 16) for number in fields[0].split("-"))
            letters = fields[1]
            protection = sum(
                bit for bit, letter in ((READ, "r"), (WRITE, "w"), (EXECUTE, "x"))
                if letter in letters
            )
            path = fields[5] if len(fields) > 5 and fields[5].startswith("/") else ""
            found.append((start, end, protection, letters[3] == "s", path))
    return found


def _images(lines):
    """Returns [(start, end, path)] of the program files among mappings."""
    found, known = [], set()
    for start, _, protection, _, path in lines:
        if not path or path in known or not protection & READ:
            continue
        if ctypes.string_at(start, 4) != b"\x7fELF":
            continue
        known.add(path)
        elf = blob_elf.ElfFile(_file(path))
        first = elf.loaded()[0].address // 4096 * 4096
        found.append((start, start - first + elf.size, path))
    return found


def _file(path):
    with open(path, "rb") as program:
        return program.read()
