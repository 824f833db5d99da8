"""Rows of four dumps, of which those that grow are told, by how much in each loop."""

import unittest

from heapgrind._growth import _loops

THREAD = "Thread::thread (Thread-7.thread)"


def grown(name, instances, sizes):
    """Returns (type, path, count, bytes) of what grows, where one row has these figures."""
    growths = _loops._grown_rows([{"owner": name, "instances": instances, "bytes": sizes}])
    return [(one.type, one.path, one.count, one.bytes) for one in growths]


class GrownRowsTest(unittest.TestCase):
    def test_more_each_time(self):
        self.assertEqual(
            grown("Session::CACHE['k7'] (shop.CACHE['k7'])", [1, 3, 4, 7], [10, 30, 40, 70]),
            [("Session", "shop.CACHE[*]", 2, 20)])

    def test_buffer_grows_by_more_than_it_needs(self):
        self.assertEqual(
            grown("bytearray::LOG (shop.LOG)", [1] * 4, [8, 16, 16, 32]),
            [("bytearray", "shop.LOG", 0, 8)])

    def test_thread_that_had_no_name_in_one_dump_is_counted(self):
        expected = [("Thread", "Thread-*.thread", 1, 800)]
        self.assertEqual(grown(THREAD, [1, 2, 3, 3], [1200, 2400, 3600, 3600]), expected)
        self.assertEqual(grown(THREAD, [1, 1, 3, 3], [1200, 1200, 3600, 3600]), [])

    def test_what_becomes_less_once_does_not_grow(self):
        self.assertEqual(grown(THREAD, [1, 3, 2, 4], [1200, 3600, 2400, 4800]), [])


if __name__ == "__main__":
    unittest.main()
