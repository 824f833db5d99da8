"""pyarrow: tables from a pool of its own, written as Parquet and read back."""

import io

import planted
import pyarrow
from pyarrow import compute, parquet
import shown

INDEX = {}
TABLES = []


def load(number):
    table = pyarrow.table({"key": pyarrow.array(range(200_000)),
                           "text": pyarrow.array([f"text {number} {i}" for i in range(200_000)])})
    file = io.BytesIO()
    parquet.write_table(table, file)
    TABLES.append(parquet.read_table(io.BytesIO(file.getvalue())))
    INDEX[number * 1000] = planted.rows(50)


for number in range(5):
    load(number)
if compute.sum(TABLES[0]["key"]).as_py() != 199_999 * 100_000:
    raise RuntimeError("expected the sum of all keys")
shown.show({"module::__main__ > dict::INDEX": planted.size_of(INDEX)},
           {"module::__main__ > list::TABLES": sum(table.nbytes for table in TABLES)})
