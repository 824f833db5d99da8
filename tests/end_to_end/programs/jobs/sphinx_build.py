"""Sphinx: it has built the pages of a small project, and keeps its environment."""

import os

import planted
from sphinx import application

DOCSTRINGS = {}


def keep(app, what, name, thing, options, lines):
    """Keeps each docstring that autodoc reads."""
    DOCSTRINGS[f"{what} {name}"] = "\n".join(lines).encode() + bytes(1000)
    app.builder.env.seen.append(name.encode() + bytes(3000))


def begin(app):
    app.builder.env.seen = []


os.mkdir("source")
with open("source/conf.py", "w", encoding="utf-8") as file:
    file.write("extensions = ['sphinx.ext.autodoc']\nproject = 'shop'\n")
with open("source/index.rst", "w", encoding="utf-8") as file:
    file.write("Shop\n====\n\n.. toctree::\n   :glob:\n\n   api-*\n")
for name in ("json", "argparse", "logging", "http.client", "email.message"):
    with open(f"source/api-{name}.rst", "w", encoding="utf-8") as file:
        file.write(f"{name}\n{'=' * 20}\n\n.. automodule:: {name}\n   :members:\n")
app = application.Sphinx("source", "source", "html", "trees", "html", status=None, warning=None)
app.connect("builder-inited", begin)
app.connect("autodoc-process-docstring", keep)
begin(app)
app.build(force_all=True)
planted.dump({
    "module::__main__ > dict::DOCSTRINGS": planted.size_of(DOCSTRINGS),
    "Sphinx::app > BuildEnvironment:: > list::seen": planted.size_of(app.builder.env.seen)})
