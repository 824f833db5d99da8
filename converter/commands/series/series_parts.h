// Profiles that KCachegrind shows as the parts of one: one for each dump.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_PARTS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_PARTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "converter/callgraph/profile_file.h"
#include "converter/commands/analyzed_heap.h"

namespace heapgrind {

// The call graph of a heap, by path, as memdump2callgrind makes it.
// InvalidArgument: that of CheckTotal (conversion.h).
absl::StatusOr<HeapProfile> MakePart(AnalyzedHeap* heap);

// Writes the files PREFIX.1, PREFIX.2, ..., made of the dumps `inputs`: the
// parts in the order of their places in `order`.  Errors are those of
// OutputFile; if a file cannot be written there is none of them, but for those
// that stood there before.
absl::Status WriteParts(absl::Span<const HeapProfile> parts,
                        absl::Span<const size_t> order,
                        const std::string& prefix,
                        absl::Span<const std::string> inputs);

// A message about the file that a longer series has left behind the last of
// `num_parts` parts, which a viewer would take for one of them; "" if there is
// none.
std::string DescribeOlderPart(size_t num_parts, const std::string& prefix);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_PARTS_H_
