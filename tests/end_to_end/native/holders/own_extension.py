"""What holders.cc holds, in objects and in variables; shared, freed and false pointers."""

import array

import holders

import holding

with holding.counted("holders.List"):
    LISTS = [holders.List(1000) for _ in range(5)]
with holding.counted("holders.Model"):
    MODELS = [holders.Model(5000) for _ in range(5)]
with holding.counted("static"):
    holders.remember(100, 2000)
with holding.counted("last object"):
    holders.remember_object([bytes(3000)])

ADDRESSES = {}
ADDRESSES["shared"] = holders.allocate(50000)
SHARING = [holders.Words(ADDRESSES["shared"]), holders.Words(0, ADDRESSES["shared"])]

ADDRESSES["behind a header"] = holders.allocate(40000)
BEHIND = holders.Words(ADDRESSES["behind a header"] + 8, 0)

ADDRESSES["freed"] = holders.allocate(1000)
FREED = holders.Words(ADDRESSES["freed"])
holders.free(ADDRESSES["freed"])

# Numbers that look like the address of a block that a list holds.
NODE = holders.first_node(LISTS[0])
NUMBERS = array.array("Q", [NODE] * 100)
TEXT = NODE.to_bytes(8, "little") * 100
NUMBER = NODE
ADDRESSES["struct"] = holders.allocate(300)
holders.write(ADDRESSES["struct"], 5, NODE)
STRUCT = holders.Words(ADDRESSES["struct"])
ADDRESSES["node"] = NODE
ADDRESSES["inside"] = ADDRESSES["shared"] + 160
INSIDE = holders.Words(0, ADDRESSES["inside"])
OBJECTS = {name: id(value) for name, value in globals().items() if name.isupper()}
holding.wait(addresses=ADDRESSES, objects=OBJECTS)
