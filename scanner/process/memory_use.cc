#include "process/memory_use.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "process/small_file.h"

namespace heapgrind {
namespace {

// What the files of a group are called (Linux, Documentation/admin-guide:
// cgroup-v1/memory.rst, cgroup-v2.rst).  Those of version 1 that are about one
// group alone have others beside them, `total_`, for those below it, too.
struct GroupFiles {
  const char* limit;
  const char* used;
  const char* inactive_file;
  const char* anonymous;
};
constexpr GroupFiles kFirstVersion = {"memory.limit_in_bytes",
                                      "memory.usage_in_bytes",
                                      "total_inactive_file", "total_rss"};
constexpr GroupFiles kSecondVersion = {"memory.max", "memory.current",
                                       "inactive_file", "anon"};

constexpr size_t kTextBytes = 16384;

// The number in a file that holds one; UINT64_MAX if it says "max", or is not
// there.
uint64_t NumberIn(const char* folder, const char* name) {
  char text[64];
  if (!ReadSmallFile(folder, name, text, sizeof text)) return UINT64_MAX;
  if (text[0] < '0' || text[0] > '9') return UINT64_MAX;
  return strtoull(text, nullptr, 10);
}

// meminfo(5), in KiB.
MemoryUse UseOfMachine(const char* proc) {
  char text[kTextBytes];
  if (!ReadSmallFile(proc, "meminfo", text, sizeof text)) return {};
  const uint64_t all = NumberOfKey(text, "MemTotal") * 1024;
  const uint64_t free = NumberOfKey(text, "MemAvailable") * 1024;
  return {all > 0 ? MemoryLimit::kMachine : MemoryLimit::kNone,
          all - std::min(all, free), all, NumberOfKey(text, "AnonPages") * 1024,
          false};
}

// proc(5), statm: pages of the address space, and resident ones.
MemoryUse UseOfAddressSpace(const char* proc) {
  struct rlimit limit;
  char text[256];
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
      !ReadSmallFile(proc, "self/statm", text, sizeof text)) {
    return {};
  }
  const uint64_t page = sysconf(_SC_PAGESIZE);
  char* rest = nullptr;
  const uint64_t used = strtoull(text, &rest, 10) * page;
  const uint64_t resident = strtoull(rest, nullptr, 10) * page;
  return {MemoryLimit::kAddressSpace, used, limit.rlim_cur, resident, false};
}

bool HasLessLeft(const MemoryUse& a, const MemoryUse& b) {
  if (b.limit == 0) return a.limit > 0;
  return static_cast<double>(a.used) / a.limit >
         static_cast<double>(b.used) / b.limit;
}

}  // namespace

MemoryUse MemoryGroup::Read() const {
  char proc[PATH_MAX];
  snprintf(proc, sizeof proc, "%.4000s/proc", root_);
  const MemoryUse machine = UseOfMachine(proc);
  MemoryUse least = {};
  bool kills_group = false;
  char folder[PATH_MAX];
  memcpy(folder, folder_, sizeof folder);
  limiting_folder_[0] = '\0';
  for (size_t length = strlen(folder); length > 0;) {
    MemoryUse use = {};
    const bool has_limit = ReadLevel(folder, &use);
    kills_group |= use.kills_group;
    if (has_limit && (machine.limit == 0 || use.limit < machine.limit) &&
        HasLessLeft(use, least)) {
      least = use;
      memcpy(limiting_folder_, folder, sizeof folder);
    }
    if (length <= top_length_) break;
    length = strrchr(folder, '/') - folder;
    folder[std::max(length, top_length_)] = '\0';
  }
  least.kills_group = kills_group;
  if (least.limit > 0) return least;
  const MemoryUse space = UseOfAddressSpace(proc);
  return space.limit > 0 ? space : machine;
}

// Whether the group in `folder` has a limit.
bool MemoryGroup::ReadLevel(const char* folder, MemoryUse* use) const {
  const GroupFiles& files = is_first_version_ ? kFirstVersion : kSecondVersion;
  use->kills_group = NumberIn(folder, "memory.oom.group") == 1;
  use->limit = NumberIn(folder, files.limit);
  const uint64_t all = NumberIn(folder, files.used);
  char text[kTextBytes];
  if (use->limit == UINT64_MAX || use->limit == 0 || all == UINT64_MAX ||
      !ReadSmallFile(folder, "memory.stat", text, sizeof text)) {
    return false;
  }
  use->limited_by = MemoryLimit::kGroup;
  use->used = all - std::min(all, NumberOfKey(text, files.inactive_file));
  use->anonymous = NumberOfKey(text, files.anonymous);
  return true;
}

}  // namespace heapgrind
