"""aiohttp: web sockets that are open, whose sessions the application keeps."""

import asyncio
import os

import aiohttp
from aiohttp import web
import planted

NUM_CLIENTS = 100


class Hub:
    """Knows who is there."""

    def __init__(self):
        self.sessions = {}

    async def talk(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        history = bytearray(20_000)
        async for message in socket:
            self.sessions[message.data.encode()] = planted.rows(10)
            await socket.send_bytes(history[:10])
        return socket


async def main():
    hub = Hub()
    app = web.Application()
    app["hub"] = hub
    app.router.add_get("/talk", hub.talk)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:
        sockets = []
        for number in range(NUM_CLIENTS):
            socket = await client.ws_connect(f"http://{host}:{port}/talk")
            await socket.send_str(f"client {number}")
            await socket.receive_bytes()
            sockets.append(socket)
        planted.dump({
            "Hub:: > dict::sessions": planted.size_of(hub.sessions),
            "coroutine::talk > bytearray::history":
                NUM_CLIENTS * planted.size_of(bytearray(20_000))})
        os._exit(0)  # All of it is still open.


asyncio.run(main())
