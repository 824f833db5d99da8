"""Types and functions that C code defines."""

import array
import datetime
import decimal
import re
import struct

numbers = array.array("d", range(1000))
context = decimal.Context(prec=50)
pattern = re.compile("(a|b)*c{3,7}[d-z]+" * 20)
packer = struct.Struct("<" + "iqd" * 50)
when = datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc)
