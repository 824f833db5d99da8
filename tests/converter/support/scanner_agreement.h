// Compares the scanner of canonical records with the parser, which decides.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_SCANNER_AGREEMENT_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_SCANNER_AGREEMENT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "converter/dump/dump_record.h"
#include "converter/dump/dump_record_parser.h"

namespace heapgrind {

class ScannerAgreement {
 public:
  // Reads each line of `text` both ways.  Returns "", or the first line that
  // the scanner takes and the parser refuses or reads as another record.
  std::string Compare(absl::string_view text);

  // Of all lines so far.
  uint64_t num_lines() const { return num_lines_; }
  uint64_t num_taken() const { return num_taken_; }  // By the scanner.

 private:
  std::string CompareLine(absl::string_view line);

  DumpRecord scanned_;
  DumpRecordParser parser_;
  uint64_t num_lines_ = 0;
  uint64_t num_taken_ = 0;
};

// All fields of a record as one text; a text that is not there differs from an
// empty one.
std::string DescribeRecord(const DumpRecord& record);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_SCANNER_AGREEMENT_H_
