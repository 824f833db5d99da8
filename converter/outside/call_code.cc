#include "converter/outside/call_code.h"

#include <sys/mman.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr uint64_t kMostCode = 64 << 20;  // Bytes of one mapping to search.
constexpr absl::string_view kCall("\x0f\x05\xc3", 3);
constexpr absl::string_view kRestore[] = {{"\x48\xc7\xc0\x0f\0\0\0\x0f\x05", 9},
                                          {"\xb8\x0f\0\0\0\x0f\x05", 7}};

std::vector<const Mapping*> CodeOfFiles(const MemoryMap& map) {
  std::vector<const Mapping*> found;
  for (const Mapping& mapping : map) {
    constexpr uint32_t kReadable = PROT_READ | PROT_EXEC;
    if (mapping.inode != 0 && (mapping.protection & kReadable) == kReadable) {
      found.push_back(&mapping);
    }
  }
  std::stable_partition(found.begin(), found.end(), [](const Mapping* mapping) {
    return IsLibc(mapping->path);
  });
  return found;
}

// The address of `bytes` in `code`, which lies at `start`; 0 if it has none.
uint64_t Find(absl::string_view code, uint64_t start, absl::string_view bytes) {
  const size_t at = code.find(bytes);
  return at == code.npos ? 0 : start + at;
}

bool HasBytes(const RemoteMemory& memory, uint64_t address,
              absl::string_view bytes) {
  std::string found(bytes.size(), '\0');
  return memory.Read(address, &found[0], found.size()) && found == bytes;
}

}  // namespace

bool HasCallCode(const RemoteMemory& memory, const CallCode& code) {
  return HasBytes(memory, code.call, kCall) &&
         std::any_of(std::begin(kRestore), std::end(kRestore),
                     [&](absl::string_view restore) {
                       return HasBytes(memory, code.restore, restore);
                     });
}

absl::StatusOr<CallCode> FindCallCode(const MemoryMap& map,
                                      const RemoteMemory& memory) {
  CallCode found;
  for (const Mapping* mapping : CodeOfFiles(map)) {
    std::string code(std::min(mapping->size(), kMostCode), '\0');
    if (!memory.Read(mapping->start, &code[0], code.size())) continue;
    if (found.call == 0) found.call = Find(code, mapping->start, kCall);
    for (const absl::string_view restore : kRestore) {
      if (found.restore == 0) {
        found.restore = Find(code, mapping->start, restore);
      }
    }
    if (found.call != 0 && found.restore != 0) return found;
  }
  return Refusal(
      "expected code in it that makes system calls and returns from signals, "
      "found none");
}

}  // namespace heapgrind
