"""numpy's scalars and dtypes, and arrays over memory that is not numpy's."""

import ctypes
import mmap
import sys
import unittest

import dump_support
from dump_support import named

try:
    import numpy
except ImportError:
    numpy = None
NUMPY_VERSION = tuple(map(int, numpy.__version__.split(".")[:2])) if numpy else (0, 0)

SIZE = 1000000  # Bytes of what is large here.
SMALL = 1000  # Bytes of an object that owns nothing large.


class Pixels(object):
    """Memory that C code has allocated, as an image library shows it."""

    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    library.free.argtypes = [ctypes.c_void_p]

    def __init__(self, size):
        self.start = self.library.malloc(size)
        self.size = size

    def __del__(self):
        self.library.free(self.start)

    def show(self, first, last):
        """Returns an array over some of its bytes."""
        return numpy.asarray(Window(self, first, last))


class Window(object):
    """A part of the pixels, without a reference to its owner's memory."""

    def __init__(self, pixels, first, last):
        self.pixels = pixels
        self.__array_interface__ = {
            "version": 3,
            "data": (pixels.start + first, False),
            "shape": (last - first,),
            "typestr": "|u1",
        }


def own_bytes(array):
    """Bytes of an array without its elements."""
    return sys.getsizeof(array) - (array.nbytes if array.flags.owndata else 0)


