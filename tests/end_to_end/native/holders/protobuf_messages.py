"""Messages of protobuf, which are trees of C++ or upb."""

from google.protobuf import descriptor_pb2

import holding


def message():
    """Returns a message with 500 others in it."""
    made = descriptor_pb2.FileDescriptorProto(name="x.proto")
    for number in range(500):
        made.message_type.add(name="Message%d" % number).field.add(name="field%d" % number)
    return made.SerializeToString()


TEXT = message()
with holding.counted("FileDescriptorProto"):
    MESSAGES = [descriptor_pb2.FileDescriptorProto.FromString(TEXT) for _ in range(100)]
holding.wait()
