"""What the makers of docs/pictures/ have in common: the web shop, and where they work."""

import os
import shutil
import tempfile

from tests.end_to_end.support import live_process

_WHEEL = os.path.abspath("tests/end_to_end/support/system_python.whl")


def dump_shop(folder):
    """Runs the web shop of docs/examples/ under Debian's interpreter.

    Args:
        folder: Where it is copied to; there must be neither `examples` nor `packages`.

    Returns:
        The path of its dump.
    """
    packages = os.path.join(folder, "packages")
    live_process.install(_WHEEL, packages)
    shop = shutil.copytree("docs/examples", os.path.join(folder, "examples"))
    dump = os.path.join(folder, "shop.json")
    live_process.dump(os.path.join(shop, "serve_shop.py"), dump, packages,
                      live_process.SYSTEM_PYTHON)
    return dump


def make_all(make_pictures):
    """Calls make_pictures(folder) in the checkout that `bazel run` was called in.

    The folder's path is in the pictures, so it is always the same; it is removed.
    """
    os.chdir(os.environ["BUILD_WORKSPACE_DIRECTORY"])
    os.makedirs("docs/pictures", exist_ok=True)
    folder = os.path.join(tempfile.gettempdir(), "shop")
    os.mkdir(folder)
    try:
        make_pictures(folder)
    finally:
        shutil.rmtree(folder)
