"""pandas: a frame with strings in Arrow's layout, grouped, and reports of each group."""

import pandas
import planted
import shown

REPORTS = {}
NUM_ROWS = 200_000
FRAME = pandas.DataFrame({
    "customer": pandas.Series([f"customer {i % 500}" for i in range(NUM_ROWS)], dtype="str"),
    "price": pandas.Series(range(NUM_ROWS), dtype="float64")})
for number, (_, group) in enumerate(FRAME.groupby("customer")):
    REPORTS[number + 1000] = b"%d" % int(group["price"].sum()) + bytes(1000)
if len(REPORTS) != 500:
    raise RuntimeError("expected a report for each customer")
size = int(FRAME.memory_usage(index=False, deep=True).sum())
shown.show({"module::__main__ > dict::REPORTS": planted.size_of(REPORTS)},
           {"module::__main__ > DataFrame::FRAME": size})
