"""Where objects were allocated, as tracemalloc has traced it."""

import sys
import threading
import unittest

import dump_support
from dump_support import parse_line

try:
    import tracemalloc
except ImportError:  # Python 2.7
    tracemalloc = None

KNOWS_SITES = sys.version_info >= (3, 12) and getattr(
    sys, "_is_gil_enabled", lambda: True
)()
FRAMES = 4


class Thing(object):
    pass


def make(number):
    return [Thing() for _ in range(number)]


def sites_of(dump):
    """Returns {number: record} of the sites."""
    sites = (parse_line(line) for line in dump.lines(b'{"site": '))
    return {record["site"]: record for record in sites}


def chain(sites, record):
    """Returns [(file, line)] from the outermost frame to the record's site;
    None if it has none: blocks of a free list may be older than tracemalloc."""
    number = record.get("site")
    frames = None if number is None else []
    while number:
        site = sites[number]
        frames.insert(0, (site["file"], site.get("line", 0)))
        number = site.get("caller", 0)
    return frames


def traceback_of(item):
    """What tracemalloc itself says, in the same form."""
    found = tracemalloc.get_object_traceback(item)
    return None if found is None else [(x.filename, x.lineno) for x in found]


def take_traced_dump(**options):
    """Returns (dump, objects that were made while tracemalloc was on)."""
    tracemalloc.start(FRAMES)
    try:
        made = make(100)
        made += [[str(i)] for i in range(100)] + [{i: i} for i in range(100)]
        return dump_support.take_dump(**options), made, [traceback_of(x) for x in made]
    finally:
        tracemalloc.stop()


@unittest.skipUnless(KNOWS_SITES, "sites are known from Python 3.12 on")
class SitesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.before = Thing()
        cls.dump, cls.made, cls.tracebacks = take_traced_dump()
        cls.sites = sites_of(cls.dump)

    def test_sites_are_the_tracebacks_that_tracemalloc_gives(self):
        found = [chain(self.sites, self.dump.of(x)) for x in self.made]
        self.assertEqual(found, self.tracebacks)

    def test_most_objects_have_one(self):
        traced = [x for x in self.made if "site" in self.dump.of(x)]
        self.assertGreater(len(traced), len(self.made) // 2)

    def test_all_objects_of_one_place_have_one_site(self):
        found = {self.dump.of(x)["site"] for x in self.made[:100]}
        self.assertEqual(len(found), 1)

    def test_objects_from_before_have_none(self):
        self.assertNotIn("site", self.dump.of(self.before))

    def test_a_site_stands_before_what_refers_to_it(self):
        known = {0}
        for record in self.dump.parsed(b'"site": '):
            if "address" not in record and "site" in record:
                self.assertIn(record.get("caller", 0), known)
                self.assertNotIn(record["site"], known)
                known.add(record["site"])
            elif "address" in record:
                self.assertIn(record["site"], known)

    def test_a_site_is_written_once(self):
        frames = [
            (site["file"], site.get("line"), site.get("caller"))
            for site in self.sites.values()
        ]
        self.assertEqual(len(frames), len(set(frames)))

    def test_a_forked_copy_writes_the_same_sites(self):
        tracemalloc.start(FRAMES)
        try:
            made = make(10)
            expected = [traceback_of(x) for x in made]
            with dump_support.temporary_path() as path:
                snapshot = dump_support.heapgrind.dump(path, fork=True)
                self.assertTrue(snapshot.wait())
                with open(path, "rb") as dump_file:
                    dump = dump_support.Dump(dump_file.read())
        finally:
            tracemalloc.stop()
        sites = sites_of(dump)
        found = [chain(sites, dump.of(x)) for x in made]
        self.assertEqual(found, expected)

    def test_values_that_are_left_out_leave_the_sites(self):
        dump, made, tracebacks = take_traced_dump(values="none")
        sites = sites_of(dump)
        self.assertEqual([chain(sites, dump.of(x)) for x in made], tracebacks)

    def test_sites_fit_into_a_limited_dump(self):
        dump, _, _ = take_traced_dump(max_bytes=100000)
        self.assertLessEqual(len(dump.text), 100000)
        sites = sites_of(dump)
        lost = [x for x in dump.records(b'"site": ') if x["site"] not in sites]
        self.assertEqual(lost, [])

    def test_bytes_of_a_line_are_those_that_tracemalloc_counts(self):
        tracemalloc.start()
        try:
            # Blocks of free lists that are older than tracemalloc go first.
            drained = [([], {}) for _ in range(300)]
            # Each line allocates all that its objects own.
            made = [bytes(1000 + number) for number in range(1000)]
            first = sys._getframe().f_lineno - 1
            made.append({bytes(number): bytes(number) for number in range(1000)})
            made.append({bytes(2000 + number) for number in range(1000)})
            snapshot = tracemalloc.take_snapshot()
            dump = dump_support.take_dump()
        finally:
            tracemalloc.stop()
        lines = [first, first + 2, first + 3]
        sites = sites_of(dump)
        ours = dict.fromkeys(lines, 0)
        for record in dump.records(b'"site": '):
            site = sites.get(record.get("site"), {})
            if site.get("file") == __file__ and site["line"] in ours:
                ours[site["line"]] += record["size"]
        theirs = {
            statistic.traceback[0].lineno: statistic.size
            for statistic in snapshot.statistics("lineno")
            if statistic.traceback[0].filename == __file__
        }
        self.assertEqual((len(made), len(drained)), (1002, 300))
        self.assertGreater(min(ours.values()), 30000)
        self.assertEqual(ours, {line: theirs[line] for line in lines})

    def test_threads_that_allocate_meanwhile_go_on(self):
        tracemalloc.start(FRAMES)
        stop = threading.Event()
        counts = [0] * 4

        def work(index):
            while not stop.is_set() or counts[index] == 0:
                make(10)
                counts[index] += 1

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        try:
            for thread in threads:
                thread.start()
            dumps = [dump_support.take_dump() for _ in range(5)]
        finally:
            stop.set()
            for thread in threads:
                thread.join()
            tracemalloc.stop()
        self.assertEqual(["end" in dump.end() for dump in dumps], [True] * 5)
        self.assertGreater(min(counts), 0)


class NoSitesTest(unittest.TestCase):
    def test_without_tracemalloc_there_are_none(self):
        self.assertEqual(sites_of(dump_support.take_dump()), {})

    @unittest.skipIf(KNOWS_SITES or tracemalloc is None, "sites are known here")
    def test_where_they_are_not_known_there_are_none(self):
        tracemalloc.start()
        try:
            dump = dump_support.take_dump()
        finally:
            tracemalloc.stop()
        self.assertEqual(list(dump.parsed(b'"site": ')), [])


if __name__ == "__main__":
    unittest.main()
