"""FastAPI behind uvicorn, in a thread, with requests over a socket."""

import threading
import time
import urllib.request

import fastapi
import planted
import uvicorn
import shown

app = fastapi.FastAPI()


class Store:
    def __init__(self):
        self.baskets = {}


store = Store()


@app.get("/basket/{number}")
async def basket(number: int):
    store.baskets[number * 1000] = planted.rows(20)
    return {"rows": len(store.baskets[number * 1000])}


server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
thread = threading.Thread(target=server.run)
thread.start()
while not server.started:
    time.sleep(0.01)
port = server.servers[0].sockets[0].getsockname()[1]
for number in range(100):
    url = f"http://127.0.0.1:{port}/basket/{number}"
    with urllib.request.urlopen(url) as answer:
        if answer.read() != b'{"rows":20}':
            raise RuntimeError("expected the rows of a basket")
shown.show({"dict::baskets": planted.size_of(store.baskets)})
server.should_exit = True
thread.join()
