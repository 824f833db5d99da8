"""Shadowed: package.mapper is the function."""

hidden_state = [bytearray(1000)]


def mapper(rules=bytearray(1000)):
    return rules
