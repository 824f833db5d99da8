"""Has pip install a wheel in a folder that python_root.py makes."""

import os
import tempfile

from count_tests import Count
from python_root import Debian, run_in


def test_wheel(debian: Debian, *command: str) -> Count:
    """Runs what builds a wheel and installs it there; prints its name, and whether it works.

    Args:
        command: Prints the wheel's path first.
    """
    with tempfile.TemporaryFile() as output:
        status = run_in(debian, *command, stdout=output)
        output.seek(0)
        name = os.path.basename(output.readline().decode().strip()) or "no wheel"
    print(f"pip, {name}: {'failed' if status else 'passed'}", flush=True)
    return Count(failed=1) if status else Count(passed=1)
