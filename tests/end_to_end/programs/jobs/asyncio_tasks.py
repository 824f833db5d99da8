"""asyncio: a thousand tasks that wait, and the sessions that they use."""

import asyncio
import os

import planted

NUM_TASKS = 1000
SESSIONS = {number * 1000: planted.rows(4) for number in range(NUM_TASKS)}
background = set()


async def handle(number, may_end):
    session = SESSIONS[number * 1000]
    draft = bytearray(8000)
    await may_end.wait()
    return session, draft


async def main():
    may_end = asyncio.Event()
    for number in range(NUM_TASKS):
        task = asyncio.create_task(handle(number, may_end))
        background.add(task)  # As the documentation of create_task recommends.
        task.add_done_callback(background.discard)
    await asyncio.sleep(0)
    planted.wait({
        "module::__main__ > dict::SESSIONS": planted.size_of(SESSIONS),
        "module::__main__ > set::background > bytearray::draft":
            NUM_TASKS * planted.size_of(bytearray(8000))})
    os._exit(0)


asyncio.run(main())
