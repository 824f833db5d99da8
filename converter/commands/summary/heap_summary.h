// What heapgrind summary says of one heap.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_HEAP_SUMMARY_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_HEAP_SUMMARY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/commands/heap_totals.h"
#include "converter/commands/summary/largest_objects.h"
#include "converter/commands/summary/native_owners.h"
#include "converter/commands/summary/string_totals.h"
#include "converter/commands/summary/summary_options.h"
#include "converter/commands/summary/text_collector.h"
#include "converter/dump/dump_header.h"
#include "converter/dump/process_memory.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {

struct HeapSummary {
  std::string dump;  // What messages call it.
  DumpHeader header;
  std::string type_pattern;         // "": all objects are counted.
  absl::Status no_object;           // NoObjectOfType, if none is counted.
  std::vector<Suspect> suspects;    // None with a type_pattern.
  HeapTotal all;                    // Of the objects counted.
  std::vector<HeapTotal> types;     // All of them, as they are sorted.
  std::vector<HeapTotal> packages;  // All of them, as they are sorted.
  StringTotals strings;
  std::vector<LargestObject> largest;
  std::vector<NativeOwner> native_owners;  // None with a type_pattern.
  ProcessMemory process;                   // Zero with a type_pattern.

  // Keep the texts of `strings`.
  std::vector<std::unique_ptr<TextCollector>> collectors;
};

// Reads and counts the dump at `path`.  Errors are those of LoadDump.
absl::StatusOr<HeapSummary> SummarizeHeap(const SummaryOptions& options,
                                          const std::string& path);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_HEAP_SUMMARY_H_
