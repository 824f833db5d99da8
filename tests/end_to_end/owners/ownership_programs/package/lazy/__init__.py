loaded = [bytearray(1000)]
