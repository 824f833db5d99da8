"""Tests the answers of heapgrind walk against the dump, read again in Python."""

import unittest

from tests.end_to_end.commands import dump_oracle
from tests.end_to_end.commands.walk_answers import DUMPS, SHAPES, ask, sample_of


class OracleTest(unittest.TestCase):
    """What every answer must say, on every dump."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.oracles = {dump: dump_oracle.DumpOracle(dump) for dump in DUMPS}

    def test_path_is_as_short_as_a_breadth_first_search_finds(self):
        for dump, oracle in self.oracles.items():
            distances = oracle.distances()
            sample = sample_of(oracle.objects, 150)
            answers = ask(dump, *(f"path {address:#x}" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    if address not in distances:
                        self.assertEqual(answer["paths"], 0)
                    else:
                        self._assert_path(oracle, answer["rows"], address, distances[address])

    def _assert_path(self, oracle, rows, address, distance):
        """Asserts that rows are a path from a root, over real references."""
        steps = [row["address"] for row in rows if row["address"] is not None]
        self.assertEqual(steps[-1], address)
        if distance is not None:
            self.assertEqual(len(steps) - 1, distance)
        self.assertIn(steps[0], oracle.starts())
        for source, target in zip(steps, steps[1:]):
            self.assertIn(target, oracle.objects[source]["refs"])

    def test_paths_end_in_different_referrers_and_do_not_pass_the_object(self):
        for dump, oracle in self.oracles.items():
            referrers = oracle.referrers()
            shared = [address for address in oracle.objects if len(referrers[address]) > 3]
            sample = sample_of(shared, 20)
            answers = ask(dump, *(f"paths 1000 {address:#x}" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    self._assert_paths(oracle, answer, address)

    def _assert_paths(self, oracle, answer, address):
        last = set()
        lengths = []
        for number in range(1, answer["paths"] + 1):
            rows = [row for row in answer["rows"] if row["path"] == number]
            self._assert_path(oracle, rows, address, None)
            steps = [row["address"] for row in rows]
            self.assertNotIn(address, steps[:-1])
            last.add(steps[-2])
            lengths.append(len(steps))
        self.assertEqual(len(last), answer["paths"])
        self.assertEqual(lengths, sorted(lengths))

    def test_paths_count_all_referrers_that_are_reached_without_the_object(self):
        oracle = self.oracles[SHAPES]
        shared = [a for a, sources in oracle.referrers().items()
                  if len(sources) > 3 and a in oracle.objects]
        address = sample_of(shared, 1)[0]
        without = dump_oracle.DumpOracle(SHAPES)
        without.objects[address]["refs"] = []
        reached = without.distances()
        expected = sum(source in reached and source != address
                       for source in oracle.referrers()[address])
        expected += address in oracle.starts()
        self.assertEqual(ask(SHAPES, f"paths 100000 {address:#x}")[0]["paths"], expected)

    def test_references_are_those_of_the_dump(self):
        for dump, oracle in self.oracles.items():
            sample = sample_of(oracle.objects, 100)
            answers = ask(dump, *(f"refs {address:#x} -n 100000" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    self.assertEqual(
                        [row["address"] for row in answer["rows"]],
                        [target if target in oracle.objects else None
                         for target in oracle.objects[address]["refs"]])

    def test_references_have_the_names_of_the_dump(self):
        for dump, oracle in self.oracles.items():
            sample = sample_of((a for a, r in oracle.objects.items() if r["refs"]), 100)
            answers = ask(dump, *(f"refs {address:#x} -n 100000" for address in sample))
            for address, answer in zip(sample, answers):
                record = oracle.objects[address]
                num_pairs = record.get("pairs", 0)
                for index, name in enumerate(record.get("names", [])):
                    shown = answer["rows"][2 * num_pairs + index]["name"]
                    if name is not None and name.isidentifier():
                        self.assertEqual(shown, "." + name)
                for index in range(1, 2 * num_pairs, 2):
                    key = oracle.objects.get(record["refs"][index - 1], {})
                    if key.get("type") == "str" and key["value"].isalnum():
                        self.assertEqual(answer["rows"][index]["name"], f"['{key['value']}']")

    def test_referrers_are_those_of_the_dump_the_largest_first(self):
        for dump, oracle in self.oracles.items():
            referrers = oracle.referrers()
            sample = sample_of(oracle.objects, 100)
            answers = ask(dump, *(f"referrers {address:#x} -n 100000" for address in sample))
            for address, answer in zip(sample, answers):
                with self.subTest(dump=dump, address=address):
                    found = [row["address"] for row in answer["rows"]]
                    self.assertEqual({source for source in found if source is not None},
                                     referrers[address])
                    self.assertEqual(found.count(None),
                                     sum(address in root["refs"] for root in oracle.roots))
                    retained = [row["retained"] for row in answer["rows"]]
                    self.assertEqual(retained, sorted(retained, reverse=True))

    def test_names_lead_back_to_their_objects(self):
        for dump, oracle in self.oracles.items():
            sample = sample_of(oracle.objects, 150)
            names = [answer["name"] for answer in
                     ask(dump, *(f"info {address:#x}" for address in sample))]
            again = ask(dump, *(f"info {name}" for name in names))
            for address, name, answer in zip(sample, names, again):
                with self.subTest(dump=dump, name=name):
                    self.assertEqual(answer["address"], address)

    def test_what_is_owned_adds_up(self):
        for dump, oracle in self.oracles.items():
            sample = sample_of(oracle.objects, 60)
            infos = ask(dump, *(f"info {address:#x}" for address in sample))
            owned = ask(dump, *(f"owned {address:#x} -n 100000" for address in sample))
            types = ask(dump, *(f"types {address:#x} -n 100000" for address in sample))
            for info, owned_answer, types_answer in zip(infos, owned, types):
                with self.subTest(dump=dump, name=info["name"]):
                    own = info["retained"] - sum(r["retained"] for r in owned_answer["rows"])
                    # The __dict__ is a part of its owner, unless others share it.
                    own_dict = oracle.objects[info["dict"]]["size"] if "dict" in info else 0
                    self.assertIn(own - info["size"], (0, own_dict))
                    self.assertEqual(sum(r["bytes"] for r in types_answer["rows"]),
                                     info["retained"])

    def test_types_of_main_are_those_of_the_dump(self):
        for dump, oracle in self.oracles.items():
            with self.subTest(dump=dump):
                rows = ask(dump, "types -n 100000")[0]["rows"]
                self.assertEqual(sum(row["objects"] for row in rows), len(oracle.objects))
                self.assertEqual(sum(row["bytes"] for row in rows),
                                 sum(r["size"] for r in oracle.objects.values()))
                dicts = oracle.select("dict")
                self.assertIn(
                    (len(dicts), sum(r["size"] for r in dicts)),
                    [(row["objects"], row["bytes"]) for row in rows if row["type"] == "dict"])

    def test_find_finds_what_is_there(self):
        for dump, oracle in self.oracles.items():
            for command, records in (
                    ("find type=s?r", oracle.select("s?r")),
                    ("find value~ess", oracle.select(value="ess")),
                    ("find size>1K", oracle.select("*", "", 1024)),
                    ("find type=dict size>1000", oracle.select("dict", "", 1000))):
                with self.subTest(dump=dump, command=command):
                    answer = ask(dump, command + " -n 1000000")[0]
                    self.assertEqual({row["address"] for row in answer["rows"]},
                                     {record["address"] for record in records})
                    self.assertEqual(answer["objects"], len(records))
                    self.assertEqual(answer["bytes"], sum(r["size"] for r in records))

    def test_owners_lead_to_main(self):
        for dump, oracle in self.oracles.items():
            sample = sample_of(oracle.objects, 50)
            for answer in ask(dump, *(f"owner {a:#x} -n 100000" for a in sample)):
                retained = [row["retained"] for row in answer["rows"]]
                self.assertEqual(answer["rows"][-1]["name"], "main")
                self.assertEqual(retained, sorted(retained))

    def test_top_is_sorted_and_does_not_name_the_place_itself(self):
        for dump in DUMPS:
            rows = ask(dump, "top -n 50")[0]["rows"]
            retained = [row["retained"] for row in rows]
            self.assertEqual(retained, sorted(retained, reverse=True))
            below = ask(dump, f"top {rows[0]['address']:#x} -n 100000")[0]["rows"]
            self.assertNotIn(rows[0]["address"], [row["address"] for row in below])


if __name__ == "__main__":
    unittest.main()
