"""protobuf: messages in its arenas (upb), parsed from bytes that are kept."""

from google.protobuf import struct_pb2
import planted
import shown



def wire(number):
    message = struct_pb2.Struct()
    message.update({f"key {i}": f"value {number} {i} " + "x" * 200 for i in range(50)})
    return message.SerializeToString()


WIRES = {number + 1000: wire(number) for number in range(300)}
before = shown.in_malloc()
MESSAGES = [struct_pb2.Struct.FromString(text) for text in WIRES.values()]
held = shown.in_malloc() - before
if MESSAGES[7]["key 3"] != "value 7 3 " + "x" * 200:
    raise RuntimeError("expected the value of a message")
shown.show({"module::__main__ > dict::WIRES": planted.size_of(WIRES)},
           {"module::__main__ > list::MESSAGES": held})
