// Scans lines that are written exactly as our own scanner writes objects.
//
// Nearly all lines of a dump look like this, one blank after each colon and
// comma, keys in the order of docs/dump_format.md (a Meliae dump has a part of
// them in the same order):
//
//     {"address": 4711, "type": "str", "size": 52, "value": "app", "refs": []}
//
// To read them takes no JSON parser, and no knowledge of where in the document
// one is: as in simdjson (Langdale and Lemire, "Parsing gigabytes of JSON per
// second", 2019) it pays to do the frequent thing without a branch for each
// byte.  Every line that differs in anything is left to the parser, which stays
// the judge of what JSON is.

#ifndef HEAPGRIND_CONVERTER_DUMP_CANONICAL_RECORD_H_
#define HEAPGRIND_CONVERTER_DUMP_CANONICAL_RECORD_H_

#include "absl/strings/string_view.h"
#include "converter/dump/dump_record.h"

namespace heapgrind {

// Fills `record` from `line` (without newline) and returns true if the line is
// a whole, right object record in canonical form.  Texts are views of the line.
//
// Returns false, and leaves `record` unspecified, for any other line.  It may
// be a record all the same: one with escapes, with other keys or another order,
// a root, or one whose `pairs` or `site` are wrong.  DumpRecordParser fills a
// record with the same values from every line that this function takes.
bool ScanCanonicalRecord(absl::string_view line, DumpRecord* record);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_CANONICAL_RECORD_H_
