// What a comparison keeps of a heap: of each object its identity, size and
// places, in 28 bytes.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_COMPARED_HEAP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_COMPARED_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/base/byte_sizes.h"
#include "converter/base/progress.h"
#include "converter/base/string_table.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/diff/object_identities.h"
#include "converter/commands/heap_options.h"
#include "converter/dump/dump_header.h"
#include "converter/suspects/older_rows.h"

namespace heapgrind {

// A dump of which identities were noted while it was read.
struct IdentifiedHeap {
  std::unique_ptr<AnalyzedHeap> heap;
  // By node.
  std::vector<ObjectIdentity> identities;
};

// For `program`.  Errors are those of LoadDump; `options` and `progress` must
// live as long as the result.
absl::StatusOr<IdentifiedHeap> LoadIdentifiedHeap(absl::string_view program,
                                                  const std::string& path,
                                                  const HeapOptions& options,
                                                  Progress* progress);

// Names are numbers in a string table that several heaps share.
struct ComparedHeap {
  std::string name;  // What messages call the dump.
  DumpHeader header;

  // By object, in the order of their addresses.
  std::vector<ObjectIdentity> identities;
  ByteSizes sizes;
  std::vector<StringId> types;
  std::vector<uint32_t> functions;

  // By function of the profile.
  std::vector<StringId> names;  // "dict::CACHE (app.CACHE)".
  std::vector<StringId> packages;

  // Of the function that an object is in.
  StringId NameOf(size_t object) const { return names[functions[object]]; }
  StringId PackageOf(size_t object) const {
    return packages[functions[object]];
  }
};

// The heap's `identities` are moved, and nothing else is changed.
ComparedHeap MakeComparedHeap(IdentifiedHeap* heap, StringTable* strings);

// What the functions of `heap` hold, by the names that `compared` has of them,
// to compare a later one with.  `strings` are those of `compared`.
OlderRows WeighOlderRows(const ComparedHeap& compared,
                         const StringTable& strings, AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_COMPARED_HEAP_H_
