"""IPython: a shell in which somebody has worked for a while."""

import os

from IPython.core import interactiveshell
import planted
from traitlets import config

settings = config.Config()
settings.HistoryManager.enabled = False
settings.InteractiveShell.ipython_dir = os.getcwd()
shell = interactiveshell.InteractiveShell(config=settings)
shell.run_cell("import json, re, collections\ncache = {}")
for number in range(300):
    for cell in (f"cache[{number * 1000}] = b'answer' + bytes({number} + 1000)",
                 f"answer_{number} = json.dumps(list(range({number})))"):
        shell.run_cell(cell, store_history=True)
shell.run_cell("import planted\ntable = planted.rows(3000)", store_history=True)
planted.dump({
    "module::__main__ > list::table": planted.size_of(shell.user_ns["table"]),
    "module::__main__ > dict::cache": planted.size_of(shell.user_ns["cache"])})
