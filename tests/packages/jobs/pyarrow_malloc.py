"""pyarrow: tables in memory of malloc, written as Parquet and read back."""

import os

os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"

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


load(0)
if compute.sum(TABLES[0]["key"]).as_py() != 199_999 * 100_000:
    raise RuntimeError("expected the sum of all keys")
shown.show({"module::__main__ > dict::INDEX": planted.size_of(INDEX)},
           {"module::__main__ > list::TABLES": sum(table.nbytes for table in TABLES)})
