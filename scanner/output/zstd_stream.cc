#include "output/zstd_stream.h"

#include <dlfcn.h>
#include <errno.h>

#include "memory/mapped_array.h"

namespace heapgrind {
namespace {

// zstd.h, 1.4 and 1.5.
using EstimateStreamSize = size_t (*)(int level);
using InitStaticStream = void* (*)(void* memory, size_t bytes);
using SetParameter = size_t (*)(void* context, int parameter, int value);
constexpr int kLevelParameter = 100;
constexpr int kCheckSumParameter = 201;
constexpr int kContinue = 0;
constexpr int kEnd = 2;
constexpr int kFastest = 1;

}  // namespace

ZstdStream::~ZstdStream() {
  if (memory_ != nullptr) munmap(memory_, memory_bytes_);
  if (library_ != nullptr) dlclose(library_);
}

int ZstdStream::Open() {
  library_ = dlopen("libzstd.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) return ENOSYS;
  compress_ = reinterpret_cast<decltype(compress_)>(
      dlsym(library_, "ZSTD_compressStream2"));
  is_error_ =
      reinterpret_cast<decltype(is_error_)>(dlsym(library_, "ZSTD_isError"));
  if (compress_ == nullptr || is_error_ == nullptr) return ENOSYS;
  return MakeContext();
}

int ZstdStream::MakeContext() {
  auto estimate = reinterpret_cast<EstimateStreamSize>(
      dlsym(library_, "ZSTD_estimateCStreamSize"));
  auto init = reinterpret_cast<InitStaticStream>(
      dlsym(library_, "ZSTD_initStaticCStream"));
  auto set_parameter =
      reinterpret_cast<SetParameter>(dlsym(library_, "ZSTD_CCtx_setParameter"));
  if (estimate == nullptr || init == nullptr || set_parameter == nullptr) {
    return ENOSYS;
  }
  memory_bytes_ = estimate(kFastest);
  memory_ = MapBytes(memory_bytes_);
  if (memory_ == nullptr) return ENOMEM;
  context_ = init(memory_, memory_bytes_);
  if (context_ == nullptr) return ENOMEM;
  const bool is_set =
      is_error_(set_parameter(context_, kLevelParameter, kFastest)) == 0 &&
      is_error_(set_parameter(context_, kCheckSumParameter, 1)) == 0;
  return is_set ? 0 : ENOSYS;
}

void ZstdStream::SetInput(const void* start, size_t bytes) {
  input_ = {start, bytes, 0};
}

int ZstdStream::Compress(bool is_last, std::string_view* piece,
                         bool* has_more) {
  ZstdOutput output = {piece_, kPieceBytes, 0};
  const size_t rest =
      compress_(context_, &output, &input_, is_last ? kEnd : kContinue);
  if (is_error_(rest) != 0) return EIO;
  *piece = {piece_, output.used};
  // What stays in the library is no reason to go on before the end.
  *has_more = is_last ? rest != 0 : input_.used < input_.bytes;
  return 0;
}

}  // namespace heapgrind
