"""What containers call their elements."""

import collections

few = {"config": bytearray(1000), "limits": bytearray(1000)}
few_numbers = {404: bytearray(1000), 500: bytearray(1000)}
many = {f"key {i}": bytearray(100) for i in range(500)}
many_numbers = {1000 + i: bytearray(100) for i in range(500)}
mixed = {f"key {chr(97 + i // 26)}{chr(97 + i % 26)}": bytearray(100) if i % 2 else [i]
         for i in range(60)}
numbered = {f"row{i}": bytearray(1000) for i in range(5)}
few_numbered = {f"row{i}": bytearray(1000) for i in range(4)}
keys = {b"raw": bytearray(1000), "raw": bytearray(1000), None: bytearray(1000),
        ("eu", 1): bytearray(1000), dict: bytearray(1000)}
odd_keys = {10**40: bytearray(1000), frozenset("a"): bytearray(1000),
            float("inf"): bytearray(1000), float("nan"): bytearray(1000)}


class Bag:
    """Has attributes that no program can name."""


bag = Bag()
bag.__dict__.update({"5": bytearray(1000), 5: bytearray(1000)})
by_object = {("a", i): bytearray(100) for i in range(50)}
elements = [bytearray(100) for _ in range(50)]
pair = (bytearray(1000), [bytearray(2000)])
nested = {"outer": {"inner": [bytearray(1000)]}}
queue = collections.deque(bytearray(100) for _ in range(50))
default = collections.defaultdict(list)
default["items"].append(bytearray(1000))
ordered = collections.OrderedDict(first=bytearray(1000))
