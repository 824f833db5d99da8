"""A test of the scanner in a line."""

load("@rules_python//python:defs.bzl", "py_test")

def scanner_test(path, name = None, size = "small", srcs = [], deps = [":support"], **attributes):
    """A test in a file of this package, called as the file is.

    Args:
        path: The file, without ".py".
        name: What else the test is called.
        size: As py_test has it.
        srcs: Other sources.
        deps: What it uses.
        **attributes: As py_test has them.
    """
    py_test(
        name = name or path.split("/")[-1],
        size = size,
        srcs = [path + ".py"] + srcs,
        main = path + ".py",
        deps = deps,
        **attributes
    )
