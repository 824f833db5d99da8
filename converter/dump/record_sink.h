// Who takes the records that one thread reads.

#ifndef HEAPGRIND_CONVERTER_DUMP_RECORD_SINK_H_
#define HEAPGRIND_CONVERTER_DUMP_RECORD_SINK_H_

#include <cstdint>

#include "absl/status/status.h"
#include "converter/dump/dump_record.h"

namespace heapgrind {

class RecordSink {
 public:
  virtual ~RecordSink() = default;

  // The records that come next are those of the `number`-th section of the
  // dump, from 0.  A sink gets its sections in the order of the dump, but other
  // sinks may get sections between them.
  virtual void StartSection(uint64_t number) = 0;

  // Takes a root or an object, in the order of the section's lines.  The record
  // is valid during the call.  An error ends the reading; it gets the line's
  // place before its message.
  virtual absl::Status Take(const DumpRecord& record) = 0;

  // Sees the header, of which only form and text count, or the end record.
  virtual void SeeBoundary(const DumpRecord&) {}
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_RECORD_SINK_H_
