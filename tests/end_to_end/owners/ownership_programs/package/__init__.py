"""Re-exports, and shadows a submodule by a function of its name."""

from .inner import helper, Model
from .mapper import mapper
from . import inner as renamed_inner


def __getattr__(name):
    if name == "lazy":
        import importlib
        return importlib.import_module("package.lazy")
    raise AttributeError(name)
