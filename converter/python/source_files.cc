#include "converter/python/source_files.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/base/parallel.h"
#include "converter/python/source_text.h"

namespace heapgrind {
namespace {

PythonSource Read(const std::string& path) {
  const std::optional<std::string> text = ReadSourceText(path);
  return text.has_value() ? ScanPythonSource(*text) : PythonSource();
}

}  // namespace

SourceFiles::SourceFiles(SourcePrefixes prefixes, size_t num_threads)
    : prefixes_(std::move(prefixes)), num_threads_(num_threads) {}

std::string SourceFiles::Locate(std::string_view path) const {
  const absl::string_view old_path(path.data(), path.size());
  for (const auto& [old_prefix, new_prefix] : prefixes_) {
    if (!absl::StartsWith(old_path, old_prefix)) continue;
    return absl::StrCat(new_prefix, old_path.substr(old_prefix.size()));
  }
  return std::string(path);
}

void SourceFiles::ReadAhead(absl::Span<const std::string_view> paths) {
  std::vector<std::pair<std::string, PythonSource*>> waiting;
  for (const std::string_view path : paths) {
    std::string place = Locate(path);
    auto& source = sources_[place];
    if (source != nullptr) continue;
    source = std::make_unique<PythonSource>();
    waiting.emplace_back(std::move(place), source.get());
  }
  RunInParallel(num_threads_, waiting.size(), [&waiting](size_t i) {
    *waiting[i].second = Read(waiting[i].first);
  });
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
