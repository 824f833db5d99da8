"""Dumps this process through a blob, as `heapgrind dump PID` does from outside.

The process is forked by a bare system call, without the GIL and without what Python and
the C library do around a fork.  In the copy the blob runs on a stack of its own, and nothing
else.  Runs on Python 2.7 and 3.6 on.
"""

import ctypes
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

import blob_elf
import dump_support
from blob_input import EXECUTE, INPUT_BYTES, READ, WRITE, address_of, input_of

# A blob for this interpreter; None: tests dump with the extension module.
PATH = os.environ.get("HEAPGRIND_TEST_BLOB")

HERE = os.path.dirname(os.path.abspath(__file__))
SCANNER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(HERE))), "scanner")

BASE = 0x300000000000
STACK_BYTES = 1 << 20
CODE_BYTES = 4096

SHARED, PRIVATE, ANONYMOUS, FIXED = 1, 2, 0x20, 0x10

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]

# fork(); the copy ends with the thread that made it (prctl, PR_SET_PDEATHSIG, SIGKILL), reads a byte
# of its descriptor GO, and begins at ENTRY.
_CODE = (
    b"\xb8\x39\0\0\0\x0f\x05"  # mov $57, %eax; syscall
    b"\x85\xc0\x74\x01\xc3"  # test %eax, %eax; jz 1f; ret
    b"\x48\xbc{stack}"  # 1: mov $STACK, %rsp
    b"\x6a\0"  # push $0
    b"\xb8\x9d\0\0\0\xbf\1\0\0\0\xbe\x09\0\0\0\x0f\x05"  # prctl(1, 9)
    b"\xbf{go}\x48\x89\xe6\xba\1\0\0\0\x31\xc0\x0f\x05"  # read(GO, %rsp, 1)
    b"\x48\xbf{input}"  # mov $INPUT, %rdi
    b"\x48\xb8{entry}"  # mov $ENTRY, %rax
    b"\xff\xe0"  # jmp *%rax
)


def _map(address, size, sharing):
    found = _libc.mmap(address, size, READ | WRITE | EXECUTE, sharing | ANONYMOUS, -1, 0)
    if found in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), "mmap")
    return found


