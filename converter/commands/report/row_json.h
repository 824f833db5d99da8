// The rows of a report as JSON, and what else names them.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_ROW_JSON_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_ROW_JSON_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "converter/callgraph/call_graph.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/json/json_writer.h"
#include "converter/profile/shown_rows.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {

// Paths of source files, by their places in "files".
class ReportFiles {
 public:
  uint64_t PlaceOf(const std::string& file);
  void Write(JsonWriter* json) const;  // The member "files".

 private:
  std::vector<std::string> files_;
  absl::flat_hash_map<std::string, uint64_t> place_of_file_;
};

// With two trees of rows, those of each.
inline constexpr uint64_t kMostRowsOfTwo = 10'000;

// Rows, with the call graph that memdump2callgrind writes of them.
struct ReportRows {
  ReportRows(ShownRows shown, AnalyzedHeap* heap);

  // Where the row of that name is; of none size().
  size_t Find(const std::string& name) const;

  ShownRows rows;
  CallGraph call_graph;
};

// A profile of `heap` within limits, which `prune` makes: as many rows as a
// page of 3 MB has room for beside a second such tree and the tables, at most
// `most_rows`, and fewer if their names hardly compress.
ReportRows FitReportRows(
    absl::FunctionRef<ProfileTree(const PruneLimits& limits)> prune,
    bool compares, uint64_t most_rows, AnalyzedHeap* heap);

// The member "rows".  With `compares` the rows are those of a joined profile.
void WriteRows(const ReportRows& rows, const StringTable& strings,
               bool compares, ReportFiles* files, JsonWriter* json);

// The member "sentences"; rows are those that WriteRows writes.
void WriteReportSentences(const std::vector<Suspect>& suspects,
                          const ReportRows& rows, ReportFiles* files,
                          JsonWriter* json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_ROW_JSON_H_
