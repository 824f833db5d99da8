// The folder of a process in /proc.
//
// It is opened once: when the process has ended, nothing can be read there any
// more, even if its number belongs to another process by then.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_PROCESS_FILES_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_PROCESS_FILES_H_

#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/outside/descriptor.h"

namespace heapgrind {

class ProcessFiles {
 public:
  // Unavailable: there is no such process.
  static absl::StatusOr<ProcessFiles> Open(pid_t pid);

  pid_t pid() const { return pid_; }

  // All of the file `name` ("status", "task/4712/status"); "" if it cannot be
  // read.
  std::string Read(const std::string& name) const;

  // Opens the file `name`, as open(2) does; errno says why it is not open.
  Descriptor OpenFile(const std::string& name, int flags) const;

  // Where the link `name` leads to; "" if it cannot be read.
  std::string ReadLink(const std::string& name) const;

  // The entries of the folder `name` ("task", "fd") that are numbers, in order.
  std::vector<int> Numbers(const std::string& name) const;

 private:
  ProcessFiles(pid_t pid, Descriptor folder)
      : pid_(pid), folder_(std::move(folder)) {}

  pid_t pid_;
  Descriptor folder_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_PROCESS_FILES_H_
