"""What both jobs of pyarrow do: tables that were written as Parquet and read back."""

import io

import planted
import pyarrow
from pyarrow import compute, parquet
import shown


def read_back(number):
    """Returns a table of 200 000 rows of a key and a text."""
    table = pyarrow.table({"key": pyarrow.array(range(200_000)),
                           "text": pyarrow.array([f"text {number} {i}" for i in range(200_000)])})
    file = io.BytesIO()
    parquet.write_table(table, file)
    return parquet.read_table(io.BytesIO(file.getvalue()))


def show(index, tables):
    """Sums the keys of the first table, and has the job's INDEX and TABLES dumped."""
    if compute.sum(tables[0]["key"]).as_py() != 199_999 * 100_000:
        raise RuntimeError("expected the sum of all keys")
    shown.show({"module::__main__ > dict::INDEX": planted.size_of(index)},
               {"module::__main__ > list::TABLES": sum(table.nbytes for table in tables)})
