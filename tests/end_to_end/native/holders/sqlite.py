"""A database in memory: SQLite keeps a header of its own in front of its blocks."""

import sqlite3

import holding

with holding.counted("sqlite3.Connection"):
    DATABASE = sqlite3.connect(":memory:")
    DATABASE.execute("create table rows (number integer primary key, text text)")
    DATABASE.executemany("insert into rows values (?, ?)",
                         ((number, "row %d" % number * 20) for number in range(30000)))
    DATABASE.commit()
holding.wait()
