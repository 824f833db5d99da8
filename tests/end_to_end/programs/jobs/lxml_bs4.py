"""lxml and Beautiful Soup: trees of both, and what a crawler keeps of each page."""

import bs4
from lxml import etree, html
import planted

PAGE = "<html><body>" + "".join(
    f"<div class='order' id='o{i}'><a href='/orders/{i}'>order {i}</a><p>text {i}</p></div>"
    for i in range(300)) + "</body></html>"


class Crawler:
    def __init__(self):
        self.pages = {}
        self.soups = []
        self.trees = []

    def visit(self, number):
        text = PAGE.replace("order ", f"order {number}-")
        self.pages[number * 1000] = text.encode()
        self.soups.append(bs4.BeautifulSoup(text, "lxml"))
        self.trees.append(html.fromstring(text))
        self.trees.append(etree.fromstring(text, etree.HTMLParser()))


def remember(links):
    """Returns a function that alone holds the links."""
    return lambda number: links[number]


crawler = Crawler()
for page in range(20):
    crawler.visit(page)
links = [link.get("href") * 100 for tree in crawler.trees for link in tree.iter("a")]
link_of = remember(links)
size = planted.size_of(links)
del links
planted.signal_hook({
    "Crawler::crawler > dict::pages": planted.size_of(crawler.pages),
    "def::<lambda> (__main__.link_of) > list::": size})
