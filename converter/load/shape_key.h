// A shape as a string of bytes, so that threads can find and compare shapes
// before their texts have numbers.

#ifndef HEAPGRIND_CONVERTER_LOAD_SHAPE_KEY_H_
#define HEAPGRIND_CONVERTER_LOAD_SHAPE_KEY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "converter/base/string_table.h"
#include "converter/dump/dump_record.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// What an object record's `kind` says, or else its type.
NodeKind KindOfRecord(const DumpRecord& record);

// How many pairs of key and value an object's references begin with; none if it
// claims more than there can be.
uint64_t NumPairsOfRecord(const DumpRecord& record);

// Overwrites `key` with the shape of an object record of that kind.  Records
// have equal keys if and only if they have equal shapes.
void WriteShapeKey(const DumpRecord& record, NodeKind kind, std::string* key);

// Whether WriteShapeKey would write `key`; cheaper than writing it.
bool HasShapeKey(const DumpRecord& record, NodeKind kind, std::string_view key);

// The shape behind a key; numbers its texts.
Shape ShapeOfKey(std::string_view key, StringTable* strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_SHAPE_KEY_H_
