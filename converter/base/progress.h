// Who is told how far a long piece of work is.

#ifndef HEAPGRIND_CONVERTER_BASE_PROGRESS_H_
#define HEAPGRIND_CONVERTER_BASE_PROGRESS_H_

#include <cstdint>

#include "absl/strings/string_view.h"

namespace heapgrind {

class Progress {
 public:
  virtual ~Progress() = default;

  // Begins a part of the work: "reading a.json", "finding the owners".
  virtual void StartStage(absl::string_view name) = 0;

  // Says how much of the stage is done: `total` is 0 where it is unknown.  To
  // be called for every MiB or for every thousand objects, not for each.
  virtual void Update(uint64_t done, uint64_t total) = 0;

  // Takes away what is shown, so that something else can be written; the next
  // Update shows it again.
  virtual void Erase() = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_PROGRESS_H_
