"""Mypy as Debian compiles it: it has checked a package of the standard library."""

import os

from mypy import build, modulefinder, options
from mypy import plugin as mypy_plugin
import planted

LINES = {}


class Notes(mypy_plugin.Plugin):
    """Keeps a note for each function that is called."""

    def __init__(self, options):
        super().__init__(options)
        self.notes = planted.rows(3000)

    def get_function_hook(self, fullname):
        LINES.setdefault(fullname + "()", fullname * 100)


with open("custom_plugin.py", "w", encoding="utf-8") as file:
    file.write("import __main__\n\ndef plugin(version):\n    return __main__.Notes\n")
settings = options.Options()
settings.plugins = [os.path.abspath("custom_plugin.py")]
settings.config_file = os.path.abspath("mypy.ini")
settings.incremental = False
settings.preserve_asts = True
settings.export_types = True
settings.check_untyped_defs = True
sources = [modulefinder.BuildSource("/usr/lib/python3.11/json/__init__.py", "json", None),
           modulefinder.BuildSource("/usr/lib/python3.11/json/decoder.py", "json.decoder", None)]
result = build.build(sources, settings)
notes = result.manager.plugin._plugins[0].notes
size = planted.size_of(notes)
del notes
planted.signal_hook({
    "module::__main__ > dict::LINES": planted.size_of(LINES),
    "BuildResult::result > Notes:: > list::notes": size})
