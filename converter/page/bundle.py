"""Makes one page of its parts: HTML, style, modules of JavaScript, and d3's layout.

    bundle.py --template page.html --css page.css --d3 d3-hierarchy.min.js
              --licence copyright --out page_parts.cc MODULE.js...

writes a C++ source with the page's text before its data and behind it.  The modules
become one: each behind those that it imports, without `import` and `export`, so that
a name must be defined in one module only.  The page allows no script and no style but
these, which its policy knows by their SHA-256.
"""

import argparse
import base64
import hashlib
import os
import re
import sys

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+\.js)";\n', re.MULTILINE)
_DEFINITION = re.compile(r"^(export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


class BundleError(Exception):
    """A module is not as it must be; the text says which and how."""


def join(texts):
    """The modules as one, each behind what it imports.

    Args:
        texts: The text of each module, by the name of its file.

    Raises:
        BundleError: One imports what is not there, or two define the same name.
    """
    exported = {file: {found[2] for found in _DEFINITION.finditer(text) if found[1]}
                for file, text in texts.items()}
    _check_names(texts)
    order = []
    waiting = sorted(texts)
    while waiting:
        ready = [file for file in waiting
                 if all(used in order for _, used in _IMPORT.findall(texts[file]))]
        if not ready:
            raise BundleError(f"these import each other, or what is not there: {waiting}")
        order += ready
        waiting = [file for file in waiting if file not in ready]
    for file in order:
        for names, used in _IMPORT.findall(texts[file]):
            missing = {name.strip() for name in names.split(",")} - exported[used]
            if missing:
                raise BundleError(f"{file} imports {sorted(missing)}, which {used} lacks")
    return "\n".join(_bare(texts[file]) for file in order)


def _check_names(texts):
    file_of_name = {}
    for file, text in texts.items():
        for _, name in _DEFINITION.findall(text):
            if file_of_name.setdefault(name, file) != file:
                raise BundleError(f"{name} is in {file_of_name[name]} and in {file}")


def _bare(text):
    text = _IMPORT.sub("", text)
    return re.sub(r"^export ", "", text, flags=re.MULTILINE).strip() + "\n"


def page(template, css, d3, licence, modules):
    """The page's text before its data, and behind it.

    Raises:
        BundleError: A part would end the element that it stands in.
    """
    script = "\n" + join(modules)
    for text, end in ((css, "</style"), (d3, "</script"), (script, "</script"),
                      (licence, "--")):
        if end in text.lower():
            raise BundleError(f"a part has {end}: {text[:40]!r}")
    parts = {"css": css, "d3": d3, "page": script, "licences": licence, "style": _hash(css),
             "scripts": f"{_hash(d3)} {_hash(script)}"}
    before, data, behind = template.partition("{data}")
    if not data:
        raise BundleError("the template has no place for data")
    fill = lambda text: re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], text)
    return fill(before), fill(behind)


def _hash(text):
    """As a Content-Security-Policy names what it allows (CSP Level 3, section 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def source(before, behind):
    """The C++ source that holds both texts."""
    return ('#include "converter/page/page_parts.h"\n\nnamespace heapgrind {\n\n'
            f"const absl::string_view kPageBeforeData(\n    {_literal(before)});\n\n"
            f"const absl::string_view kPageBehindData(\n    {_literal(behind)});\n\n"
            "}  // namespace heapgrind\n")


def _literal(text):
    """Bytes as C++ has them: long string literals are not portable, rows of them are."""
    data = text.encode()
    rows = [data[i:i + 1000] for i in range(0, len(data), 1000)]
    quoted = ['"' + "".join(_character(byte) for byte in row) + '"' for row in rows]
    return "\n    ".join(quoted) + f",\n    {len(data)}"


def _character(byte):
    if byte in b'"\\' or not 32 <= byte < 127 or byte == ord("?"):
        return f"\\{byte:03o}"
    return chr(byte)


def _read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main():
    """Writes the source; returns the exit status."""
    parser = argparse.ArgumentParser()
    for option in ("template", "css", "d3", "licence", "out"):
        parser.add_argument(f"--{option}", required=True)
    parser.add_argument("module", nargs="+")
    options = parser.parse_args()
    modules = {os.path.basename(path): _read(path) for path in options.module}
    licence = _read(options.licence).replace("--", "- -")
    try:
        before, behind = page(_read(options.template), _read(options.css), _read(options.d3),
                              licence, modules)
    except BundleError as error:
        print(f"bundle.py: {error}", file=sys.stderr)
        return 1
    with open(options.out, "w", encoding="utf-8") as file:
        file.write(source(before, behind))
    return 0


if __name__ == "__main__":
    sys.exit(main())
