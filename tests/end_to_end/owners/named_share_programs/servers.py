"""An asyncio server and an http server, each with open connections.

    servers.py DUMP
"""

import asyncio
import http.client
import http.server
import os
import sys
import threading

import heapgrind

_NUM_CONNECTIONS = 20


class Handler(http.server.BaseHTTPRequestHandler):
    """Keeps its connection open."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self):
        body = self.path.encode() * 100
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Says nothing."""


class Room:
    def __init__(self):
        self.members = {}

    async def talk(self, reader, writer):
        history = []
        while line := await reader.readline():
            history.append(line)
            self.members[line] = writer
            writer.write(line)


async def serve(dump):
    room = Room()
    server = await asyncio.start_server(room.talk, "127.0.0.1", 0)
    connections = []
    for number in range(_NUM_CONNECTIONS):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"client %d says hello\n" % number)
        await reader.readline()
        connections.append((reader, writer))
    background = [asyncio.create_task(asyncio.sleep(3600), name=f"tick {i}") for i in range(50)]
    await asyncio.sleep(0)
    heapgrind.dump(dump)
    os._exit(0 if background and connections else 1)  # All of it is still open.


def open_web_connections(server):
    connections = []
    for number in range(_NUM_CONNECTIONS):
        connection = http.client.HTTPConnection(*server.server_address, timeout=60)
        connection.request("GET", f"/page/{number}")
        connection.getresponse().read()
        connections.append(connection)
    return connections


web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
web.daemon_threads = True
threading.Thread(target=web.serve_forever, name="web", daemon=True).start()
web_connections = open_web_connections(web)
asyncio.run(serve(sys.argv[1]))
