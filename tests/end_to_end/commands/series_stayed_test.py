"""Tests what heapgrind series says has come and stayed."""

import gzip
import json
import os
import tempfile
import unittest

from tests.end_to_end.commands.reporting import GROWING, command


def _series(*words):
    return command("series", *words)


def _sums(series):
    """Returns the sums of what has stayed over all rows: objects, bytes."""
    return tuple(sum(row["stayed"][key] for row in series["rows"]) for key in ("objects", "bytes"))


class StayedTest(unittest.TestCase):
    def test_first_sentence_is_that_of_diff_and_of_the_report(self):
        stayed, grew = _series(*GROWING)["sentences"]
        self.assertEqual([stayed], command("diff", *GROWING)["sentences"])
        self.assertEqual((stayed["kind"], grew["kind"]), ("stayed", "grew"))
        report = command("report", "--format=json", *GROWING)["sentences"]
        self.assertEqual([sentence["text"] for sentence in report[:2]],
                         [stayed["text"], grew["text"]])

    def test_rows_add_up_to_the_suspects_of_diff(self):
        suspects = command("diff", *GROWING)["suspects"]
        for by in ("type", "path", "package"):
            self.assertEqual(_sums(_series(f"--by={by}", *GROWING)),
                             (suspects["objects"], suspects["bytes"]))

    def test_row_says_what_came_after_the_first_dump_and_is_in_the_last(self):
        rows = {row["type"]: row for row in _series(*GROWING)["rows"]}
        self.assertEqual(rows["Session"]["stayed"], {"objects": 200, "bytes": 17600})
        # The elements of the list of requests are others in each dump.
        self.assertEqual(rows["tuple"]["stayed"], {"objects": 0, "bytes": 0})

    def test_only_types_that_were_asked_for_count(self):
        series = _series("--type=Session", *GROWING)
        self.assertEqual((_sums(series), series["sentences"]), ((200, 17600), []))

    def test_two_dumps_have_nothing_that_stayed(self):
        series = _series(*GROWING[:2])
        self.assertEqual([sentence["kind"] for sentence in series["sentences"]], ["grew"])
        self.assertNotIn("stayed", series["rows"][0])

    def test_objects_of_another_process_are_others(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "other.json")
            with gzip.open(GROWING[1], "rt", encoding="utf-8") as file:
                header, rest = json.loads(file.readline()), file.read()
            with open(path, "w", encoding="utf-8") as file:
                file.write(json.dumps({**header, "pid": header["pid"] + 1}) + "\n" + rest)
            series = _series(GROWING[0], path, GROWING[2])
        self.assertEqual([sentence["kind"] for sentence in series["sentences"]], ["grew"])
        self.assertNotIn("stayed", series["rows"][0])


if __name__ == "__main__":
    unittest.main()
