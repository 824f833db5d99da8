#include "tests/converter/support/scanner_agreement.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "converter/dump/canonical_record.h"

namespace heapgrind {
namespace {

void AppendText(std::string_view text, std::string* description) {
  if (text.data() == nullptr) {
    description->append(" null");
  } else {
    absl::StrAppend(description, " ", text.size(), "\"",
                    absl::string_view(text.data(), text.size()), "\"");
  }
}

}  // namespace

std::string DescribeRecord(const DumpRecord& record) {
  std::string description =
      absl::StrCat("form ", static_cast<int>(record.form));
  for (const uint64_t number :
       {record.address, record.size, record.gc, record.slack, record.site,
        record.len, record.line, record.last_line, record.refcount,
        record.pairs, record.refs_left_out, record.id, record.end,
        record.caller}) {
    absl::StrAppend(&description, " ", number);
  }
  for (const std::string_view text :
       {record.type, record.kind, record.name, record.qualname, record.module,
        record.file, record.value, record.root}) {
    AppendText(text, &description);
  }
  description.append(" refs");
  for (const uint64_t reference : record.refs) {
    absl::StrAppend(&description, " ", reference);
  }
  description.append(" names");
  for (const std::string_view name : record.names) {
    AppendText(name, &description);
  }
  return description;
}

std::string ScannerAgreement::Compare(absl::string_view text) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.empty()) continue;
    std::string difference = CompareLine(line);
    if (!difference.empty()) return difference;
  }
  return "";
}

std::string ScannerAgreement::CompareLine(absl::string_view line) {
  ++num_lines_;
  if (!ScanCanonicalRecord(line, &scanned_)) return "";
  ++num_taken_;
  const absl::Status status = parser_.Parse(line);
  const std::string expected = status.ok() ? DescribeRecord(parser_.record())
                                           : std::string(status.message());
  const std::string got = DescribeRecord(scanned_);
  if (got == expected) return "";
  return absl::StrCat("line:    ", line, "\nscanner: ", got,
                      "\nparser:  ", expected);
}

}  // namespace heapgrind
