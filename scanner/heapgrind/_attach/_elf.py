"""ELF files: what they export, and where it is when they are loaded.

Only what the dynamic linker needs is read (.dynsym), because that is all that
a stripped file has.  The layout: Tool Interface Standard, Executable and
Linking Format (ELF) Specification 1.2, and the System V ABI for 64 bits.
"""

import mmap
import struct

MACHINES = {3: "32-bit x86", 40: "32-bit ARM", 62: "x86-64", 183: "AArch64"}
X86_64 = 62

_PT_LOAD = 1
_SHT_DYNSYM = 11
_STT_GNU_IFUNC = 10
_PAGE = 4096

# By class (1: 32 bits, 2: 64): the rest of the file's header, a program header
# and a section's header as far as they are needed, and a symbol.
_FILE_HEADER = {1: "HHIIIIIHHHHHH", 2: "HHIQQQIHHHHHH"}
_SECTION = {1: "IIIIIII", 2: "IIQQQQI"}
_SYMBOL = {1: "IIIBBH", 2: "IBBHQQ"}


class NotElf(Exception):
    """The file is no ELF file, or is cut off."""


def open_file(path):
    """Returns the ElfFile of a path; it is mapped, and read as far as needed.

    Raises:
        NotElf: It is none.
        EnvironmentError: It cannot be read.
    """
    with open(path, "rb") as elf_file:
        try:
            data = mmap.mmap(elf_file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # It is empty.
            raise NotElf("no header")
    return ElfFile(data)


class ElfFile(object):
    """A program or a library.

    Attributes:
        bits: 32 or 64.
        machine: Its architecture, the number in the header.
    """

    def __init__(self, data):
        """Takes all bytes of the file.  Raises NotElf."""
        self._data = data
        if self._data[:4] != b"\x7fELF" or self._data[4:5] not in (b"\1", b"\2"):
            raise NotElf("no header")
        self._class = ord(self._data[4:5])
        self._order = "<" if self._data[5:6] == b"\1" else ">"
        self.bits = 32 * self._class
        fields = self._unpack(_FILE_HEADER[self._class], 16)
        self.machine = fields[1]
        self._program_headers = (fields[4], fields[8], fields[9])
        self._sections = (fields[5], fields[10], fields[11])

    def machine_name(self):
        """Returns what people call the architecture."""
        return MACHINES.get(self.machine, "machine {}".format(self.machine))

    def text(self):
        """Returns all bytes of the file, as a buffer."""
        return self._data

    def first_address(self):
        """Returns where the file wants its first page to be: 0 if anywhere."""
        for _, address, _ in self._segments():
            return address // _PAGE * _PAGE
        return 0

    def word(self, address):
        """Returns the word (`unsigned long`) that the file has for an address."""
        for offset, start, size in self._segments():
            if start <= address < start + size:
                kind = {32: "I", 64: "Q"}[self.bits]
                return self._unpack(kind, offset + address - start)[0]
        raise NotElf("no data for address {:#x}".format(address))

    def exports(self, names):
        """Returns {name: address} of those of `names` that the file defines.

        The addresses are relative to `first_address` being where it says.
        """
        return {name: extent[0] for name, extent in self.extents(names).items()}

    def extents(self, names):
        """Returns {name: (address, bytes)} of those of `names` that the file defines."""
        wanted = {name.encode("ascii"): name for name in names}
        found = {}
        for _, kind, _, _, offset, size, link in self._section_headers():
            if kind != _SHT_DYNSYM:
                continue
            text = self._strings(link)
            # A name may be the end of another one.
            if not any(name + b"\0" in text for name in wanted):
                continue
            step = struct.calcsize(self._order + _SYMBOL[self._class])
            for start in range(offset, offset + size, step):
                self._add_symbol(start, text, wanted, found)
        return found

    def _segments(self):
        """Yields offset, address and length of each part that is loaded."""
        start, size, count = self._program_headers
        for index in range(count):
            at = start + size * index
            if self._unpack("I", at)[0] != _PT_LOAD:
                continue
            if self.bits == 32:
                offset, address, _, length = self._unpack("IIII", at + 4)
            else:
                offset, address, _, length = self._unpack("QQQQ", at + 8)
            yield offset, address, length

    def _section_headers(self):
        start, size, count = self._sections
        for index in range(count):
            yield self._unpack(_SECTION[self._class], start + size * index)

    def _strings(self, link):
        start, size, _ = self._sections
        header = self._unpack(_SECTION[self._class], start + size * link)
        return self._data[header[4] : header[4] + header[5]]

    def _add_symbol(self, start, text, wanted, found):
        fields = self._unpack(_SYMBOL[self._class], start)
        if self._class == 1:
            name_at, value, size, kind, _, section = fields
        else:
            name_at, kind, _, section, value, size = fields
        name = text[name_at : text.find(b"\0", name_at)]
        if name in wanted and section != 0 and kind & 15 != _STT_GNU_IFUNC:
            found[wanted[name]] = value, size

    def _unpack(self, fields, offset):
        try:
            return struct.unpack_from(self._order + fields, self._data, offset)
        except struct.error:
            raise NotElf("cut off at byte {}".format(offset))
