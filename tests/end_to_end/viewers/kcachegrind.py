"""The real KCachegrind, on a desktop without a screen.

    with Desktop() as desktop, KCachegrind(desktop, "callgrind.out.app", View()) as window:
        window.wait_until_drawn()
        print(window.messages())
        desktop.screenshot("shot.png")

What is to be seen is set beforehand, in KCachegrind's settings file: that is exact,
and needs no clicks.  Facts about the settings: KCachegrind 22.12, the file
kcachegrindrc that it writes when it ends.
"""

import os
import re
import subprocess
import time
from typing import NamedTuple

from tests.end_to_end.viewers import desktop as desktop_module
from tests.end_to_end.viewers.screen import Screen

_PATIENCE = 60  # Seconds after which a window that still changes is an error.
_SCROLL_BAR = 21  # Pixels from a list's last column to the middle of the gap right of it.


class View(NamedTuple):
    """What KCachegrind shows.

    top: The tab on top: TypeView, CallerView, AllCallerView, CalleeMapView, SourceView.
    bottom: The tab below: CalleeView, CallGraphView, AllCalleeView, CallerMapView.
    group: The grouping of the flat profile: Function (none), ELF Object, Source File, Class.
    event: The short name of the event shown.
    function: The name of the function that is selected at the start.
    """

    top: str = "CalleeMapView"
    bottom: str = "CallGraphView"
    group: str = "Function"
    event: str = "Bytes"
    function: str = "main"


def _settings(view):
    size = f"{desktop_module.WIDTH}x{desktop_module.HEIGHT} screen"
    return f"""[TipOfDay]
RunOnStart=false

[CurrentState]
EventType={view.event}
GroupType={view.group}

[MainView]
ActivePanel=TabView-1
Panels=1

[MainView-TabView-1]
ActiveTop={view.top}
ActiveBottom={view.bottom}
ActiveItemName={view.function}
ActiveItemType=Function

[MainView-TabView-1-CalleeMapView]
Shading=false

[MainWindow]
{size}: Width={desktop_module.WIDTH}
{size}: Height={desktop_module.HEIGHT}
"""


class KCachegrind:
    """KCachegrind with one file open, killed at the end of `with`."""

    def __init__(self, desktop, path, view=View()):
        """Starts it.

        Args:
            desktop: A Desktop.  Its settings of KCachegrind are overwritten.
            path: The callgrind file.
            view: What to show.
        """
        self._desktop = desktop
        self._view = view
        folder = os.path.join(desktop.home, ".config")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "kcachegrindrc"), "w", encoding="utf-8") as file:
            file.write(_settings(view))
        self._log = os.path.join(desktop.home, "kcachegrind.log")
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                ["kcachegrind", os.path.abspath(path)],
                # Else Qt may log to the journal.
                env={**desktop.environment, "QT_LOGGING_TO_CONSOLE": "1"},
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)

    def __enter__(self):
        return self

    def __exit__(self, *unused_exception):
        self._process.kill()
        self._process.wait()

    def messages(self):
        """Returns the lines that it printed so far, without those of its Call Graph."""
        with open(self._log, encoding="utf-8", errors="replace") as file:
            lines = [re.sub(" +", " ", line.strip()) for line in file]
        return [line for line in lines if not line.startswith("CallGraphView::")]

    def wait_until_drawn(self):
        """Waits until the file is loaded and two looks at the screen are the same.

        Raises:
            RuntimeError: KCachegrind ended, or does not come to rest.
        """
        deadline = time.monotonic() + _PATIENCE
        self._wait_for_line(r'(Selected |Loading .*Skipping)', deadline)
        if self._view.bottom == "CallGraphView" and not self._refused():
            self._wait_for_line("CallGraphView::dotExited", deadline)
        before, pixels = None, self._desktop.pixels()
        while pixels != before:
            self._check(deadline)
            time.sleep(0.3)
            before, pixels = pixels, self._desktop.pixels()

    def widen_flat_profile(self, width):
        """Drags the right edge of the flat profile, and that of its column of names as far.

        At first both are so narrow that names are cut off.

        Args:
            width: Where the edge is to be, in pixels from the left, as far as the other
                parts of the window leave room.

        Raises:
            RuntimeError: The edge or the column is not found on the screen.
        """
        below_handle = desktop_module.HEIGHT * 2 // 3  # The edge has a handle in the middle.
        self._drag(self._screen().gap_right_of_list(below_handle), width, below_handle)
        screen = self._screen()
        edge = screen.gap_right_of_list(below_handle)  # Left of `width`, if need be.
        x, y = screen.last_column_border(edge)
        self._drag(x, edge - _SCROLL_BAR, y)

    def _screen(self):
        return Screen(self._desktop.pixels(), desktop_module.WIDTH)

    def _drag(self, start, end, y):
        """Presses the mouse at (start, y), and releases it at (end, y)."""
        steps = []
        for x in [*range(start, end, 20 if start < end else -20), end]:
            steps += ["mousemove", str(x), str(y), "sleep", "0.02"]
        subprocess.run(
            ["xdotool", "mousemove", str(start), str(y), "sleep", "0.2", "mousedown", "1",
             *steps, "mouseup", "1", "mousemove", "0", "0"],
            env=self._desktop.environment, check=True)
        self.wait_until_drawn()

    def _refused(self):
        return any(line.endswith('Skipping file"') for line in self.messages())

    def _wait_for_line(self, pattern, deadline):
        while True:
            with open(self._log, encoding="utf-8", errors="replace") as file:
                if re.search("^" + pattern, file.read(), re.MULTILINE):
                    return
            self._check(deadline)
            time.sleep(0.05)

    def _check(self, deadline):
        status = self._process.poll()
        if status is None and time.monotonic() < deadline:
            return
        problem = "is not at rest" if status is None else f"ended with status {status}"
        raise RuntimeError(f"KCachegrind {problem}; it said {self.messages()}")
