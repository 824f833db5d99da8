"""Runs tests that failed once more, if HEAPGRIND_TEST_ATTEMPTS is 2.

.ci/run asks for it: one race among ten thousand tests on a loaded machine must not
refuse a change, nor be forgotten.
"""

import os
from typing import Callable, Tuple

from count_tests import Count

VARIABLE = "HEAPGRIND_TEST_ATTEMPTS"


def variables() -> dict:
    """Returns what an environment must have for the same in another process."""
    return {VARIABLE: os.environ[VARIABLE]} if VARIABLE in os.environ else {}


def attempt(title: str, run: Callable[[], Tuple[Count, str]]) -> Tuple[Count, str]:
    """Runs tests, and those that fail once more where that is asked for.

    Args:
        title: What they are called in a line that says that they passed at last.
        run: Returns their count and log.

    Returns:
        The count and the log of the last run; what failed before stays in the log.
    """
    count, log = run()
    if not count.failed or os.environ.get(VARIABLE) != "2":
        return count, log
    again, its_log = run()
    if not again.failed:
        its_log += f"FLAKY {title}: failed, and passed when it was run again\n"
    return again, log + its_log
