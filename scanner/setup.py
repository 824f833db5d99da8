"""Builds heapgrind with setuptools: pip install ./scanner."""

import os
import sys

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

SOURCE_DIR = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, SOURCE_DIR)

import build_settings  # noqa: E402


class BuildExtension(build_ext):
    """Compiles the C files with the flags for C and the others with those for C++."""

    def build_extension(self, ext):
        """Builds one extension module."""
        compile_one = self.compiler._compile

        def compile_with_flags(obj, src, suffix, cc_args, extra_args, pp_opts):
            flags = (
                build_settings.C_FLAGS
                if src.endswith(".c")
                else build_settings.CC_FLAGS
            )
            compile_one(obj, src, suffix, cc_args, extra_args + flags, pp_opts)

        self.compiler._compile = compile_with_flags
        build_ext.build_extension(self, ext)


setup(
    name="heapgrind",
    version=build_settings.version(SOURCE_DIR),
    description=build_settings.SUMMARY,
    license=build_settings.LICENSE,
    python_requires=build_settings.REQUIRES_PYTHON,
    packages=["heapgrind"],
    ext_modules=[
        Extension(
            "heapgrind._scanner",
            sources=build_settings.C_SOURCES + build_settings.CC_SOURCES,
            extra_link_args=build_settings.LINK_FLAGS,
            language="c++",
        )
    ],
    cmdclass={"build_ext": BuildExtension},
    zip_safe=False,
)
