"""Frames in a dump, for tests."""


def record_of_frame(dump, function):
    """Returns the record of the only frame that runs `function`."""
    (record,) = [
        x
        for x in dump.frames()
        if x.get("name") == function.__name__
    ]
    return record
