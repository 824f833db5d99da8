"""What can be wrong with a page of GitHub Flavored Markdown, as far as our pages use it.

Code is what is indented by four columns; a table begins with a header and a separator.
"""

import os
import re

_SEPARATOR = re.compile(r"\|( *:?-+:? *\|)+$")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_ONLY_A_LINK = re.compile(r" *(- )?!?\[[^\]]*\]\([^()\s]+\)$")


def _text_lines(page):
    """Returns (line number, line) of a page's lines that are no code."""
    return [(number, line) for number, line in enumerate(page.splitlines(), 1)
            if not line.startswith("    ")]


def _num_cells(row):
    r"""Returns how many cells a table's row has; `\|` is no border."""
    return row.replace(r"\|", "").count("|") - 1


def _tables(page):
    """Returns the runs of lines that begin with a border, as lists of (line number, line)."""
    tables, last = [], None
    for number, line in _text_lines(page):
        if not line.startswith("|"):
            continue
        if last is None or last != number - 1:
            tables.append([])
        tables[-1].append((number, line))
        last = number
    return tables


def table_problems(page):
    """Returns (line number, problem) of each fault in the tables of a page.

    A table that an empty line divides is found by its second half, which has no header.
    """
    problems = []
    for (first, header), *rows in _tables(page):
        if len(rows) < 2 or not _SEPARATOR.match(rows[0][1]):
            problems.append((first, "expected a header, a separator and rows"))
        problems += [
            (number, f"expected {_num_cells(header)} cells, got {_num_cells(row)}")
            for number, row in rows
            if not row.endswith("|") or _num_cells(row) != _num_cells(header)]
    return problems


def wide_lines(page, columns):
    """Returns the numbers of a page's lines of text that are wider than `columns`.

    Tables and code do not count, nor do lines that are nothing but a link or a picture.
    """
    return [number for number, line in _text_lines(page)
            if len(line) > columns and not line.startswith("|") and not _ONLY_A_LINK.match(line)]


def anchors(page):
    """Returns the anchors of a page's headings, as GitHub makes them; none comes twice."""
    headings = [line.lstrip("#").strip() for _, line in _text_lines(page)
                if re.match("#+ ", line)]
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def links(page):
    """Returns (line number, target) of each link and picture of a page."""
    return [(number, target) for number, line in _text_lines(page)
            for target in _LINK.findall(re.sub(r"`[^`]*`", "`", line))]


def link_problem(path, target):
    """Returns why the link to `target` on the page at `path` leads nowhere, or None.

    Links to other sites are not followed.
    """
    if re.match("[a-z]+:", target):
        return None
    name, _, anchor = target.partition("#")
    file = os.path.normpath(os.path.join(os.path.dirname(path), name)) if name else path
    if not os.path.exists(file):
        return f"expected a file {file}"
    if not anchor:
        return None
    with open(file, encoding="utf-8") as page:
        found = anchors(page.read()).count(anchor)
    return None if found == 1 else f"expected one heading #{anchor} in {file}, got {found}"
