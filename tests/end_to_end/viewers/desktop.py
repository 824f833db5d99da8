"""A desktop without a screen: an X server and a session bus, for one test.

    with Desktop() as desktop:
        subprocess.run([...], env=desktop.environment)
        desktop.screenshot("shot.png")

Needs Xvfb, dbus-daemon and ImageMagick.
"""

import os
import subprocess
import tempfile

WIDTH, HEIGHT = 1360, 850  # Pixels: few, so that pages can show text at a size to be read.


class Desktop:
    """An X server, a session bus and an empty home, gone at the end of `with`.

    Attributes:
        home: The path of the home folder.
        environment: The environment that programs on this desktop need.
    """

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="desktop-")
        self._servers = []
        self.home = self._folder.name
        runtime = os.path.join(self.home, "runtime")
        os.mkdir(runtime, 0o700)
        self.environment = {
            "HOME": self.home,
            "LANG": "C.UTF-8",
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "XDG_RUNTIME_DIR": runtime,
        }
        try:
            self._start_x_server()
            self._start_session_bus()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *unused_exception):
        for server in reversed(self._servers):
            server.kill()
            server.wait()
        self._folder.cleanup()

    def screenshot(self, path):
        """Writes what the screen shows.

        Args:
            path: The file, in PNG format.
        """
        # Windows have few colours: a palette makes the file six times smaller.
        subprocess.run(
            ["import", "-window", "root", "-strip", "+dither", "-colors", "128",
             "-define", "png:compression-level=9", "-define", "png:compression-filter=0",
             f"png8:{path}"],
            env=self.environment, check=True)

    def pixels(self):
        """Returns what the screen shows: three bytes for each pixel, row by row."""
        return subprocess.run(
            ["import", "-window", "root", "-depth", "8", "rgb:-"],
            env=self.environment, check=True, stdout=subprocess.PIPE).stdout

    def _start_x_server(self):
        # Xvfb chooses a free display and writes its number.
        number = self._start(
            lambda fd: ["Xvfb", "-displayfd", str(fd), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
                        "-nolisten", "tcp"])
        self.environment["DISPLAY"] = f":{number}"

    def _start_session_bus(self):
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._start(
            lambda fd: ["dbus-daemon", "--session", "--nofork", f"--print-address={fd}"])

    def _start(self, command):
        """Starts a server, and returns the line that it writes when it is ready."""
        reading, writing = os.pipe()
        with open(reading, encoding="utf-8") as answer:
            try:
                server = subprocess.Popen(
                    command(writing), env=self.environment, pass_fds=[writing],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE, text=True)
            finally:
                os.close(writing)
            self._servers.append(server)
            line = answer.readline().strip()
        if not line:
            server.kill()
            raise RuntimeError(f"{command('N')[0]} did not start: {server.communicate()[1]}")
        return line
