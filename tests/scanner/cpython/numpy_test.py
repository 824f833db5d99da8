"""numpy arrays, whose memory and contents the garbage collector cannot see."""

import sys
import unittest

import dump_support
from dump_support import named

try:
    import numpy
except ImportError:
    numpy = None


@unittest.skipIf(numpy is None, "needs numpy")
class NumpyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.owner = numpy.zeros(1000, dtype="float64")
        cls.view = cls.owner[::2]
        cls.table = numpy.zeros((10, 20, 30), dtype="int16")
        cls.text = u"only in " + u"an array"
        cls.objects = numpy.array([cls.text, None, [1]], dtype=object)
        cls.objects_view = cls.objects[1:]
        cls.empty = numpy.array([], dtype=object)
        cls.scalar = numpy.array(5)
        cls.text_address = id(cls.text)
        del cls.text
        cls.dump = dump_support.take_dump()

    def test_owned_data_is_counted(self):
        self.assertEqual(self.dump.of(self.owner)["size"], sys.getsizeof(self.owner))
        self.assertEqual(self.dump.of(self.table)["size"], sys.getsizeof(self.table))

    def test_data_of_a_view_is_counted_with_its_base(self):
        record = self.dump.of(self.view)
        self.assertLess(record["size"], 200)
        self.assertEqual(named(record)["base"], id(self.owner))

    def test_array_has_its_dtype(self):
        self.assertEqual(named(self.dump.of(self.owner))["dtype"], id(self.owner.dtype))

    def test_objects_in_an_array_are_found(self):
        record = self.dump.of(self.objects)
        self.assertEqual(record["refs"][-3:], [id(x) for x in self.objects])
        self.assertEqual(self.dump.at(self.text_address)["value"], "only in an array")

    def test_objects_of_a_view_belong_to_its_base(self):
        record = self.dump.of(self.objects_view)
        self.assertNotIn(id(self.objects[2]), record["refs"])

    def test_empty_and_scalar_arrays(self):
        self.assertLess(self.dump.of(self.empty)["size"], 200)
        self.assertLess(self.dump.of(self.scalar)["size"], 200)

    @unittest.skipUnless(
        hasattr(getattr(numpy, "dtypes", None), "StringDType"), "needs numpy 2"
    )
    def test_strings_of_numpy_are_no_objects(self):
        array = numpy.array(["short", "long" * 100] * 100, numpy.dtypes.StringDType())
        structure = numpy.zeros(2, [("a", "i8"), ("b", "O")])
        dump = dump_support.take_dump()
        record = dump.of(array)
        self.assertEqual(record["size"], sys.getsizeof(array))
        self.assertEqual(named(record), {"dtype": id(array.dtype)})
        self.assertEqual(len(dump.of(structure)["refs"]), 3)

    def test_universal_function_has_its_loops(self):
        loops = named(self.dump.of(numpy.add)).get("_loops")
        version = tuple(int(part) for part in numpy.__version__.split(".")[:2])
        self.assertEqual(loops is not None, version >= (1, 21))
        if loops is not None:
            # A list, from numpy 2.5 on a dictionary.
            pairs = [self.dump.at(part) for part in self.dump.at(loops)["refs"]]
            methods = [self.dump.at(part) for pair in pairs for part in pair["refs"]]
            self.assertIn("_ArrayMethod", [method["type"] for method in pairs + methods])

    @unittest.skipUnless(
        type(getattr(numpy, "sum", None)).__name__ == "_ArrayFunctionDispatcher",
        "needs numpy 1.25",
    )
    def test_function_to_override_has_its_attributes(self):
        names = named(self.dump.of(numpy.sum))
        self.assertEqual(names["__dict__"], id(numpy.sum.__dict__))
        self.assertEqual(names["_implementation"], id(numpy.sum._implementation))

    def test_large_array_of_objects_needs_little_memory(self):
        array = numpy.array([float(x) for x in range(100000)], dtype=object)
        record = dump_support.take_dump().of(array)
        self.assertEqual(len(record["refs"]), 100000 + 1)

    def objects_of(self, array):
        """The addresses of the elements in an array's record."""
        record = dump_support.take_dump().of(array)
        return record["refs"][len(record.get("names", [])) :]

    def test_objects_in_fields_are_found(self):
        dtype = numpy.dtype([("a", "i1"), ("b", "O"), ("c", [("d", "f8"), ("e", "O")])])
        array = numpy.zeros(2, dtype)
        held = [[u"b0"], [u"b1"], [u"e0"], [u"e1"]]
        array["b"][0], array["b"][1] = held[:2]
        array["c"]["e"][0], array["c"]["e"][1] = held[2:]
        self.assertTrue(set(map(id, held)) <= set(self.objects_of(array)))

    def test_objects_in_subarrays_are_found(self):
        array = numpy.zeros(2, numpy.dtype([("a", "O", (2,))]))
        held = [[u"0"], [u"1"], [u"2"], [u"3"]]
        array["a"][0][0], array["a"][0][1], array["a"][1][0], array["a"][1][1] = held
        self.assertEqual(sorted(self.objects_of(array)), sorted(map(id, held)))

    def test_all_of_many_fields_are_found(self):
        names = ["f{}".format(number) for number in range(3000)]
        array = numpy.zeros(1, numpy.dtype([(name, "O") for name in names]))
        held = [[name] for name in names]
        for name, item in zip(names, held):
            array[name][0] = item
        self.assertEqual(sorted(self.objects_of(array)), sorted(map(id, held)))

    def test_objects_in_deeply_nested_fields_are_found(self):
        dtype = numpy.dtype([("a", "O"), ("b", "O", (2,))])
        for _ in range(100):
            dtype = numpy.dtype([("a", dtype), ("b", "i8")])
        array = numpy.zeros(2, dtype)
        inner = array
        while inner.dtype["a"].names is not None:
            inner = inner["a"]
        held = [[u"0"], [u"1"], [u"2"]]
        inner["a"][1] = held[0]
        inner["b"][0][0], inner["b"][1][1] = held[1:]
        self.assertTrue(set(map(id, held)) <= set(self.objects_of(array)))

    def test_fields_without_objects_refer_to_none(self):
        array = numpy.zeros(3, numpy.dtype([("a", "i8"), ("b", "S5")]))
        self.assertEqual(self.objects_of(array), [])


if __name__ == "__main__":
    unittest.main()
