// The memory of another process, which need not be stopped.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_REMOTE_MEMORY_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_REMOTE_MEMORY_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace heapgrind {

class RemoteMemory {
 public:
  explicit RemoteMemory(pid_t pid) : pid_(pid) {}

  // Whether all of it could be read, or written where the process itself may
  // write.
  bool Read(uint64_t address, void* to, size_t size) const;
  bool Write(uint64_t address, const void* from, size_t size) const;

  // Whether there is a T, whose bytes mean something at any place.
  template <typename T>
  bool Read(uint64_t address, T* value) const {
    return Read(address, value, sizeof *value);
  }

  // The text at `address` up to a zero byte, `most` bytes of it at most.
  std::string ReadText(uint64_t address, size_t most) const;

 private:
  pid_t pid_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_REMOTE_MEMORY_H_
