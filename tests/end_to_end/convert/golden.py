"""The golden files: dumps in testdata/, and the output that is expected for them."""

from typing import NamedTuple, Tuple

from tests.end_to_end.support import converter


class Case(NamedTuple):
    """One dump, converted in one way.

    name: What the test is called.
    dump: The dump, in testdata/.
    options: Options of memdump2callgrind.  A coarse --min-percent keeps the expected
        output short enough to be read.
    """

    name: str
    dump: str
    options: Tuple[str, ...] = ()

    @property
    def expected(self):
        """The path of the expected output."""
        return f"testdata/expected/{self.name}.callgrind"


CASES = (
    Case("leak", "leak.json.gz", ("--min-percent=0.5",)),
    Case("leak-by-type", "leak.json.gz", ("--min-percent=0.5", "--by=type")),
    Case("leak-32bit", "leak-32bit.json.gz", ("--min-percent=0.5", "--process")),
    Case("shapes", "shapes.json.gz", ("--min-percent=0.2",)),
    Case("shapes-by-type", "shapes.json.gz", ("--min-percent=0.2", "--by=type")),
    Case("sites", "sites.json.gz", ("--min-percent=0.05",)),
    Case("sites-by-site", "sites.json.gz", ("--by=site",)),
    Case("meliae-all", "meliae-py27-all.json.gz", ("--min-percent=0.5",)),
    Case("meliae-gc", "meliae-py27-gc.json.gz", ("--min-percent=0.5",)),
)


def convert(case):
    """Returns the output for a case, as bytes.

    Raises:
        RuntimeError: The converter failed.
    """
    result = converter.run(*case.options, f"testdata/{case.dump}")
    if result.returncode:
        raise RuntimeError(f"memdump2callgrind: {result.stderr.decode()}")
    return result.stdout
