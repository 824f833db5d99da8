"""A price server that leaks: the program of `./run leak`.

Serves 20 000 visits to 400 products, in this process, then ends.  It remembers the
pages that it has made, as servers do.  Needs the standard library alone; takes a
second and 45 MB.

    ./run heapgrind run -o prices.json docs/examples/serve_prices.py
"""

import sys
from wsgiref.util import setup_testing_defaults

NUM_VISITS = 20_000
NUM_PRODUCTS = 400

# Product number to price in cents: what the server is for.
PRICES = {product: 100 + product * 37 % 9900 for product in range(NUM_PRODUCTS)}

# URL to page.  The leak: links in newsletters carry the reader's number (`?reader=...`),
# which changes nothing on the page but makes each visit a URL of its own.  The cache was
# meant for 400 pages, and nothing limits it.
PAGES = {}


class Page:
    """What is sent for one URL."""

    def __init__(self, product):
        self.title = f"Product {product}"
        price = PRICES[product] / 100
        self.body = f"<h1>{self.title}</h1><p>{price:.2f} EUR</p>".encode().ljust(1024)


def serve(environ, start_response):
    """The server, as WSGI (PEP 3333) wants it."""
    url = environ["PATH_INFO"] + "?" + environ["QUERY_STRING"]
    if url not in PAGES:
        PAGES[url] = Page(int(environ["PATH_INFO"].rpartition("/")[2]))
    start_response("200 OK", [("Content-Type", "text/html")])
    return [PAGES[url].body]


def visit(reader):
    """Lets a reader of the newsletter open a page.  Returns the number of bytes sent."""
    environ = {"PATH_INFO": f"/product/{reader % NUM_PRODUCTS}",
               "QUERY_STRING": f"reader={reader}"}
    setup_testing_defaults(environ)
    return sum(map(len, serve(environ, lambda status, headers: None)))


if __name__ == "__main__":
    print(sum(map(visit, range(NUM_VISITS))), "bytes served", file=sys.stderr)
