#include "converter/outside/memory_map.h"

#include <sys/mman.h>

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace heapgrind {
namespace {

// Takes a word off the beginning of `line`.
absl::string_view TakeWord(absl::string_view* line) {
  const size_t end = std::min(line->find(' '), line->size());
  const absl::string_view word = line->substr(0, end);
  line->remove_prefix(std::min(end + 1, line->size()));
  return word;
}

bool ParseRange(absl::string_view word, Mapping* mapping) {
  const size_t dash = word.find('-');
  return dash != word.npos &&
         absl::SimpleHexAtoi(word.substr(0, dash), &mapping->start) &&
         absl::SimpleHexAtoi(word.substr(dash + 1), &mapping->end) &&
         mapping->start < mapping->end;
}

bool ParseMapping(absl::string_view line, Mapping* mapping) {
  if (!ParseRange(TakeWord(&line), mapping)) return false;
  const absl::string_view access = TakeWord(&line);
  if (access.size() != 4) return false;
  if (access[0] == 'r') mapping->protection |= PROT_READ;
  if (access[1] == 'w') mapping->protection |= PROT_WRITE;
  if (access[2] == 'x') mapping->protection |= PROT_EXEC;
  mapping->is_shared = access[3] == 's';
  if (!absl::SimpleHexAtoi(TakeWord(&line), &mapping->offset)) return false;
  TakeWord(&line);  // The device.
  if (!absl::SimpleAtoi(TakeWord(&line), &mapping->inode)) return false;
  while (absl::ConsumePrefix(&line, " ")) {
  }
  mapping->path = std::string(line);
  return true;
}

}  // namespace

MemoryMap ParseMaps(absl::string_view text) {
  MemoryMap map;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    Mapping mapping;
    if (ParseMapping(line, &mapping)) map.push_back(std::move(mapping));
  }
  return map;
}

const Mapping* FindMapping(const MemoryMap& map, uint64_t address) {
  const auto next = std::upper_bound(
      map.begin(), map.end(), address,
      [](uint64_t key, const Mapping& mapping) { return key < mapping.end; });
  if (next == map.end() || next->start > address) return nullptr;
  return &*next;
}

absl::string_view FileName(absl::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool IsLibc(absl::string_view path) {
  const absl::string_view name = FileName(path);
  return absl::StartsWith(name, "libc.") || absl::StartsWith(name, "libc-") ||
         absl::StartsWith(name, "ld-musl");
}

}  // namespace heapgrind
