// Feeds arbitrary lines to the scanner of canonical records, and checks that
// the parser reads the same record from every line that the scanner takes.
//
//     bazel build --config=fuzz //tests/converter/fuzz:canonical_record_fuzzer
//     bazel-bin/tests/converter/canonical_record_fuzzer
//     testdata/fuzz/dump_reader
//
// canonical_record_test runs the corpus and real dumps through the same
// comparison.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/converter/support/scanner_agreement.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string difference = heapgrind::ScannerAgreement().Compare(
      {reinterpret_cast<const char*>(data), size});
  if (difference.empty()) return 0;
  std::fprintf(stderr, "%s\n", difference.c_str());
  std::abort();
}
