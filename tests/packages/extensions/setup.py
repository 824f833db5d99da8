"""Compiles the extensions: setup.py build_ext --build-lib FOLDER --build-temp FOLDER."""

from Cython.Build import cythonize
from pybind11.setup_helpers import Pybind11Extension
from setuptools import setup

setup(name="own", ext_modules=cythonize(["own_cython.pyx"], build_dir="/tmp") + [
    Pybind11Extension("own_pybind", ["own_pybind.cc"])])
