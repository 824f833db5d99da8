"""Trees of XML: one proxy each, and all elements in C."""

from lxml import etree

import holding

TEXT = "<rows>" + "".join("<row id='%d'><cell>%d</cell></row>" % (i, i) for i in range(8000)) + "</rows>"
with holding.counted("lxml.etree._Element"):
    TREES = [etree.fromstring(TEXT) for _ in range(5)]
holding.wait()
