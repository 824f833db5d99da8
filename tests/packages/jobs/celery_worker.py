"""Celery: a worker in this process that has done its jobs, from a broker in memory."""

import celery
from celery.contrib.testing import worker
import planted
import shown

NUM_JOBS = 200
app = celery.Celery("shop", broker="memory://", backend="cache+memory://")
app.conf.worker_hijack_root_logger = False
RECEIPTS = {}


@app.task(name="send")
def send(number):
    RECEIPTS[number * 1000] = b"receipt %03d" % number + bytes(1000)
    return number


with worker.start_worker(app, perform_ping_check=False, loglevel="ERROR"):
    results = [send.delay(number) for number in range(NUM_JOBS)]
    if [result.get(timeout=60) for result in results] != list(range(NUM_JOBS)):
        raise RuntimeError("expected the number of each job")
    shown.show({"module::__main__ > dict::RECEIPTS": planted.size_of(RECEIPTS)})
