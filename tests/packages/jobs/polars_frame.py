"""polars: a frame in Rust's memory, and rows that were taken out of it."""

import planted
import polars
import shown

NUM_ROWS = 1_000_000
FRAME = polars.DataFrame({"day": [i % 365 for i in range(NUM_ROWS)],
                          "price": [i / 7 for i in range(NUM_ROWS)]})
totals = FRAME.group_by("day").agg(polars.col("price").sum()).sort("day")
INVOICES = [b"invoice %d" % int(price) + bytes(2000) for price in totals["price"]]
if len(INVOICES) != 365:
    raise RuntimeError("expected an invoice for each day")
shown.show({"module::__main__ > list::INVOICES": planted.size_of(INVOICES)},
           {"module::__main__ > DataFrame::FRAME": int(FRAME.estimated_size())})
