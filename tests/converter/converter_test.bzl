"""A test of the converter in a line."""

load("@rules_cc//cc:defs.bzl", "cc_test")

def converter_test(name, deps = [], **attributes):
    """A small GoogleTest test: NAME.cc, with the folder of the converter that it mirrors.

    Args:
        name: The test, and its source without ".cc".
        deps: What else it uses.
        **attributes: As cc_test has them.
    """
    folder = native.package_name()[len("tests/converter/"):]
    mirrored = [] if folder == "laws" or folder == "fuzz" else ["//converter/" + folder]
    cc_test(
        name = name,
        size = "small",
        srcs = [name + ".cc"],
        deps = mirrored + deps + ["@com_google_googletest//:gtest_main"],
        **attributes
    )
