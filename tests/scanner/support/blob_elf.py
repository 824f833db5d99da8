"""ELF files as a loader of blobs reads them.  Runs on Python 2.7 and 3.6 on; x86-64."""

import collections
import struct

PT_LOAD = 1
PT_DYNAMIC = 2
DT_STRTAB, DT_SYMTAB, DT_RELA, DT_RELASZ, DT_PLTRELSZ, DT_JMPREL = 5, 6, 7, 8, 2, 23
R_64, R_GLOB_DAT, R_JUMP_SLOT, R_RELATIVE = 1, 6, 7, 8

Segment = collections.namedtuple(
    "Segment", "kind flags offset address physical file_size size align"
)
Relocation = collections.namedtuple("Relocation", "offset kind symbol addend")
Symbol = collections.namedtuple("Symbol", "name is_weak section value")


class ElfFile(object):
    """A file of 64 bits, little-endian, in memory.

    Attributes:
        entry: Where it begins, from the address that it is mapped at.
        segments: A list of Segment.
        size: From its first byte in memory to behind the last.
    """

    def __init__(self, data):
        if data[:6] != b"\x7fELF\2\1":
            raise ValueError("expected an ELF file of 64 bits")
        self.data = data
        self.entry, first = struct.unpack_from("<QQ", data, 24)
        size, count = struct.unpack_from("<HH", data, 54)
        self.segments = [
            Segment(*struct.unpack_from("<IIQQQQQQ", data, first + number * size))
            for number in range(count)
        ]
        loaded = self.loaded()
        self.size = max(segment.address + segment.size for segment in loaded)
        self.dynamic = self._read_dynamic()

    def loaded(self):
        """The segments that are mapped."""
        return [segment for segment in self.segments if segment.kind == PT_LOAD]

    def _offset(self, address):
        """Where in the file an address is."""
        for segment in self.loaded():
            if 0 <= address - segment.address < segment.file_size:
                return address - segment.address + segment.offset
        raise ValueError("address {:#x} is in no segment".format(address))

    def _read_dynamic(self):
        """Returns {tag: value}."""
        found = {}
        for segment in self.segments:
            if segment.kind != PT_DYNAMIC:
                continue
            for at in range(segment.offset, segment.offset + segment.file_size, 16):
                tag, value = struct.unpack_from("<QQ", self.data, at)
                if tag == 0:
                    break
                found[tag] = value
        return found

    def relocations(self):
        """Yields each Relocation."""
        for table, size in ((DT_RELA, DT_RELASZ), (DT_JMPREL, DT_PLTRELSZ)):
            if table not in self.dynamic:
                continue
            first = self._offset(self.dynamic[table])
            for at in range(first, first + self.dynamic[size], 24):
                offset, info, addend = struct.unpack_from("<QQq", self.data, at)
                yield Relocation(offset, info & 0xFFFFFFFF, info >> 32, addend)

    def symbol(self, number):
        """Returns a Symbol."""
        at = self._offset(self.dynamic[DT_SYMTAB]) + 24 * number
        name, info, _, section, value = struct.unpack_from("<IBBHQ", self.data, at)
        start = self._offset(self.dynamic[DT_STRTAB]) + name
        text = self.data[start : self.data.index(b"\0", start)]
        return Symbol(text.decode("ascii"), info >> 4 == 2, section, value)

    def symbols(self):
        """Returns the Symbols that relocations name, by their names."""
        numbers = {relocation.symbol for relocation in self.relocations()} - {0}
        return {symbol.name: symbol for symbol in map(self.symbol, numbers)}
