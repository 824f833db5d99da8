"""Lets a program or library be loaded where glibc is older than it asks for.

An ELF file says for each of its undefined symbols which version of it is wanted
(.gnu.version), and for each version the library that has it (.gnu.version_r).
The dynamic linker refuses a file if a version is not there; a symbol without a
version gets the oldest (glibc, elf/dl-version.c and elf/dl-lookup.c).  So nothing but
these two tables changes: a version that is too new becomes the first of all.

The layout: https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic, chapter 10.7.
"""

import re
import struct
from typing import Dict, Iterator, Tuple

_FIRST = b"GLIBC_2.2.5"  # Of this architecture; every library of glibc has it.
_ANY = 1  # VER_NDX_GLOBAL
_VERSYM, _VERNEED = 0x6FFFFFFF, 0x6FFFFFFE


def is_elf(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(5) == b"\x7fELF\x02"


def age(path: str, oldest: Tuple[int, int]) -> None:
    """Takes from a file of 64 bits all versions of glibc after `oldest`."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    sections = _sections(data)
    if _VERNEED not in sections or _VERSYM not in sections:
        return
    strings = sections[_VERNEED][2]
    first = data.find(_FIRST + b"\0", strings) - strings
    newer = set()
    for at, index, name in _wanted(data, sections[_VERNEED]):
        if _is_newer(name, oldest):
            newer.add(index)
            struct.pack_into("<I", data, at, _hash(_FIRST))
            struct.pack_into("<I", data, at + 8, first)
    start, size, _ = sections[_VERSYM]
    for at in range(start, start + size, 2):
        if struct.unpack_from("<H", data, at)[0] in newer:
            struct.pack_into("<H", data, at, _ANY)
    with open(path, "wb") as file:
        file.write(data)


def _sections(data: bytes) -> Dict[int, Tuple[int, int, int]]:
    """Returns the offset, size and linked string table's offset of a section of each type."""
    table, = struct.unpack_from("<Q", data, 0x28)
    entry_size, count = struct.unpack_from("<HH", data, 0x3A)
    entries = [
        struct.unpack_from("<IIQQQQI", data, table + i * entry_size) for i in range(count)]
    return {entry[1]: (entry[4], entry[5], entries[entry[6]][4]) for entry in entries}


def _wanted(data: bytes, section: Tuple[int, int, int]) -> Iterator[Tuple[int, int, str]]:
    """Yields the offset, index and name of each version that a file wants of its libraries."""
    at, _, strings = section
    while True:
        _, count, _, first, following = struct.unpack_from("<HHIII", data, at)
        entry = at + first
        for _ in range(count):
            _, _, index, name, step = struct.unpack_from("<IHHII", data, entry)
            end = data.index(b"\0", strings + name)
            yield entry, index, bytes(data[strings + name:end]).decode()
            entry += step
        if not following:
            return
        at += following


def _is_newer(name: str, oldest: Tuple[int, int]) -> bool:
    match = re.fullmatch(r"GLIBC_(\d+)\.(\d+)", name)
    return match is not None and (int(match.group(1)), int(match.group(2))) > oldest


def _hash(name: bytes) -> int:
    """The hash of System V's ABI, chapter 5, Hash Table."""
    value = 0
    for byte in name:
        value = (value << 4) + byte
        value = (value ^ ((value & 0xF0000000) >> 24)) & 0x0FFFFFFF
    return value
