// How a heap differs from those before it: the older dumps, one after the
// other, then the last.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_GROWTH_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_GROWTH_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "converter/base/progress.h"
#include "converter/base/string_table.h"
#include "converter/commands/diff/compared_heap.h"
#include "converter/commands/diff/heap_difference.h"
#include "converter/commands/report/report_options.h"
#include "converter/profile/joined_profiles.h"
#include "converter/suspects/older_rows.h"
#include "converter/suspects/stayed_objects.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {

// What a report says of one dump as a whole.
struct ReportedDump {
  std::string name;
  DumpHeader header;
  uint64_t objects = 0;
  uint64_t bytes = 0;
};

ReportedDump DescribeDump(const AnalyzedHeap& heap);

struct Growth {
  std::vector<Suspect> suspects;  // What came and stayed, then what grew.
  HeapDifference difference;
  std::optional<StayedObjects> stayed;  // With three dumps or more.
  ProfileTree joined;                   // Of the first and the last.
};

class GrowthSearch {
 public:
  // `options` and `progress` must live as long as this.
  GrowthSearch(const HeapReportOptions& options, Progress* progress)
      : options_(options), progress_(*progress) {}

  // Reads the next older dump.  Errors are those of LoadDump.
  absl::StatusOr<ReportedDump> AddOlder(const std::string& path);

  // Compares the older dumps with the last, which counts virtual sizes from
  // then on.  Its names, owners and profile are kept; the profile's nodes must
  // have virtual sizes (AnalyzedHeap::Load with keeps_overhead).  Empties
  // `identities`, by node.
  Growth Compare(std::vector<ObjectIdentity> identities,
                 std::unique_ptr<AnalyzedHeap>* last);

 private:
  const HeapReportOptions& options_;
  Progress& progress_;
  StringTable strings_;
  ComparedHeap first_;
  std::optional<OlderRows> older_;
  BaseProfile before_;
  size_t num_older_ = 0;
  std::vector<ObjectIdentity> candidates_;  // Of what has stayed.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_GROWTH_H_
