"""Counts the single tests of a `bazel test` run.

Usage: count_tests.py --bazel-status=STATUS EVENTS

EVENTS is what `bazel test --build_event_json_file=EVENTS` wrote, STATUS its exit
status.  Bazel itself counts test targets.  This counts what is in them:
GoogleTest's cases, from the test.xml that each test writes, and unittest's, from
the `Ran N tests` that its runner prints.  A target that failed without a failed
case (it crashed, leaked or did not build) is one failed test.

With Bazel's --flaky_test_attempts a target that fails is run again; its last run counts.

Prints each target that failed, or that passed only when it was run again (FLAKY), and last
the line `N passed, N failed`.
Exit status: 0 when all passed and STATUS is 0, else 1.
"""

import argparse
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree
from typing import Dict, Iterable, List, NamedTuple, Optional


class Count(NamedTuple):
    """Numbers of single tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0


def add(counts: Iterable[Count]) -> Count:
    """Sums each column."""
    return Count(*map(sum, zip(Count(), *counts)))


def count_unittest(log: str) -> Optional[Count]:
    """Counts by the last summary that unittest's runner printed.

    Returns:
        None if there is no such summary.
    """
    summaries = re.findall(r"^Ran (\d+) tests? in .*\n\n(?:OK|FAILED|NO TESTS RAN)(.*)$", log, re.MULTILINE)
    if not summaries:
        return None
    num_run, details = summaries[-1]
    number_of = {name: int(number) for name, number in re.findall(r"(\w[\w ]*)=(\d+)", details)}
    failed = sum(number_of.get(name, 0) for name in ("failures", "errors", "unexpected successes"))
    skipped = number_of.get("skipped", 0)
    # Each failed subtest counts as failed, but not as run.
    return Count(max(0, int(num_run) - failed - skipped), failed, skipped)


def count_xml(text: str) -> Count:
    """Counts the test cases of a JUnit-like file, as GoogleTest and Bazel write it."""
    counts = []
    for case in xml.etree.ElementTree.fromstring(text).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            counts.append(Count(failed=1))
        elif case.get("status") == "notrun" or case.find("skipped") is not None:
            counts.append(Count(skipped=1))
        else:
            counts.append(Count(passed=1))
    return add(counts)


def count_result(result: dict) -> Count:
    """Counts what is in one `testResult` event: one run or shard of a target."""
    text_of = {}
    for output in result.get("testActionOutput", []):
        path = urllib.parse.unquote(urllib.parse.urlparse(output.get("uri", "")).path)
        if output.get("name") in ("test.log", "test.xml"):
            with open(path, encoding="utf-8", errors="replace") as file:
                text_of[output["name"]] = file.read()
    count = count_unittest(text_of.get("test.log", ""))
    if count is None:
        try:
            count = count_xml(text_of.get("test.xml", "<testsuites/>"))
        except xml.etree.ElementTree.ParseError:  # Cut off by a crash.
            count = Count()
    passed = result["status"] in ("PASSED", "FLAKY")
    return count if passed or count.failed else count._replace(failed=1)


def count_targets(events: Iterable[dict]) -> Dict[str, Count]:
    """Returns the count of each test target, by label, that the run should have run."""
    # Results of one target, by run and shard; of several attempts the last counts.
    results_of_label: Dict[str, Dict[tuple, Count]] = {}
    for event in events:
        identity = event["id"]
        if "testSize" in event.get("configured", {}):
            results_of_label.setdefault(identity["targetConfigured"]["label"], {})
        if "testResult" in event:
            key = identity["testResult"]
            results = results_of_label.setdefault(key["label"], {})
            results[key.get("run"), key.get("shard")] = count_result(event["testResult"])
    return {
        label: add(results.values()) if results else Count(failed=1)
        for label, results in results_of_label.items()
    }


def flaky_targets(events: Iterable[dict]) -> List[str]:
    """Returns the labels of targets that passed, but not the first time."""
    return sorted(event["id"]["testSummary"]["label"] for event in events
                  if event.get("testSummary", {}).get("overallStatus") == "FLAKY")


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2])
    parser.add_argument("--bazel-status", type=int, required=True)
    parser.add_argument("events", type=argparse.FileType(encoding="utf-8"))
    options = parser.parse_args(arguments)

    events = [json.loads(line) for line in options.events if line.strip()]
    count_of_label = count_targets(events)
    for label in flaky_targets(events):
        print(f"FLAKY {label}: failed, and passed when it was run again")
    for label, count in sorted(count_of_label.items()):
        if count.failed:
            print(f"FAILED {label}: {count.passed} passed, {count.failed} failed")
    total = add(count_of_label.values())
    if options.bazel_status and not total.failed:
        print(f"FAILED bazel: exit status {options.bazel_status}")
        total = total._replace(failed=1)
    if total.skipped:
        print(f"{total.skipped} skipped")
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
