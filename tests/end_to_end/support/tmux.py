"""A terminal with a program in it, and somebody who types: tmux."""

import os
import subprocess
import tempfile
import time

_PATIENCE = 60  # Seconds until what is awaited must be there.


class Terminal:
    """A terminal of its own; a context manager, which ends what runs in it."""

    def __init__(self, command, width=80, height=24):
        """Starts a command.

        Args:
            command: A line for the shell.
            width, height: Characters.
        """
        self._folder = tempfile.TemporaryDirectory()
        self._socket = os.path.join(self._folder.name, "tmux")
        self._tmux("new-session", "-d", "-x", str(width), "-y", str(height), "env", "-u", "COLUMNS",
                   "NO_COLOR=1", "sh", "-c", command)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._tmux("kill-server", check=False)
        self._folder.cleanup()

    def _tmux(self, *words, check=True):
        return subprocess.run(
            ["tmux", "-f", "/dev/null", "-S", self._socket, *words], check=check,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            encoding="utf-8", env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
                                   "HOME": self._folder.name, "TERM": "xterm"}).stdout

    def type(self, *keys):
        """Types keys, by tmux' names: "ls", "Enter", "Tab", "Up", "C-c"."""
        self._tmux("send-keys", *keys)

    def resize(self, width, height):
        """Makes the terminal larger or smaller."""
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def screen(self):
        """Returns the lines that are to be seen, without blanks and blank lines at their ends."""
        return [line.rstrip() for line in self._tmux("capture-pane", "-p").rstrip().split("\n")]

    def wait_for(self, is_there):
        """Returns the screen once is_there(lines) is true of it.

        Raises:
            AssertionError: It never is.
        """
        deadline = time.monotonic() + _PATIENCE
        while True:
            lines = self.screen()
            if is_there(lines):
                return lines
            if time.monotonic() > deadline:
                raise AssertionError("not what is expected:\n" + "\n".join(lines))

    def wait_for_last(self, text):
        """Returns the screen once its last line is a text."""
        return self.wait_for(lambda lines: lines[-1] == text)

    def wait_for_answer(self, prompt):
        """Returns the screen once its last line is a prompt, below other lines."""
        return self.wait_for(lambda lines: len(lines) > 1 and lines[-1] == prompt)
