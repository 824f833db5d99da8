// Where the control group of this process is.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process/memory_use.h"
#include "process/small_file.h"

namespace heapgrind {
namespace {

// Whether a list of words with commas between them has "memory".
bool HasMemory(const char* list) {
  constexpr size_t kLength = sizeof "memory" - 1;
  for (const char* word = list; word != nullptr;) {
    const bool is_it = strncmp(word, "memory", kLength) == 0;
    if (is_it && (word[kLength] == ',' || word[kLength] == '\0')) return true;
    word = strchr(word, ',');
    if (word != nullptr) ++word;
  }
  return false;
}

// Finds the group in /proc/self/cgroup: "4:memory:/a/b" of version 1, or
// "0::/a/b" of version 2.  `text` is changed.  Null: there is none.
const char* GroupIn(char* text, bool* is_first_version) {
  const char* second = nullptr;
  char* rest = nullptr;
  for (char* line = strtok_r(text, "\n", &rest); line != nullptr;
       line = strtok_r(nullptr, "\n", &rest)) {
    char* controllers = strchr(line, ':');
    char* path =
        controllers == nullptr ? nullptr : strchr(controllers + 1, ':');
    if (path == nullptr) continue;
    *path = '\0';
    if (HasMemory(controllers + 1)) {
      *is_first_version = true;
      return path + 1;
    }
    if (controllers[1] == '\0') second = path + 1;
  }
  *is_first_version = false;
  return second;
}

// Takes the next word of a line of mountinfo, in which "\040" stands for a
// space.
char* NextWord(char** rest) {
  char* word = strtok_r(nullptr, " \n", rest);
  if (word == nullptr) return nullptr;
  char* to = word;
  for (const char* from = word; *from != '\0'; ++to) {
    if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3') {
      *to = static_cast<char>(strtol(from + 1, nullptr, 8));
      from += 4;
    } else {
      *to = *from++;
    }
  }
  *to = '\0';
  return word;
}

struct Mount {
  char* root;  // What of the groups is mounted.
  char* folder;
};

// Whether a line of mountinfo (proc(5)) is about the groups that count memory.
bool ReadMount(char* line, bool is_first_version, Mount* mount) {
  char* rest = nullptr;
  if (strtok_r(line, " ", &rest) == nullptr) return false;
  NextWord(&rest);  // The parent,
  NextWord(&rest);  // and the device.
  mount->root = NextWord(&rest);
  mount->folder = NextWord(&rest);
  char* word;
  do {
    word = NextWord(&rest);
  } while (word != nullptr && strcmp(word, "-") != 0);
  const char* type = NextWord(&rest);
  NextWord(&rest);  // The source.
  const char* options = NextWord(&rest);
  if (options == nullptr) return false;
  if (!is_first_version) return strcmp(type, "cgroup2") == 0;
  return strcmp(type, "cgroup") == 0 && HasMemory(options);
}

// What of `path` is below `root`; "" if it is not there: what is mounted is
// then the group of the container.
const char* Below(const char* root, const char* path) {
  const size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);
  if (strncmp(path, root, length) != 0) return "";
  const char* rest = path + length;
  return rest[0] == '/' && rest[1] != '\0' && strstr(rest, "/..") == nullptr
             ? rest
             : "";
}

}  // namespace

void MemoryGroup::Find(const char* root) {
  snprintf(root_, sizeof root_, "%s", root);
  char proc[PATH_MAX];
  snprintf(proc, sizeof proc, "%.4000s/proc/self", root);
  char groups[sizeof groups_];
  if (!ReadSmallFile(proc, "cgroup", groups, sizeof groups) ||
      strcmp(groups, groups_) == 0) {
    return;
  }
  memcpy(groups_, groups, sizeof groups);
  folder_[0] = '\0';
  FindFolder(groups);
}

// Sets folder_; it stays "" if there is none.  `groups` is changed.
void MemoryGroup::FindFolder(char* groups) {
  const char* group = GroupIn(groups, &is_first_version_);
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%.4000s/proc/self/mountinfo", root_);
  FILE* mounts = group == nullptr ? nullptr : fopen(path, "re");
  if (mounts == nullptr) return;
  char* line = nullptr;
  size_t capacity = 0;
  while (folder_[0] == '\0' && getline(&line, &capacity, mounts) > 0) {
    Mount mount = {};
    if (!ReadMount(line, is_first_version_, &mount)) continue;
    const int top =
        snprintf(folder_, sizeof folder_, "%s%s", root_, mount.folder);
    top_length_ = static_cast<size_t>(top);
    snprintf(folder_ + top, sizeof folder_ - top, "%s",
             Below(mount.root, group));
  }
  free(line);
  fclose(mounts);
}

}  // namespace heapgrind