def build(folder):
    """Builds a blob for this interpreter in a folder, unless there is one; returns its path.

    Raises unittest.SkipTest where there can be none.
    """
    if PATH:
        return PATH
    if sys.maxsize < 1 << 32:
        raise unittest.SkipTest("not run: blobs are for 64 bits")
    program = os.path.join(SCANNER, "build_blob.py")
    process = subprocess.Popen(
        [sys.executable, program, "--out", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    output, errors = [text.decode("utf-8") for text in process.communicate()]
    if process.returncode == 0:
        return output.splitlines()[-1]
    reason = errors.splitlines()[-1]
    if "does not fit" in reason or "expected x86_64" in reason:
        raise unittest.SkipTest("not run: " + reason)
    raise BlobError(reason)


class BlobTestCase(unittest.TestCase):
    """Has a folder, and the path of a blob for this interpreter in it."""

    @classmethod
    def setUpClass(cls):
        if dump_support.IS_FREE_THREADED and sys.version_info >= (3, 14):
            raise unittest.SkipTest("not run: without a GIL there are blobs for 3.13 alone")
        cls.folder = tempfile.mkdtemp(prefix="heapgrind-test-")
        try:
            cls.path = build(cls.folder)
        except unittest.SkipTest:
            shutil.rmtree(cls.folder)
            raise

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)


class LoadedBlobTestCase(BlobTestCase):
    """Has the Blob, loaded."""

    @classmethod
    def setUpClass(cls):
        super(LoadedBlobTestCase, cls).setUpClass()
        cls.blob = Blob(cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.blob.close()
        super(LoadedBlobTestCase, cls).tearDownClass()


def loaded():
    """The Blob at PATH, loaded once."""
    if not _loaded:
        _loaded.append(Blob(PATH))
    return _loaded[0]


_loaded = []


def options_of(options):
    """The arguments of Copy for those of heapgrind.dump; SkipTest if a blob has not all."""
    options = dict(options)
    values = options.pop("values", "short")
    lengths = {"short": 100, "none": 0}
    converted = {"value_length": lengths.get(values, values)}
    if isinstance(converted["value_length"], str):
        raise unittest.SkipTest("a blob has no values={!r}".format(values))
    converted["max_references"] = options.pop("max_refs", 0) or 0
    if options:
        raise unittest.SkipTest("a blob has no {}".format(", ".join(sorted(options))))
    return converted


class BlobError(Exception):
    """A blob has refused, or died.  Its text is the blob's."""


class Blob(object):
    """A blob, mapped into this process and ready to be forked with it."""

    def __init__(self, path):
        with open(path, "rb") as blob_file:
            elf = blob_elf.ElfFile(blob_file.read())
        image_bytes = (elf.size + 4095) // 4096 * 4096
        size = image_bytes + CODE_BYTES + STACK_BYTES + INPUT_BYTES
        self.base = _map(BASE, size, PRIVATE)
        self.end = self.base + size
        self.input = _map(self.end - INPUT_BYTES, INPUT_BYTES, SHARED | FIXED)
        self.stack = self.input
        self.entry = self.base + elf.entry
        self.code = self.base + image_bytes
        self._load(elf)

    def _load(self, elf):
        for segment in elf.loaded():
            data = elf.data[segment.offset : segment.offset + segment.file_size]
            ctypes.memmove(self.base + segment.address, data, len(data))
        for relocation in elf.relocations():
            value = relocation.addend + self._target(elf, relocation)
            place = ctypes.c_uint64.from_address(self.base + relocation.offset)
            place.value = value

    def _target(self, elf, relocation):
        if relocation.kind == blob_elf.R_RELATIVE:
            return self.base
        symbol = elf.symbol(relocation.symbol)
        if symbol.section != 0:
            return self.base + symbol.value
        address = address_of(symbol.name)
        if address == 0 and not symbol.is_weak:
            raise BlobError("this process has no {}".format(symbol.name))
        return address

    def close(self):
        """Takes it out of the process."""
        _libc.munmap(self.base, self.end - self.base)

    def prepare(self, go):
        """Returns the function without arguments that forks."""
        code = _CODE
        values = {
            b"{stack}": struct.pack("<Q", self.stack - 64),
            b"{go}": struct.pack("<I", go),
            b"{input}": struct.pack("<Q", self.input),
            b"{entry}": struct.pack("<Q", self.entry),
        }
        for name, value in values.items():
            code = code.replace(name, value)
        ctypes.memmove(self.code, code, len(code))
        return ctypes.CFUNCTYPE(ctypes.c_int)(self.code)


class Copy(object):
    """A copy of this process that a blob dumps.

        copy = Copy(blob)
        copy.pid = copy.fork()        # No function of Python stands in between.
        text = copy.read()

    Args:
        blob: A Blob.
        value_length, max_references, native: As ScanOptions has them.
    """

    def __init__(self, blob, value_length=100, max_references=0, native=0):
        self.blob = blob
        self.options = (value_length, max_references, native)
        self.go = os.pipe()
        self.dump = os.pipe()
        self.message = os.pipe()
        self.pid = None
        self.fork = blob.prepare(self.go[0])

    def write(self, address, data):
        """Overwrites memory of the copy, before the blob runs."""
        memory = os.open("/proc/{}/mem".format(self.pid), os.O_RDWR)
        try:
            os.lseek(memory, address, os.SEEK_SET)
            os.write(memory, data)
        finally:
            os.close(memory)

    def read(self):
        """Lets the blob run.  Returns its dump (bytes).  Raises BlobError."""
        text, message, status = self.finish()
        if status != 0:
            raise BlobError(message or "the blob ended with {:#x}".format(status))
        return text

    def finish(self):
        """The same; returns the dump, the message and the status of waitpid."""
        data = input_of(self)
        ctypes.memmove(self.blob.input, data, len(data))
        for end in (self.go[0], self.dump[1], self.message[1]):
            os.close(end)
        os.write(self.go[1], b"x")
        try:
            text = _read_all(self.dump[0])
            message = _read_all(self.message[0]).decode("ascii").rstrip("\n")
            return text, message, os.waitpid(self.pid, 0)[1]
        finally:
            for end in (self.go[1], self.dump[0], self.message[0]):
                os.close(end)


def _read_all(descriptor):
    pieces = []
    while True:
        piece = os.read(descriptor, 1 << 20)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
