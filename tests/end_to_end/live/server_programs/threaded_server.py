"""A server with a thread for each connection, which keeps a session a request.

Says its port on stdout, and ends when stdin does.
"""

import http.server
import sys
import threading

SESSIONS = {}


class Session:
    """What a visitor leaves."""

    def __init__(self, path):
        self.path = path
        self.basket = [len(path), {"path": path}]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with the path asked for; the connection's end is the answer's end."""

    def do_GET(self):
        """Keeps a session and answers."""
        SESSIONS[self.path] = Session(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode("ascii"))

    def log_message(self, *unused):
        """Logs nothing."""


def main():
    """Serves until stdin ends."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()
    server.server_close()
    print(len(SESSIONS), flush=True)


if __name__ == "__main__":
    main()
