"""Imports all programs of this folder, and itself a second time by its name."""

import c_types
import classes
import containers
import functions
import garbage
import named_import
import observers
import package
import patches
import running
import same_names
import settings
import star_import
import trees
import without_source


class Twin:
    """Exists twice: in __main__, and in the module of this file's name."""

    def __init__(self):
        self.load = bytearray(1000)


twins = [Twin()]

if __name__ == "__main__":
    import program
