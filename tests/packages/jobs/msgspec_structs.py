"""msgspec: structs in C, decoded from JSON."""

import msgspec
import planted
import shown


class Order(msgspec.Struct):
    number: int
    parts: list[bytes]


ORDERS = []
PARTS = {}
for number in range(500):
    text = msgspec.json.encode({"number": number, "parts": [b"part %d" % i for i in range(20)]})
    ORDERS.append(msgspec.json.decode(text, type=Order))
    PARTS[number + 1000] = ORDERS[-1].parts
if ORDERS[9] != Order(9, [b"part %d" % i for i in range(20)]):
    raise RuntimeError("expected an order as it was")
for order in ORDERS:
    order.parts = []
shown.show({"module::__main__ > dict::PARTS": planted.size_of(PARTS)})
