#include "memory/mapping_list.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

namespace heapgrind {

MappingList::~MappingList() {
  if (fd_ >= 0) close(fd_);
}

bool MappingList::Open() {
  fd_ = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  return fd_ >= 0;
}

// A line is `start-end rwxp offset device inode path`, the first numbers in
// hexadecimal; what is no file has inode 0.
bool MappingList::Next(Mapping* mapping) {
  if (ReadNumber(&mapping->start) != '-') return false;
  if (ReadNumber(&mapping->end) != ' ') return false;
  mapping->is_readable = NextByte() == 'r';
  mapping->is_writable = NextByte() == 'w';
  mapping->is_executable = NextByte() == 'x';
  mapping->is_shared = NextByte() == 's';
  uintptr_t inode;
  if (NextByte() != ' ' || SkipTo(' ') < 0 || SkipTo(' ') < 0) return false;
  const int byte = ReadNumber(&inode);
  mapping->is_file = inode != 0;
  return byte == '\n' || SkipTo('\n') >= 0;
}

int MappingList::SkipTo(char sought) {
  int byte;
  do {
    byte = NextByte();
  } while (byte >= 0 && byte != sought);
  return byte;
}

// Returns the byte behind the number.
int MappingList::ReadNumber(uintptr_t* number) {
  *number = 0;
  for (;;) {
    const int byte = NextByte();
    if (byte >= '0' && byte <= '9') {
      *number = *number * 16 + static_cast<uintptr_t>(byte - '0');
    } else if (byte >= 'a' && byte <= 'f') {
      *number = *number * 16 + static_cast<uintptr_t>(byte - 'a' + 10);
    } else {
      return byte;
    }
  }
}

int MappingList::NextByte() {
  if (next_ == size_) {
    ssize_t length;
    do {
      length = read(fd_, buffer_, sizeof buffer_);
    } while (length < 0 && errno == EINTR);
    if (length <= 0) return -1;
    size_ = static_cast<size_t>(length);
    next_ = 0;
  }
  return static_cast<unsigned char>(buffer_[next_++]);
}

}  // namespace heapgrind
