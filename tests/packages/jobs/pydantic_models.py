"""pydantic: models that are validated in Rust, and what their attributes hold."""

import planted
import pydantic
import shown


class Item(pydantic.BaseModel):
    name: str
    price: float


class Order(pydantic.BaseModel):
    number: int
    items: list[Item]
    scan: bytes


ORDERS = {}
for number in range(1000):
    order = Order.model_validate_json(
        '{"number": %d, "items": [{"name": "book", "price": "9.5"}], "scan": "%s"}'
        % (number, "x" * 800))
    ORDERS[number] = order
SCANS = []
for order in ORDERS.values():
    SCANS.append(order.scan)
    order.scan = b""
RECEIPTS = {number + 1000: planted.rows(2) for number in range(300)}
if sum(item.price for order in ORDERS.values() for item in order.items) != 9500:
    raise RuntimeError("expected the prices of all items")
shown.show({"module::__main__ > list::SCANS": planted.size_of(SCANS),
            "module::__main__ > dict::RECEIPTS": planted.size_of(RECEIPTS)})
