// What a report notes of each object while a dump is read: the texts of strings
// and, to compare dumps, identities.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_COLLECTOR_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_COLLECTOR_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "converter/commands/diff/object_identities.h"
#include "converter/commands/summary/text_collector.h"
#include "converter/dump/dump_record.h"
#include "converter/dump/record_sink.h"

namespace heapgrind {

class ReportCollector : public RecordSink {
 public:
  void StartSection(uint64_t number) override {
    texts->StartSection(number);
    identities->StartSection(number);
  }

  // Never fails.
  absl::Status Take(const DumpRecord& record) override {
    const absl::Status status = texts->Take(record);
    return status.ok() ? identities->Take(record) : status;
  }

  std::unique_ptr<TextCollector> texts = std::make_unique<TextCollector>();
  std::unique_ptr<IdentityCollector> identities =
      std::make_unique<IdentityCollector>();
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_COLLECTOR_H_
