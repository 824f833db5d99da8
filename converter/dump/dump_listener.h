// What is told while a dump is read.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_LISTENER_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_LISTENER_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {

// Never called by two threads at once.
struct DumpListener {
  // Called once, before the first record; with an empty header if the dump has
  // none.
  absl::FunctionRef<void(const DumpHeader&)> on_header;

  // Called now and then, about once a chunk: `done` of `total` bytes of the
  // file are read; `total` is 0 if it is unknown.
  absl::FunctionRef<void(uint64_t done, uint64_t total)> on_progress;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_LISTENER_H_
