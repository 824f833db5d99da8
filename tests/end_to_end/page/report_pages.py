"""Makes pages of reports, and reads what they carry."""

import base64
import gzip
import json
import re
import subprocess

from tests.end_to_end.support import heapgrind_program

LEAK = "testdata/leak.json.gz"
GROWING = tuple(f"testdata/growing-{number}.json.gz" for number in (1, 2, 3))

_DATA = re.compile(r'<script type="application/octet-stream" id="report">([^<]*)</script>')


def make(path, *words):
    """Writes the page of a report.

    Raises:
        RuntimeError: That failed, or said anything.
    """
    result = heapgrind_program.run("report", "-o", path, *words)
    if result.returncode or result.stdout or result.stderr:
        raise RuntimeError(f"exit status {result.returncode}: {result.stdout}{result.stderr}")


def report(*words):
    """The same report, as JSON says it."""
    return json.loads(heapgrind_program.run("report", "--format=json", *words,
                                            stderr=subprocess.DEVNULL).stdout)


def data(path):
    """The report that a page carries."""
    with open(path, encoding="utf-8") as file:
        found = _DATA.search(file.read())
    return json.loads(gzip.decompress(base64.b64decode(found[1])))
