#include "converter/outside/remote_memory.h"

#include <sys/uio.h>

#include <algorithm>

#include "converter/outside/memory_map.h"

namespace heapgrind {
bool RemoteMemory::Read(uint64_t address, void* to, size_t size) const {
  const iovec here = {to, size};
  const iovec there = {reinterpret_cast<void*>(address), size};
  return process_vm_readv(pid_, &here, 1, &there, 1, 0) ==
         static_cast<ssize_t>(size);
}

bool RemoteMemory::Write(uint64_t address, const void* from,
                         size_t size) const {
  const iovec here = {const_cast<void*>(from), size};
  const iovec there = {reinterpret_cast<void*>(address), size};
  return process_vm_writev(pid_, &here, 1, &there, 1, 0) ==
         static_cast<ssize_t>(size);
}

std::string RemoteMemory::ReadText(uint64_t address, size_t most) const {
  std::string text;
  while (text.size() < most) {
    char piece[256];
    const uint64_t at = address + text.size();
    const size_t size = std::min<uint64_t>(
        {sizeof piece, kPage - at % kPage, most - text.size()});
    if (!Read(at, piece, size)) break;
    char* const end = std::find(piece, piece + size, '\0');
    text.append(piece, end);
    if (end != piece + size) break;
  }
  return text;
}

}  // namespace heapgrind
