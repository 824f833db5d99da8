"""Tasks of asyncio that wait for answers that never come."""

import asyncio

OWNER, TYPE, EACH = "waiting_tasks.PENDING", "Task", 1000
PENDING = set()
_LOOP = asyncio.new_event_loop()


async def ask(number):
    request = bytearray(2500 + number % 4)
    await _LOOP.create_future()
    return request


async def ask_all(numbers):
    for number in numbers:
        PENDING.add(_LOOP.create_task(ask(number)))
    await asyncio.sleep(0)


def run(first):
    _LOOP.run_until_complete(ask_all(range(first, first + EACH)))


def holder():
    return PENDING
