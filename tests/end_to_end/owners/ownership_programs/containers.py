"""What containers call their elements."""

import collections

few = {"config": bytearray(1000), "limits": bytearray(1000)}
few_numbers = {404: bytearray(1000), 500: bytearray(1000)}
many = {f"key {i}": bytearray(100) for i in range(500)}
many_numbers = {1000 + i: bytearray(100) for i in range(500)}
mixed = {f"key {i}": bytearray(100) if i % 2 else [i] for i in range(60)}
by_object = {("a", i): bytearray(100) for i in range(50)}
elements = [bytearray(100) for _ in range(50)]
pair = (bytearray(1000), [bytearray(2000)])
nested = {"outer": {"inner": [bytearray(1000)]}}
queue = collections.deque(bytearray(100) for _ in range(50))
default = collections.defaultdict(list)
default["items"].append(bytearray(1000))
ordered = collections.OrderedDict(first=bytearray(1000))
