// The source files of a dumped program, as far as they are here.

#ifndef HEAPGRIND_CONVERTER_PYTHON_SOURCE_FILES_H_
#define HEAPGRIND_CONVERTER_PYTHON_SOURCE_FILES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "converter/python/python_source.h"

namespace heapgrind {

// What to put instead of the beginning of a path: (old, new).
using SourcePrefixes = std::vector<std::pair<std::string, std::string>>;

class SourceFiles {
 public:
  // Finds the files of another machine, or of another folder, by `prefixes`:
  // the first one that a path begins with counts.  Reads up to `num_threads`
  // files at once.
  explicit SourceFiles(SourcePrefixes prefixes = {}, size_t num_threads = 1);

  const SourcePrefixes& prefixes() const { return prefixes_; }

  // Where the file that the dump calls `path` is here.
  std::string Locate(std::string_view path) const;

  // Reads files ahead, several at once, so that Source() finds them read.
  // `paths` may repeat themselves.
  void ReadAhead(absl::Span<const std::string_view> paths);

  // What a file defines; nothing if it is no Python source that ReadSourceText
  // takes.
  // Reads each file once.
  const PythonSource& Source(std::string_view path);

 private:
  const SourcePrefixes prefixes_;
  const size_t num_threads_;
  absl::flat_hash_map<std::string, std::unique_ptr<PythonSource>> sources_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_SOURCE_FILES_H_
