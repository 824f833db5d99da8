"""pyarrow: tables from a pool of its own, written as Parquet and read back."""

import parquet_tables
import planted

TABLES = [parquet_tables.read_back(number) for number in range(5)]
INDEX = {number * 1000: planted.rows(50) for number in range(5)}

parquet_tables.show(INDEX, TABLES)
