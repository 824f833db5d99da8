"""The pytest plugin of heapgrind: tests that fail if the heap grows.

    pytest --heapgrind                 # every test
    @pytest.mark.no_growth             # this one, also without the option
    @pytest.mark.no_growth(loops=10, warmup=3, ignore=["*.CACHE*"])

A test that passes is run again, with its fixtures for the function, and fails if
the heap grows each time; heapgrind.assert_no_growth says how that is told.  No
module of heapgrind is imported before the first such test.
"""

import pytest
from _pytest.runner import CallInfo, call_and_report, runtestprotocol


# What pytest notes of modules that are imported.
_OF_PYTEST = ["*._marked_for_rewrite_cache*"]


def pytest_addoption(parser):
    """Adds the options."""
    group = parser.getgroup("heapgrind", "growth of the heap")
    group.addoption(
        "--heapgrind",
        action="store_true",
        help="run each test that passes again, and fail it if the heap grows each time",
    )
    group.addoption(
        "--heapgrind-loops",
        type=int,
        default=5,
        metavar="N",
        help="how many runs are compared (default: %(default)s)",
    )
    group.addoption(
        "--heapgrind-warmup",
        type=int,
        default=2,
        metavar="N",
        help="how many runs come before these (default: %(default)s)",
    )
    parser.addini(
        "heapgrind_ignore",
        "patterns of types or paths that may grow, a line each",
        type="linelist",
        default=[],
    )


def pytest_configure(config):
    """Declares the marker."""
    config.addinivalue_line(
        "markers",
        "no_growth(loops, warmup, ignore): run the test again, and fail it if the heap "
        "grows each time",
    )
    config.pluginmanager.register(Growth(config), "heapgrind-growth")


class Growth(object):
    """Runs the tests that are asked for, and counts those that it could not check."""

    def __init__(self, config):
        self._config = config
        self._unchecked = []  # Names of tests.

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        """Runs one test; what is not asked for is left to pytest."""
        marker = item.get_closest_marker("no_growth")
        if marker is None and not self._config.getoption("heapgrind"):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for report in self._reports(item, nextitem, dict(marker.kwargs) if marker else {}):
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def pytest_terminal_summary(self, terminalreporter):
        """Says which tests were not checked."""
        if not self._unchecked:
            return
        terminalreporter.section("heapgrind")
        terminalreporter.write_line(
            "not checked for growth, because they do not pass when they are run again:"
        )
        for name in self._unchecked:
            terminalreporter.write_line("  " + name)

    def _reports(self, item, nextitem, options):
        # Where it passes, only the test itself is torn down: what belongs to its class
        # and its module is there until it was run for the last time.
        reports = _run_first(item, nextitem)
        if not _has_passed(reports):
            return reports
        failure = self._failure(item, options)
        if failure is not None:
            reports = [failure if one.when == "call" else one for one in reports]
        last = runtestprotocol(item, nextitem=nextitem, log=False)[-1]
        return reports if last.passed else reports[:-1] + [last]

    def _failure(self, item, options):
        """Returns the report that the heap grows; None if it does not."""
        from heapgrind import _growth

        loops = options.get("loops", self._config.getoption("heapgrind_loops"))
        warmup = options.get("warmup", self._config.getoption("heapgrind_warmup"))
        ignore = _OF_PYTEST + list(options.get("ignore", ()))
        ignore += self._config.getini("heapgrind_ignore")
        try:
            growths = _growth.find(Repeated(item).run, loops, warmup, ignore)
        except CannotRepeat:
            self._unchecked.append(item.nodeid)
            return None
        except EnvironmentError as error:
            text = "cannot tell whether the heap grows: {}".format(error)
        else:
            if not growths:
                return None
            text = "the heap grows: " + _growth.text_of(growths)
        call = CallInfo.from_call(lambda: pytest.fail(text, pytrace=False), when="call")
        return item.ihook.pytest_runtest_makereport(item=item, call=call)


class Repeated(object):
    """A test that is run again, of which pytest keeps no record."""

    def __init__(self, item):
        self._item = item

    def run(self):
        """Runs it.  Raises CannotRepeat if it does not pass."""
        fixtures = _fixtures_there(self._item.session)
        lists = _records(self._item, fixtures)
        lengths = [len(one) for one in lists]
        reports = runtestprotocol(self._item, nextitem=self._item.parent, log=False)
        # A fixture that came meanwhile has its finalizers there.
        if _fixtures_there(self._item.session) == fixtures:
            for one, length in zip(lists, lengths):
                del one[length:]
        if not all(report.passed for report in reports):
            raise CannotRepeat()


class CannotRepeat(Exception):
    """A test does not pass when it is run again."""


def _fixtures_there(session):
    """Returns the fixtures, as pytest defines them, that are set up now."""
    tables = vars(session._fixturemanager)
    definitions = _values([tables[name] for name in _DEFINITIONS if name in tables])
    return [one for one in definitions if getattr(one, "cached_result", None) is not None]


# Where the manager of fixtures has their definitions: up to pytest 9.0, and after.
_DEFINITIONS = ("_arg2fixturedefs", "_arg2node2fixturedefs", "_arg2nodeid2fixturedefs")


def _values(groups):
    """Returns what dictionaries and lists in each other hold."""
    values = []
    while groups:
        group = groups.pop()
        for one in group.values() if hasattr(group, "values") else group:
            is_group = hasattr(one, "values") or isinstance(one, (list, tuple))
            (groups if is_group else values).append(one)
    return values


def _records(item, fixtures):
    """Returns the lists to which pytest adds something in each run of a test: its
    output and properties, and once more the finalizers of fixtures that are there."""
    state = item.session._setupstate
    if hasattr(state, "_finalizers"):  # Before pytest 7.
        finalizers = list(state._finalizers.values())
    else:
        finalizers = [finalizers for finalizers, _ in state.stack.values()]
    finalizers += [one._finalizers for one in fixtures]
    return [item._report_sections, item.user_properties] + finalizers


def _run_first(item, nextitem):
    """Returns the reports of its setup, call and teardown, as runtestprotocol does; the
    teardown of a test that passes is one before itself."""
    if hasattr(item, "_request") and not item._request:
        item._initrequest()
    reports = [call_and_report(item, "setup", log=False)]
    if reports[0].passed:
        reports.append(call_and_report(item, "call", log=False))
    then = item.parent if _has_passed(reports) else nextitem
    reports.append(call_and_report(item, "teardown", log=False, nextitem=then))
    if hasattr(item, "_request"):
        item._request = False
        item.funcargs = None
    return reports


def _has_passed(reports):
    return all(one.passed and not hasattr(one, "wasxfail") for one in reports)
