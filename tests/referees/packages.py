"""Installs the referees that npm has, once, below ~/.cache/heapgrind/referees."""

import os
import subprocess

# Tested with these.
_VERSIONS = {"@memlab/core": "2.0.5", "chrome-devtools-frontend": "1.0.1705227",
             "esbuild": "0.28.2", "speedscope": "1.25.0"}
_WORKER = "front_end/entrypoints/heap_snapshot_worker/heap_snapshot_worker.ts"
# Generated in Chromium's own build, and not in the package.
_LOCALES = """\
export const LOCALES = ["en-US"];
export const BUNDLED_LOCALES = ["en-US"];
export const DEFAULT_LOCALE = "en-US";
export const REMOTE_FETCH_PATTERN = "";
export const LOCAL_FETCH_PATTERN = "";
"""


class Packages:
    """Where the referees are; installs them."""

    def __init__(self):
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        self._folder = os.path.join(cache, "heapgrind", "referees")
        os.makedirs(self._folder, exist_ok=True)
        missing = [f"{name}@{version}" for name, version in _VERSIONS.items()
                   if not os.path.exists(self._path(name))]
        if missing:
            # Their scripts would download browsers.
            self._run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *missing)

    def memlab(self):
        return self._folder

    def speedscope(self):
        return self._path("speedscope", "dist", "release")

    def devtools(self):
        """The library as one module."""
        module = os.path.join(self._folder, "devtools.mjs")
        if not os.path.exists(module):
            source = self._path("chrome-devtools-frontend")
            with open(os.path.join(source, "front_end/core/i18n/locales.js"), "w",
                      encoding="utf-8") as file:
                file.write(_LOCALES)
            self._run("node", self._path("esbuild", "install.js"))
            self._run(self._path(".bin", "esbuild"), os.path.join(source, _WORKER), "--bundle",
                      "--format=esm", "--platform=node", "--log-level=warning", f"--outfile={module}")
        return module

    def _path(self, *names):
        return os.path.join(self._folder, "node_modules", *names)

    def _run(self, *words):
        subprocess.run(words, check=True, cwd=self._folder, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL)