@unittest.skipIf(numpy is None, "needs numpy")
class ForeignMemoryTest(unittest.TestCase):
    def sizes(self, *arrays):
        """What each array counts besides itself, in a new dump."""
        dump = dump_support.take_dump()
        return [dump.of(array)["size"] - own_bytes(array) for array in arrays]

    def test_array_counts_what_c_code_has_allocated(self):
        pixels = Pixels(SIZE)
        self.assertEqual(self.sizes(pixels.show(0, SIZE)), [SIZE])

    def test_one_buffer_counts_once(self):
        pixels = Pixels(SIZE)
        arrays = [pixels.show(0, SIZE) for _ in range(3)]
        self.assertEqual(sorted(self.sizes(*arrays)), [0, 0, SIZE])

    def test_parts_that_overlap_count_once(self):
        pixels = Pixels(SIZE)
        thirds = [pixels.show(0, 600000), pixels.show(400000, SIZE)]
        whole = pixels.show(0, SIZE)
        inner = pixels.show(1000, 2000)
        self.assertEqual(sum(self.sizes(whole, inner, *thirds)), SIZE)

    def test_buffers_beside_each_other_count_all(self):
        pixels = Pixels(SIZE)
        rows = [pixels.show(row, row + 1000) for row in range(0, SIZE, 1000)]
        self.assertEqual(self.sizes(*rows), [1000] * 1000)

    def test_view_of_such_an_array_counts_nothing(self):
        array = Pixels(SIZE).show(0, SIZE)
        self.assertEqual(self.sizes(array[::2], array), [0, SIZE])

    def test_array_that_runs_backwards_counts_all(self):
        pixels = Pixels(SIZE)
        array = pixels.show(0, SIZE)[::-1]
        address = array.__array_interface__
        backwards = Window(pixels, 0, SIZE)
        backwards.__array_interface__ = dict(address, typestr="|u1")
        del array
        self.assertEqual(self.sizes(numpy.asarray(backwards)), [SIZE])

    def test_memory_that_an_object_owns_counts_with_it(self):
        owners = [bytearray(SIZE), mmap.mmap(-1, SIZE), (ctypes.c_char * SIZE)()]
        owners.append(numpy.ones(SIZE, "u1"))
        views = [numpy.frombuffer(owner, "u1") for owner in owners]
        views.append(numpy.frombuffer(memoryview(owners[0])[10:], "u1"))
        views.append(numpy.frombuffer(bytes(SIZE), "u1"))
        self.assertEqual(self.sizes(*views), [0] * len(views))

    def test_memory_of_what_the_base_wraps_counts_with_it(self):
        array = numpy.ones(SIZE)
        strided = numpy.lib.stride_tricks.as_strided(array, (1000, 1000), (8, 8))
        self.assertNotIsInstance(strided.base, numpy.ndarray)
        self.assertEqual(self.sizes(strided), [0])

    def test_memory_behind_a_pointer_of_ctypes_is_that_of_c_code(self):
        pixels = Pixels(SIZE)
        pointer = ctypes.cast(pixels.start, ctypes.POINTER(ctypes.c_double))
        array = numpy.ctypeslib.as_array(pointer, (SIZE // 8,))
        self.assertEqual(self.sizes(array), [SIZE])

    def test_memory_of_a_program_file_counts_nothing(self):
        table = (ctypes.c_char * 64).in_dll(ctypes.pythonapi, "PyType_Type")
        self.assertEqual(self.sizes(numpy.frombuffer(table, "u1")), [0])

    def test_array_without_elements_counts_nothing(self):
        pixels = Pixels(SIZE)
        self.assertEqual(self.sizes(pixels.show(5, 5)), [0])


@unittest.skipIf(numpy is None, "needs numpy")
class ScalarsTest(unittest.TestCase):
    def test_scalars_of_one_number_are_their_struct(self):
        scalars = [numpy.float64(1), numpy.complex128(1), numpy.longdouble(1)]
        scalars += [numpy.datetime64("2020-01-01"), numpy.int8(1), numpy.bool_(True)]
        dump = dump_support.take_dump()
        self.assertEqual(
            [dump.of(scalar)["size"] for scalar in scalars],
            [type(scalar).__basicsize__ for scalar in scalars],
        )

    def test_void_counts_the_data_that_it_owns(self):
        scalar = numpy.void(b"x" * SIZE)
        size = dump_support.take_dump().of(scalar)["size"]
        self.assertEqual(size, sys.getsizeof(scalar))

    def test_void_of_an_array_refers_to_it(self):
        array = numpy.zeros(1000, [("a", "S1000"), ("b", "i8")])
        scalar = array[5]
        record = dump_support.take_dump().of(scalar)
        self.assertLess(record["size"], SMALL)

    def test_record_refers_to_its_array_and_dtype(self):
        array = numpy.zeros(10, [("a", "i8"), ("b", "O")])
        scalar = array[5]
        names = named(dump_support.take_dump().of(scalar))
        self.assertEqual(
            (names["base"], names["dtype"]), (id(array), id(scalar.dtype))
        )

    def test_objects_in_a_void_are_found(self):
        held = [u"only in " + u"a void"]
        scalar = numpy.array([(1, held)], [("a", "i8"), ("b", "O")])[0].copy()
        dump = dump_support.take_dump()
        record = dump.of(scalar)
        holders = [record] + [dump.at(address) for address in record["refs"]]
        self.assertTrue(any(id(held) in holder["refs"] for holder in holders))

    @unittest.skipIf(NUMPY_VERSION < (1, 20), "older ones keep no copy")
    def test_text_counts_the_copy_for_its_buffer(self):
        text = numpy.str_(u"x" * 1000)
        before = dump_support.take_dump().of(text)["size"]
        view = memoryview(text)
        after = dump_support.take_dump()
        self.assertGreaterEqual(after.of(text)["size"] - before, 4 * 1001)
        self.assertLess(after.of(view)["size"], SMALL)


@unittest.skipIf(numpy is None, "needs numpy")
class DtypesTest(unittest.TestCase):
    def test_dtype_refers_to_its_fields(self):
        dtype = numpy.dtype([("first", "i8"), ("second", "O")], metadata={"a": 1})
        dump = dump_support.take_dump()
        names = named(dump.of(dtype))
        self.assertEqual(dump.at(names["fields"])["len"], 2)
        self.assertEqual(names["names"], id(dtype.names))
        self.assertEqual(dump.at(names["metadata"])["len"], 1)
        self.assertEqual(names["type"], id(numpy.void))

    def test_dtype_refers_to_its_subarray(self):
        dtype = numpy.dtype(("i8", (2, 3)))
        names = named(dump_support.take_dump().of(dtype))
        self.assertEqual(names["base"], id(dtype.base))
        self.assertIn("shape", names)

    def test_simple_dtype_refers_to_its_scalars(self):
        dtype = numpy.dtype("f4")
        names = named(dump_support.take_dump().of(dtype))
        self.assertEqual(set(names) - {"__class__"}, {"type"})


class MemoryviewTest(unittest.TestCase):
    def size(self, view):
        return dump_support.take_dump().of(view)["size"]

    def test_view_of_an_owner_counts_itself(self):
        for owner in (bytearray(SIZE), b"x" * SIZE, (ctypes.c_char * SIZE)()):
            self.assertLess(self.size(memoryview(owner)), SMALL)

    def test_view_of_a_view_counts_itself(self):
        view = memoryview(memoryview(bytearray(SIZE))[5:])
        self.assertLess(self.size(view), SMALL)

    @unittest.skipUnless(sys.version_info >= (3, 3), "cannot be released")
    def test_released_view_counts_itself(self):
        view = memoryview(bytearray(SIZE))
        view.release()
        self.assertLess(self.size(view), SMALL)


if __name__ == "__main__":
    unittest.main()
