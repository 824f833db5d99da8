"""lxml: trees in C, and the links that were taken out of them."""

from lxml import etree, html
import planted
import shown

PAGE = "<html><body>" + "".join(
    f"<div class='order' id='o{i}'><a href='/orders/{i}'>order {i}</a></div>"
    for i in range(2000)) + "</body></html>"
before = shown.in_malloc()
TREES = [html.fromstring(PAGE.replace("order ", f"order {n}-")) for n in range(30)]
held = shown.in_malloc() - before
LINKS = [link.get("href") * 100 for tree in TREES[:2] for link in tree.iter("a")]
if len(etree.tostring(TREES[0])) < len(PAGE):
    raise RuntimeError("expected the whole page")
shown.show({"module::__main__ > list::LINKS": planted.size_of(LINKS)},
           {"module::__main__ > list::TREES": held})
