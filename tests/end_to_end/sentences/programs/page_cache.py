"""A web application that keeps each page that it has rendered."""

OWNER, TYPE, EACH = "page_cache.CACHE", "Page", 1000
CACHE = {}


class Page:
    def __init__(self, url):
        self.url = url
        self.html = "<p>" + url * 150
        self.headers = {"X-Request": url + "#", "Content-Length": str(len(self.html))}


def run(first):
    for number in range(first, first + EACH):
        url = f"/items/{number}?page=1"
        if url not in CACHE:
            CACHE[url] = Page(url)


def holder():
    return CACHE
