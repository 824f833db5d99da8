"""Reads profiles of pprof, as github.com/google/pprof, proto/profile.proto, describes them."""

import gzip
from typing import Dict, List, NamedTuple, Tuple

# What a field of each message holds, by its number in profile.proto.
_PROFILE = {1: "sample_type", 2: "sample", 4: "location", 5: "function", 6: "string_table",
            9: "time_nanos", 13: "comment", 14: "default_sample_type"}
_VALUE_TYPE = {1: "type", 2: "unit"}
_SAMPLE = {1: "location_id", 2: "value", 3: "label"}
_LABEL = {1: "key", 2: "str"}
_LOCATION = {1: "id", 4: "line"}
_LINE = {1: "function_id", 2: "line"}
_FUNCTION = {1: "id", 2: "name", 4: "filename", 5: "start_line"}


class Sample(NamedTuple):
    stack: Tuple[str, ...]  # Names of functions, the innermost first.
    values: Tuple[int, ...]
    labels: Dict[str, str]


class Profile(NamedTuple):
    sample_types: List[Tuple[str, str]]  # Type and unit.
    default_sample_type: str
    samples: List[Sample]
    functions: Dict[str, Tuple[str, int]]  # File and line, by name.
    comments: List[str]
    time: int  # Nanoseconds since 1970.

    def inclusive(self, column):
        """The sum of one value over the samples that each function is in, by name."""
        sums: Dict[str, int] = {}
        for sample in self.samples:
            for name in set(sample.stack):
                sums[name] = sums.get(name, 0) + sample.values[column]
        return sums


def read(path):
    """Reads a profile; ValueError if it is none, KeyError if it has a field that is not ours."""
    with gzip.open(path) as file:
        return _profile(_fields(file.read(), _PROFILE))


def _varint(data, place):
    number = shift = 0
    while True:
        byte = data[place]
        place += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, place
        shift += 7


def _fields(data, names):
    """The values of a message's fields, in order, by the field's name."""
    fields = {name: [] for name in names.values()}
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        value, place = _varint(data, place)
        if key & 7 == 2:
            value, place = data[place:place + value], place + value
        elif key & 7:
            raise ValueError(f"wire type {key & 7} at {place}")
        fields[names[key >> 3]].append(value)
    if place > len(data):
        raise ValueError("cut off")
    return fields


def _packed(chunks):
    numbers = []
    for chunk in chunks:
        place = 0
        while place < len(chunk):
            number, place = _varint(chunk, place)
            numbers.append(number)
    return numbers


def _one(fields, name):
    values = fields[name]
    if len(values) > 1:
        raise ValueError(f"{len(values)} of {name}")
    return values[0] if values else 0


def _profile(fields):
    texts = [text.decode("utf-8") for text in fields["string_table"]]
    if texts[0]:
        raise ValueError(f"the first string is {texts[0]!r}")
    functions, name_of_function = {}, {}
    for data in fields["function"]:
        function = _fields(data, _FUNCTION)
        name = texts[_one(function, "name")]
        name_of_function[_one(function, "id")] = name
        functions[name] = (texts[_one(function, "filename")], _one(function, "start_line"))
    name_of_location = {}
    for data in fields["location"]:
        location = _fields(data, _LOCATION)
        line = _fields(_one(location, "line"), _LINE)
        name_of_location[_one(location, "id")] = name_of_function[_one(line, "function_id")]
    if 0 in name_of_location or 0 in name_of_function:
        raise ValueError("an id is 0")
    types = [_fields(data, _VALUE_TYPE) for data in fields["sample_type"]]
    return Profile(
        [(texts[_one(type_, "type")], texts[_one(type_, "unit")]) for type_ in types],
        texts[_one(fields, "default_sample_type")],
        [_sample(_fields(data, _SAMPLE), name_of_location, texts) for data in fields["sample"]],
        functions, [texts[place] for place in fields["comment"]], _one(fields, "time_nanos"))


def _sample(fields, name_of_location, texts):
    labels = [_fields(data, _LABEL) for data in fields["label"]]
    return Sample(
        tuple(name_of_location[place] for place in _packed(fields["location_id"])),
        tuple(_packed(fields["value"])),
        {texts[_one(label, "key")]: texts[_one(label, "str")] for label in labels})
