"""orjson: documents parsed in Rust, and their texts."""

import orjson
import planted
import shown

DOCUMENTS = {}
for number in range(200):
    text = orjson.dumps({"lines": [f"document {number} line {i}" for i in range(40)],
                         "total": number + 0.5})
    DOCUMENTS[number + 1000] = orjson.loads(text)["lines"]
if DOCUMENTS[1007][3] != "document 7 line 3":
    raise RuntimeError("expected a line")
shown.show({"module::__main__ > dict::DOCUMENTS": planted.size_of(DOCUMENTS)})
