// The report as a page: one HTML file that opens in any browser from 2023 on,
// and needs nothing else.
//
//     HTML, its policy, style
//     the report: JSON, compressed with gzip, as base64
//     licences, d3's layout of treemaps, the page's own script
//
// The policy (Content Security Policy, Level 3) forbids the page to load or to
// send anything, and to run any script but these two, which it knows by their
// hashes.  The script makes texts of the report's texts and never markup.

#ifndef HEAPGRIND_CONVERTER_PAGE_PAGE_H_
#define HEAPGRIND_CONVERTER_PAGE_PAGE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

// The page for a report, which is JSON as docs/report_format.md has it.  The
// same report gives the same page.  ResourceExhausted if there is no memory for
// the compressor.
absl::StatusOr<std::string> MakePage(absl::string_view report);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PAGE_PAGE_H_
