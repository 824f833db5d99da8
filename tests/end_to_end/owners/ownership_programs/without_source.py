"""Makes modules whose source is not there, and that share variables."""

import sys
import types


def _module(name, **variables):
    module = types.ModuleType(name)
    vars(module).update(variables)
    sys.modules[name] = module
    return module


class _LazyModule(types.ModuleType):
    def __getattr__(self, name):
        value = [bytearray(1000)]
        setattr(self, name, value)
        return value


def make():
    engine_class = type("Engine", (), {"__module__": "made_models"})
    engine = engine_class()
    engine.parts = bytearray(1000)
    shared_config = {"level": bytearray(1000)}
    _module("made_models", Engine=engine_class, engine=engine)
    _module("made_views", engine=engine, options=shared_config)
    _module("made_tasks", engine=engine, options=shared_config)
    sys.modules["made_lazily"] = _LazyModule("made_lazily")
    len(sys.modules["made_lazily"].first_used)


make()
