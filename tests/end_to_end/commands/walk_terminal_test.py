"""Tests heapgrind walk as a person types it, at a terminal."""

import os
import pty
import shlex
import subprocess
import termios
import unittest

from tests.end_to_end.support import heapgrind_program, tmux

_NUM_PROMPTS = 50  # One is enough, with luck.
_DUMP = os.path.abspath("testdata/leak.json.gz")


class WalkTerminalTest(unittest.TestCase):
    def _start(self, **options):
        """Starts a walk, and waits until it asks."""
        program = shlex.quote(heapgrind_program.PROGRAM)
        terminal = tmux.Terminal(
            f"{program} walk {shlex.quote(_DUMP)}; echo status $?; exec cat", **options)
        self.addCleanup(terminal.__exit__)
        terminal.wait_for_last("main>")
        return terminal

    def test_prompt_says_where_one_is(self):
        terminal = self._start()
        terminal.type("cd __main__.CACHE", "Enter")
        lines = terminal.wait_for_answer("__main__.CACHE>")
        self.assertEqual(lines[:2], ["main> cd __main__.CACHE", "Name     __main__.CACHE"])

    def test_sizes_are_for_people(self):
        terminal = self._start()
        terminal.type("info __main__.CACHE", "Enter")
        lines = terminal.wait_for_answer("main>")
        self.assertIn("Retained    253.4 KiB", lines)

    def test_tab_completes_commands_and_names(self):
        terminal = self._start()
        terminal.type("inf", "Tab")
        terminal.wait_for_last("main> info")
        terminal.type("__ma", "Tab", ".CA", "Tab")
        terminal.wait_for_last("main> info __main__.CACHE")
        terminal.type("['session-01", "Tab")
        terminal.wait_for_last("main> info __main__.CACHE['session-01")
        terminal.type("2", "Tab", "3", "Tab", ".d", "Tab", "Enter")
        lines = terminal.wait_for_answer("main>")
        self.assertIn("Name        __main__.CACHE['session-0123'].data", lines)

    def test_tab_lists_what_is_possible(self):
        terminal = self._start()
        terminal.type("re", "Tab")
        terminal.wait_for_last("main> ref")
        terminal.type("Tab")
        lines = terminal.wait_for(lambda lines: len(lines) > 2)
        self.assertEqual([line.split() for line in lines],
                         [["main>", "ref"], ["referrers", "refs"], ["main>", "ref"]])

    def test_up_brings_lines_back(self):
        terminal = self._start()
        terminal.type("cd __main__", "Enter")
        terminal.wait_for_answer("__main__>")
        terminal.type("back", "Enter")
        terminal.wait_for_answer("main>")
        terminal.type("Up", "Up")
        terminal.wait_for_last("main> cd __main__")
        terminal.type(".CACHE", "Enter")
        terminal.wait_for_answer("__main__.CACHE>")

    def test_lines_can_be_edited(self):
        terminal = self._start()
        terminal.type("d __main__", "C-a", "c", "C-e", ".CONFIX", "BSpace", "G", "Enter")
        terminal.wait_for_answer("__main__.CONFIG>")

    def test_ctrl_c_gives_the_line_up(self):
        terminal = self._start()
        terminal.type("cd __main__", "C-c")
        lines = terminal.wait_for_answer("main>")
        self.assertEqual(lines, ["main> cd __main__^C", "main>"])
        terminal.type("C-c")
        terminal.wait_for(lambda lines: lines[1:] == ["main> ^C", "main>"])
        terminal.type("cd __main__", "Enter")
        terminal.wait_for_answer("__main__>")

    def test_ctrl_d_ends(self):
        terminal = self._start()
        terminal.type("C-d")
        terminal.wait_for_last("status 0")

    def test_ctrl_z_suspends(self):
        program = shlex.quote(heapgrind_program.PROGRAM)
        terminal = tmux.Terminal("PS1='$ ' exec dash -i")
        self.addCleanup(terminal.__exit__)
        terminal.wait_for_last("$")
        terminal.type(f"{program} walk {shlex.quote(_DUMP)}", "Enter")
        terminal.wait_for_answer("main>")
        terminal.type("cd __main__", "C-z")
        terminal.wait_for_last("$")
        terminal.type("fg", "Enter")
        terminal.wait_for_last("main> cd __main__")
        terminal.type("Enter")
        terminal.wait_for_answer("__main__>")

    def test_keys_are_the_editors_as_soon_as_the_prompt_is_seen(self):
        ours, its = pty.openpty()
        self.addCleanup(os.close, ours)
        with subprocess.Popen([heapgrind_program.PROGRAM, "walk", _DUMP], stdin=its, stdout=its,
                              stderr=its, env={"TERM": "xterm"}) as process:
            os.close(its)
            modes = set()
            for _ in range(_NUM_PROMPTS):
                text = b""
                while not text.endswith(b"main> "):
                    text += os.read(ours, 4096)
                modes.add(termios.tcgetattr(ours)[3] & termios.ICANON)
                os.write(ours, b"\r")
            os.write(ours, b"quit\r")
        self.assertEqual((process.returncode, modes), (0, {0}))

    def test_a_failure_is_told_and_makes_the_exit_status(self):
        terminal = self._start()
        terminal.type("fnid", "Enter")
        lines = terminal.wait_for_answer("main>")
        self.assertEqual(lines[1:3], ["heapgrind walk: expected a command, got fnid",
                                      "hint: did you mean find"])
        terminal.type("quit", "Enter")
        terminal.wait_for_last("status 1")

    def test_tables_fit_the_terminal_also_after_it_is_resized(self):
        terminal = self._start(width=110)
        terminal.type("ls -n 3 __main__.CACHE", "Enter")
        lines = terminal.wait_for_answer("main>")
        self.assertIn("#  Retained  Size  Owned  Type     Name              Content", lines)
        terminal.resize(40, 24)
        terminal.type("C-l", "ls -n 3 __main__.CACHE", "Enter")
        lines = terminal.wait_for(
            lambda lines: lines[-1] == "main>" and "#  Retained  Type     Name" in
            [line[:26] for line in lines])
        self.assertLessEqual(max(len(line) for line in lines), 40)

    def test_long_lines_are_edited_on_a_terminal_that_was_resized(self):
        terminal = self._start(width=100)
        terminal.resize(50, 24)
        name = "__main__.CACHE['session-0123'].data['basket']"
        terminal.type("info " + name, "BSpace", "]", "Enter")
        lines = terminal.wait_for_answer("main>")
        self.assertIn("Name        " + name, "".join(lines))


if __name__ == "__main__":
    unittest.main()
