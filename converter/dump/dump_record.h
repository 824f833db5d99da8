// One record of a heap dump: what one line says, without any interpretation.
//
// docs/dump_format.md gives the meaning and the unit of every field.  The
// fields keep the names of the format.  A record borrows its text: the views
// are valid until the reader that filled it goes on to the next line.  A view
// whose data() is null is a key that the line does not have (or a JSON null in
// `names`); an empty string has data() != null.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_RECORD_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_RECORD_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace heapgrind {

enum class RecordForm { kHeader, kRoot, kObject, kEnd, kSite };

struct DumpRecord {
  RecordForm form = RecordForm::kObject;

  // Objects.  A root has name, id, refs and names too.
  uint64_t address = 0;
  uint64_t size = 0;      // Bytes.
  uint64_t resident = 0;  // Bytes, at most size; 0: the dump does not say.
  uint64_t gc = 0;        // Bytes, part of size.
  uint64_t slack = 0;     // Bytes, not part of size.
  uint64_t site = 0;      // Below 2^32; 0: none.
  uint64_t len = 0;
  uint64_t line = 0;
  uint64_t last_line = 0;
  uint64_t refcount = 0;
  uint64_t pairs = 0;
  uint64_t refs_left_out = 0;
  uint64_t inside = 0;  // Of the last refs; at most all.
  std::string_view type;
  std::string_view kind;
  std::string_view name;
  std::string_view qualname;
  std::string_view module;
  std::string_view file;
  std::string_view value;  // A number as it stands in the dump.
  std::vector<uint64_t> refs;
  // Of the references behind the pairs; from the reader never more than those.
  std::vector<std::string_view> names;

  // Roots.
  std::string_view root;
  uint64_t id = 0;

  // Sites; they have site, file and line too.
  uint64_t caller = 0;  // Lower than site; 0: none.

  // The end record; its size is in `size`.
  uint64_t end = 0;
  uint64_t left_out = 0;
  uint64_t left_out_size = 0;       // Bytes.
  uint64_t pymalloc_explained = 0;  // Bytes, like those that follow.
  uint64_t malloc_explained = 0;
  uint64_t native_explained = 0;
  uint64_t malloc_absent = 0;
  uint64_t swapped = 0;
  uint64_t resident_unknown = 0;  // Records.
  uint64_t damaged = 0;           // Records, like those that follow.
  uint64_t unreadable = 0;
  uint64_t lost_roots = 0;
  uint64_t native_cut_short = 0;
  std::string_view native_unknown;  // Why there are no native blocks.

  // The record as it stands in the dump: its line, without the newline and
  // without what makes the lines one array.
  std::string_view text;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_RECORD_H_
