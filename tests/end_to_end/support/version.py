"""The version of the converter's programs, from where the sources say it."""

import re


def version_in(path):
    """Returns the version that a header, converter/base/version.h or scanner/version.h, defines."""
    with open(path, encoding="utf-8") as header:
        return re.search(r'kVersion\[\] = "([^"]+)"', header.read()).group(1)


VERSION = version_in("converter/base/version.h")
