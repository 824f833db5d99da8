"""Makes the pictures of README.md and docs/using.md, in docs/pictures/.

    ./run screenshots

Runs the web shop of docs/examples/ under Debian's interpreter, dumps its heap,
converts it and shows it in KCachegrind; and so a series of dumps in testdata/.
"""

import os
import shutil

from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import shop_pictures
from tests.end_to_end.viewers.desktop import Desktop
from tests.end_to_end.viewers.kcachegrind import KCachegrind, View

_CACHE = "dict::CACHE (shop.sessions.CACHE)"
_SESSION_DATA = "dict::data (shop.sessions.CACHE[*].data)"

# How the dump is converted, and with which options.
_CONVERSIONS = {"path": "--by=path", "type": "--by=type", "process": "--process"}
_SERIES = [os.path.abspath(f"testdata/growing-{n}.json.gz") for n in (1, 2, 3)]

_SITES = os.path.abspath("testdata/sites.json.gz")
_SITES_PROGRAM = os.path.abspath("testdata/programs/gallery.py")
_SITES_FOLDER = "/tmp/heapgrind-testdata"  # Where the program was when it was dumped.
_WORKERS = [os.path.abspath(f"testdata/{name}.json.gz") for name in ("leak", "growing-3")]

# Name of the picture, how the dump is converted, what is shown.
_PICTURES = (
    ("heap", "path", View(function="module::shop (shop)")),
    ("packages", "path", View(bottom="CalleeView", group="ELF Object")),
    ("leak", "path", View(group="Class", function=_CACHE)),
    ("holders", "path", View(top="AllCallerView", function=_SESSION_DATA)),
    ("process", "process", View(bottom="CalleeView")),
    ("source", "path", View(top="SourceView", bottom="CalleeView",
                            group="Source File", function=_CACHE)),
    ("types", "type", View(function="dict")),
    ("series", "series", View(bottom="PartView", group="Class",
                              function="dict::CACHE (__main__.CACHE)")),
    ("made", "made", View(top="SourceView", group="Source File",
                          function="bytes::[*] (__main__.PICTURES[*])")),
    ("sites", "sites", View(top="SourceView", group="Class",
                            function="gallery.py::serve (line 33)")),
    ("workers", "workers", View(bottom="CalleeView", group="ELF Object")),
)
_FLAT_PROFILE_WIDTH = 560  # Pixels.


def make_pictures(folder):
    """Writes the pictures.

    Args:
        folder: A folder for what is needed on the way.  Its path is in the pictures.
    """
    dump = shop_pictures.dump_shop(folder)
    path_of = {}
    for way, option in _CONVERSIONS.items():
        path_of[way] = os.path.join(folder, f"callgrind.out.shop-{way}")
        converter.convert(dump, path_of[way], option)
    path_of["series"] = _write_series(folder)
    path_of.update(_convert_testdata(folder))
    for name, way, view in _PICTURES:
        with Desktop() as desktop, KCachegrind(desktop, path_of[way], view) as window:
            window.wait_until_drawn()
            window.widen_flat_profile(_FLAT_PROFILE_WIDTH)
            desktop.screenshot(f"docs/pictures/{name}.png")


def _write_series(folder):
    """Returns how the names of its profiles begin."""
    prefix = os.path.join(folder, "callgrind.out.growing")
    result = heapgrind_program.run("series", "-o", prefix, *_SERIES)
    if result.returncode or result.stderr:
        raise RuntimeError(result.stderr)
    return prefix


def _convert_testdata(folder):
    """Returns the paths of profiles of dumps in testdata/, by how they were made."""
    shutil.copy(_SITES_PROGRAM, folder)
    prefix = f"--source-prefix={_SITES_FOLDER}={folder}"
    path_of = {way: os.path.join(folder, f"callgrind.out.{way}")
               for way in ("made", "sites", "workers")}
    converter.convert(_SITES, path_of["made"], prefix)
    converter.convert(_SITES, path_of["sites"], prefix, "--by=site")
    converter.convert(_WORKERS[0], path_of["workers"], _WORKERS[1])
    return path_of


if __name__ == "__main__":
    shop_pictures.make_all(make_pictures)
