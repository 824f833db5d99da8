#include "output/gzip_stream.h"

#include <dlfcn.h>
#include <errno.h>

#include "memory/mapped_array.h"

namespace heapgrind {
namespace {

// zlib.h: deflateInit2 and its constants.
using DeflateInit2 = int (*)(ZlibStream*, int level, int method,
                             int window_bits, int memory_level, int strategy,
                             const char* version, int stream_bytes);
constexpr int kFastest = 1;
constexpr int kDeflated = 8;
constexpr int kGzipFormat = 15 + 16;
constexpr int kDefaultMemory = 8;
constexpr int kNoFlush = 0;
constexpr int kFinish = 4;
constexpr int kOk = 0;
constexpr int kBufferError = -5;
constexpr char kInterface[] = "1.2.0";  // zlib compares the first character.

constexpr size_t kFront = 16;  // Holds the length of the mapping.

void* Allocate(void*, unsigned items, unsigned bytes) {
  const size_t total = size_t{items} * bytes + kFront;
  auto* memory = static_cast<char*>(MapBytes(total));
  if (memory == nullptr) return nullptr;
  *reinterpret_cast<size_t*>(memory) = total;
  return memory + kFront;
}

void Release(void*, void* memory) {
  char* start = static_cast<char*>(memory) - kFront;
  munmap(start, *reinterpret_cast<size_t*>(start));
}

}  // namespace

GzipStream::~GzipStream() {
  if (is_open_) deflate_end_(&stream_);
  if (library_ != nullptr) dlclose(library_);
}

int GzipStream::Open() {
  library_ = dlopen("libz.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) return ENOSYS;
  auto init = reinterpret_cast<DeflateInit2>(dlsym(library_, "deflateInit2_"));
  deflate_ = reinterpret_cast<decltype(deflate_)>(dlsym(library_, "deflate"));
  deflate_end_ =
      reinterpret_cast<decltype(deflate_end_)>(dlsym(library_, "deflateEnd"));
  if (init == nullptr || deflate_ == nullptr || deflate_end_ == nullptr) {
    return ENOSYS;
  }
  stream_.allocate = Allocate;
  stream_.release = Release;
  is_open_ = init(&stream_, kFastest, kDeflated, kGzipFormat, kDefaultMemory,
                  /*strategy=*/0, kInterface, sizeof stream_) == kOk;
  return is_open_ ? 0 : ENOMEM;
}

void GzipStream::SetInput(const void* start, size_t bytes) {
  stream_.next_in = start;
  stream_.avail_in = static_cast<unsigned>(bytes);
}

int GzipStream::Compress(bool is_last, std::string_view* piece,
                         bool* has_more) {
  stream_.next_out = piece_;
  stream_.avail_out = kPieceBytes;
  const int status = deflate_(&stream_, is_last ? kFinish : kNoFlush);
  // Where there is nothing to do, that is no failure.
  if (status < 0 && status != kBufferError) return EIO;
  *piece = {piece_, kPieceBytes - stream_.avail_out};
  *has_more = stream_.avail_out == 0;
  return 0;
}

}  // namespace heapgrind
