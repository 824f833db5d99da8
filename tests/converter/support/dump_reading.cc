#include "tests/converter/support/dump_reading.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {

Reading Read(std::string dump) {
  Reading reading;
  StringSource source(std::move(dump), 7);
  reading.facts = ReadDump(
      "a.json", &source,
      {[&](const DumpHeader& header) {
         reading.records.push_back(absl::StrCat("header ", header.pid));
       },
       [&](const DumpRecord& record) {
         reading.records.push_back(
             record.form == RecordForm::kRoot
                 ? absl::StrCat("root ", std::string(record.root))
                 : absl::StrCat("object ", record.address));
         return absl::OkStatus();
       },
       [](uint64_t, uint64_t) {}});
  return reading;
}

std::string ErrorOf(std::string dump) {
  const Reading reading = Read(std::move(dump));
  return reading.facts.ok() ? "OK"
                            : std::string(reading.facts.status().message());
}

}  // namespace heapgrind
