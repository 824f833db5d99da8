"""Tornado: a server that has answered, and requests that wait for something."""

import asyncio
import os

import planted
from tornado import httpclient, httpserver, testing, web

NUM_WAITING = 50


class Page(web.RequestHandler):
    """Keeps what it has answered, as an attribute of the class."""

    answers = {}

    async def get(self, number):
        body = number.encode() * 1000
        self.answers["page " + number] = body
        self.write(body)


class Wait(web.RequestHandler):
    async def get(self):
        upload = bytearray(20_000)
        news = asyncio.Event()
        self.application.readers.append(news)
        await news.wait()
        self.write(bytes(upload))


async def main():
    application = web.Application([(r"/page/(\d+)", Page), (r"/wait", Wait)])
    application.readers = []
    application.journal = planted.rows(1000)
    server = httpserver.HTTPServer(application)
    socket, port = testing.bind_unused_port()
    server.add_socket(socket)
    client = httpclient.AsyncHTTPClient(max_clients=1000)
    await asyncio.gather(*(client.fetch(f"http://127.0.0.1:{port}/page/{i}") for i in range(200)))
    waiting = [asyncio.ensure_future(client.fetch(f"http://127.0.0.1:{port}/wait"))
               for _ in range(NUM_WAITING)]
    while len(application.readers) < NUM_WAITING:
        await asyncio.sleep(0)
    planted.dump({
        "module::__main__ > class::Page > dict::answers": planted.size_of(Page.answers),
        "Application:: > list::journal": planted.size_of(application.journal),
        "coroutine::get > bytearray::upload": NUM_WAITING * planted.size_of(bytearray(20_000))})
    os._exit(0 if waiting else 1)  # All of it is still open.


asyncio.run(main())
