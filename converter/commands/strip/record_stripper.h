// Decides what stays of each record of a dump.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_RECORD_STRIPPER_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_RECORD_STRIPPER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "converter/commands/strip/address_set.h"
#include "converter/commands/strip/line_edit.h"
#include "converter/commands/strip/needed_values.h"
#include "converter/commands/strip/strip_options.h"
#include "converter/dump/dump_record.h"

namespace heapgrind {

// An end record, kept until the dump ends.
struct EndRecord {
  std::string text;
  uint64_t num_objects = 0;
  uint64_t size = 0;  // Bytes.
  uint64_t num_left_out = 0;
  uint64_t left_out_size = 0;  // Bytes.
};

// What is left out.
struct StripCounts {
  uint64_t objects = 0;  // In the dump.
  uint64_t repeated_objects = 0;
  uint64_t dropped_objects = 0;  // Of types that the rules name.
  uint64_t bytes_left_out = 0;   // Sum of the size of both, modulo 2^64.
  uint64_t bytes_dropped = 0;    // Of these, those of dropped objects.
  uint64_t values_dropped = 0;
  uint64_t values_cut = 0;
  uint64_t references = 0;
};

class RecordStripper {
 public:
  // Both must outlive it; `needed` is not looked at if the rules keep all
  // values.
  RecordStripper(const StripRules& rules, const NeededValues& needed)
      : rules_(rules), needed_(needed) {}

  // What stays of an object's or a root's record, as a line without newline; ""
  // if nothing does.  The view is valid until the next call, and no longer than
  // the record's text.
  absl::string_view Strip(const DumpRecord& record);

  // The end record for what stays, once all of the dump has come: dropped
  // objects are left out, and what the allocators have handed out for the
  // others is not known.  All else that it says stays.
  std::string StripEnd(const EndRecord& end) const;

  const StripCounts& counts() const { return counts_; }

 private:
  bool Drops(const DumpRecord& object);
  void StripValue(const DumpRecord& object);
  void StripReferences(const DumpRecord& object);

  const StripRules& rules_;
  const NeededValues& needed_;
  AddressSet seen_;
  StripCounts counts_;
  std::vector<MemberChange> changes_;  // To the record at hand.
  std::string line_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_RECORD_STRIPPER_H_
