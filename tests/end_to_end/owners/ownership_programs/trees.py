"""Trees whose nodes lead back, tables that look objects up, and calls to come."""

import logging
import signal
import sys


class Page:
    def __init__(self, book):
        self.book = book
        self.text = bytearray(1000)


class Book:
    def __init__(self):
        self.pages = [Page(self) for _ in range(20)]


class Reader:
    def __init__(self):
        self.seen = bytearray(1000)

    def stop(self, signum, frame):
        return self.seen


class Proxy:
    """Stands in the place of a module, as lazy and deprecated modules do."""

    def __init__(self, module):
        self.module = module
        self.attributes = bytearray(1000)


class Filter(logging.Filter):
    def __init__(self):
        super().__init__()
        self.hidden = bytearray(1000)


library = [Book()]
reader = Reader()
visits = {}


def visit():
    """Makes the package's modules refer to what is in this one."""
    import package
    package.open_page = [library[0].pages[0]]
    package.visited = {page: bytearray(10) for page in library[0].pages}
    package.known = set(library[0].pages)
    package.callbacks = [reader.stop]
    sys.modules["package.proxy"] = package.other_name = Proxy(package.inner)


visit()
try:
    signal.signal(signal.SIGUSR2, Reader().stop)
except ValueError:  # Not in the main thread.
    pass
logging.getLogger("shop.audit").addFilter(Filter())
