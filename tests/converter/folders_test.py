"""Every #include of the converter keeps to the table in converter/folders.bzl."""

import os
import re
import tempfile
import unittest

_INCLUDE = re.compile(r'^#include "(converter/[^"]+)"', re.MULTILINE)


def _may_use():
    """The table: folder to the folders that it may include."""
    names = {"load": lambda *_: None}
    with open("converter/folders.bzl", encoding="utf-8") as file:
        exec(file.read(), names)  # Starlark of this kind is Python.
    return names["MAY_USE"]


def _folder(path):
    return os.path.dirname(path)[len("converter/"):]


def _sources(top):
    """The paths of the converter's sources below `top`, from there."""
    for folder, _, files in os.walk(os.path.join(top, "converter")):
        for name in files:
            if name.endswith((".h", ".cc")):
                yield os.path.relpath(os.path.join(folder, name), top)


def _forbidden(top, may_use):
    """A line for each include that the table does not allow."""
    for path in sorted(_sources(top)):
        with open(os.path.join(top, path), encoding="utf-8") as file:
            included = _INCLUDE.findall(file.read())
        # The programs in the top folder use what they want.
        allowed = may_use[_folder(path)] + [_folder(path)] if _folder(path) else None
        for header in included:
            if allowed is not None and _folder(header) not in allowed:
                yield f"{path} includes {header}"


class FoldersTest(unittest.TestCase):
    def test_every_include_is_in_the_table(self):
        self.assertEqual(list(_forbidden(".", _may_use())), [])

    def test_table_has_every_folder(self):
        folders = {_folder(path) for path in _sources(".")} - {""}
        self.assertEqual(set(_may_use()), folders)

    def test_folder_uses_only_those_above_it_in_the_table(self):
        above = []
        for folder, used in _may_use().items():
            self.assertEqual([name for name in used if name not in above], [], folder)
            above.append(folder)

    def test_include_against_the_direction_is_found(self):
        with tempfile.TemporaryDirectory() as top:
            os.makedirs(os.path.join(top, "converter/graph"))
            with open(os.path.join(top, "converter/graph/tree.h"), "w", encoding="utf-8") as file:
                file.write('#include "converter/base/text.h"\n#include "converter/profile/rows.h"\n')
            self.assertEqual(list(_forbidden(top, {"graph": ["base"]})),
                             ["converter/graph/tree.h includes converter/profile/rows.h"])


if __name__ == "__main__":
    unittest.main()
