#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // O_TMPFILE
#endif
#define _FILE_OFFSET_BITS 64
#include "memory/address_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace heapgrind {
namespace {

constexpr uintptr_t kGranule = 2 * sizeof(void*);

// A file that only its descriptor leads to; -1 with errno.
int OpenTemporaryFile() {
  const char* directory = getenv("TMPDIR");
  if (directory == nullptr || *directory == '\0') directory = "/tmp";
  const int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) return fd;
  char path[4096];  // Not all file systems know O_TMPFILE.
  const int length =
      snprintf(path, sizeof path, "%s/heapgrind-XXXXXX", directory);
  if (length < 0 || static_cast<size_t>(length) >= sizeof path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  const int named = mkostemp(path, O_CLOEXEC);
  if (named >= 0) unlink(path);
  return named;
}

}  // namespace

AddressFile::~AddressFile() {
  if (bitmap_ >= 0) close(bitmap_);
  if (worklist_ >= 0) close(worklist_);
}

int AddressFile::Open() {
  bitmap_ = OpenTemporaryFile();
  if (bitmap_ < 0) return errno;
  worklist_ = OpenTemporaryFile();
  return worklist_ < 0 ? errno : 0;
}

bool AddressFile::Insert(uintptr_t address) {
  const uint64_t bit = address / kGranule;
  Window* window = Find(bit / 8 / kWindowBytes);
  uint8_t& byte = window->bits[bit / 8 % kWindowBytes];
  const uint8_t mask = static_cast<uint8_t>(1 << bit % 8);
  if (error_ != 0 || (byte & mask) != 0) return false;
  byte |= mask;
  window->is_changed = true;
  return true;
}

bool AddressFile::Contains(uintptr_t address) {
  const uint64_t bit = address / kGranule;
  const Window* window = Find(bit / 8 / kWindowBytes);
  return (window->bits[bit / 8 % kWindowBytes] >> bit % 8 & 1) != 0;
}

// The window of this number; another one may have to go.
AddressFile::Window* AddressFile::Find(uint64_t number) {
  Window* window = &windows_[number % kWindows];
  if (window->number == number + 1) return window;
  if (window->is_changed) {
    Write(bitmap_, window->bits, kWindowBytes,
          (window->number - 1) * kWindowBytes);
  }
  window->number = number + 1;
  window->is_changed = false;
  Read(bitmap_, window->bits, kWindowBytes, number * kWindowBytes);
  return window;
}

void AddressFile::Push(uintptr_t address) {
  constexpr size_t kSpilled = kStack / 2;  // From the bottom.
  if (stack_size_ == kStack) {
    Write(worklist_, stack_, kSpilled * sizeof *stack_,
          num_spilled_ * sizeof *stack_);
    num_spilled_ += kSpilled;
    stack_size_ -= kSpilled;
    memmove(stack_, stack_ + kSpilled, stack_size_ * sizeof *stack_);
  }
  stack_[stack_size_++] = address;
}

uintptr_t AddressFile::Take() {
  constexpr size_t kSpilled = kStack / 2;
  if (error_ != 0) return 0;
  if (stack_size_ == 0 && num_spilled_ > 0) {
    num_spilled_ -= kSpilled;
    Read(worklist_, stack_, kSpilled * sizeof *stack_,
         num_spilled_ * sizeof *stack_);
    stack_size_ = kSpilled;
    if (error_ != 0) return 0;
  }
  return stack_size_ == 0 ? 0 : stack_[--stack_size_];
}

void AddressFile::Write(int fd, const void* from, size_t bytes,
                        uint64_t offset) {
  const char* start = static_cast<const char*>(from);
  while (bytes > 0 && error_ == 0) {
    const ssize_t written = pwrite(fd, start, bytes, offset);
    if (written > 0) {
      start += written;
      bytes -= written;
      offset += written;
    } else if (written < 0 && errno != EINTR) {
      error_ = errno;
    }
  }
}

// What lies beyond the end of the file is zero.
void AddressFile::Read(int fd, void* to, size_t bytes, uint64_t offset) {
  char* start = static_cast<char*>(to);
  while (bytes > 0 && error_ == 0) {
    const ssize_t count = pread(fd, start, bytes, offset);
    if (count > 0) {
      start += count;
      bytes -= count;
      offset += count;
    } else if (count == 0) {
      memset(start, 0, bytes);
      return;
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

}  // namespace heapgrind
