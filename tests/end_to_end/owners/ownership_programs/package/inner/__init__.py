def helper(table=bytearray(1000)):
    return table


class Model:
    fields = bytearray(1000)


STATE = [bytearray(1000)]
