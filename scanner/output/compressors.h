// The compressors that there are, of which a dump uses at most one.

#ifndef HEAPGRIND_SCANNER_OUTPUT_COMPRESSORS_H_
#define HEAPGRIND_SCANNER_OUTPUT_COMPRESSORS_H_

#include "output/compressor.h"
#include "output/gzip_stream.h"
#include "output/zstd_stream.h"

namespace heapgrind {

class Compressors {
 public:
  // Null for a dump that is not compressed.
  Compressor* For(Compression compression) {
    switch (compression) {
      case Compression::kGzip:
        return &gzip_;
      case Compression::kZstd:
        return &zstd_;
      case Compression::kNone:
        break;
    }
    return nullptr;
  }

 private:
  GzipStream gzip_;
  ZstdStream zstd_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_COMPRESSORS_H_
