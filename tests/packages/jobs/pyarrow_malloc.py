"""pyarrow: a table in memory of malloc, written as Parquet and read back."""

import os

os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"

import parquet_tables
import planted

TABLES = [parquet_tables.read_back(0)]
INDEX = {0: planted.rows(50)}

parquet_tables.show(INDEX, TABLES)
