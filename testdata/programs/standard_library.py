"""Imports the standard library, as far as it is installed and safe to import."""

import importlib
import sys

# What opens windows or web pages, prints, runs a program, or wants to be imported first.
_LEFT_OUT = {"antigravity", "idlelib", "lib2to3", "this", "tkinter", "turtle", "turtledemo"}


def import_all():
    """Returns the number of modules imported."""
    count = 0
    for name in sorted(sys.stdlib_module_names - _LEFT_OUT):
        try:
            importlib.import_module(name)
            count += 1
        except ImportError:  # Of another system, or packaged apart.
            pass
    return count


if __name__ == "__main__":
    NUM_MODULES = import_all()
