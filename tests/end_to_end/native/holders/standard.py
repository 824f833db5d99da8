"""Modules of the standard library that keep memory in C."""

import hashlib
import os
import pyexpat
import zlib

import holding

STREAMS, PARSERS, HASHES = [], [], []

with holding.counted("zlib.Compress"):
    for number in range(40):
        stream = zlib.compressobj()
        stream.compress(b"%d" % number * 1000)
        STREAMS.append(stream)
with holding.counted("pyexpat.xmlparser"):
    for number in range(200):
        parser = pyexpat.ParserCreate()
        parser.Parse("<a><b c='%d'>" % number + "<d>" * 50)
        PARSERS.append(parser)
with holding.counted("_hashlib.HASH"):
    for number in range(2000):
        HASHES.append(hashlib.sha256(os.urandom(10)))
holding.wait()
