"""What runs and what waits: threads, generators, coroutines, tasks."""

import asyncio
import contextvars
import threading


class Service:
    """Is `self` in a running frame, and a variable of this module."""

    def __init__(self):
        self.sessions = [bytearray(1000)]

    def serve(self, ready, may_end):
        ready.set()
        may_end.wait()


class Server(threading.Thread):
    """A thread that a variable of this module refers to."""

    def __init__(self):
        super().__init__(name="server", daemon=True)
        self.sessions = [bytearray(1000)]
        self.ready, self.may_end = threading.Event(), threading.Event()

    def run(self):
        request = bytearray(3000)
        self.serve([request])

    def serve(self, requests):
        answers = {"body": bytearray(2000)}
        self.ready.set()
        self.may_end.wait()
        return requests, answers


class Worker:
    """Is held by nothing but the frame that runs it."""

    def __init__(self):
        self.results = [bytearray(1000)]

    def work(self, ready, may_end):
        ready.set()
        may_end.wait()


_per_thread = threading.local()


def use_thread_data(ready, may_end):
    _per_thread.buffers = [bytearray(1000)]
    ready.set()
    may_end.wait()


def produce(limit):
    lines = [bytearray(1000)]
    yield len(lines)
    yield limit


async def fetch(event):
    page = bytearray(1000)
    await event.wait()
    return page


async def wait_for(event):
    holder = [bytearray(1000)]
    await fetch(event)
    return holder


async def serve(number, event):
    session = SESSIONS[number]
    await event.wait()
    return session


async def job(event):
    draft = bytearray(2000)
    await event.wait()
    return draft


async def wait_for_jobs(ready, may_end):
    event = asyncio.Event()
    jobs = [asyncio.ensure_future(job(event)) for _ in range(20)]
    await asyncio.sleep(0)
    ready.set()
    may_end.wait()
    return jobs


def run_jobs(ready, may_end):
    asyncio.new_event_loop().run_until_complete(wait_for_jobs(ready, may_end))


def start(target):
    ready, may_end = threading.Event(), threading.Event()
    threading.Thread(target=target, args=(ready, may_end), name=target.__name__,
                     daemon=True).start()
    ready.wait()


# Each is a variable of a task that waits; all tasks are in a set, as asyncio asks for.
SESSIONS = {number: [bytearray(2000)] for number in range(3)}

service = Service()
start(service.serve)
server = Server()
server.start()
server.ready.wait()
start(Worker().work)
start(use_thread_data)
start(run_jobs)
producer = produce(10)
next(producer)
loop = asyncio.new_event_loop()
event = asyncio.Event()
task = loop.create_task(wait_for(event), name="waiting")
tasks = {loop.create_task(serve(number, event), name="serving") for number in SESSIONS}
loop.run_until_complete(asyncio.sleep(0))
variable = contextvars.ContextVar("request")
variable.set([bytearray(1000)])
