#include "converter/source_files.h"

#include <fstream>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

PythonSource Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!absl::EndsWith(path, ".py") || !file) return {};
  return ScanPythonSource(
      std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace

SourceFiles::SourceFiles(SourcePrefixes prefixes)
    : prefixes_(std::move(prefixes)) {}

std::string SourceFiles::Locate(std::string_view path) const {
  const absl::string_view old_path(path.data(), path.size());
  for (const auto& [old_prefix, new_prefix] : prefixes_) {
    if (!absl::StartsWith(old_path, old_prefix)) continue;
    return absl::StrCat(new_prefix, old_path.substr(old_prefix.size()));
  }
  return std::string(path);
}

const PythonSource& SourceFiles::Source(std::string_view path) {
  std::string place = Locate(path);
  auto& source = sources_[place];
  if (source == nullptr) {
    source = std::make_unique<PythonSource>(Read(place));
  }
  return *source;
}

}  // namespace heapgrind
