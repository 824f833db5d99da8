#include "converter/callgraph/profile_file.h"

#include "absl/strings/string_view.h"
#include "converter/callgraph/profile_header.h"

namespace heapgrind {

absl::StatusOr<std::unique_ptr<OutputFile>> WriteProfile(
    const HeapProfile& profile, const ProfileStyle& style,
    const std::string& path, absl::Span<const std::string> inputs) {
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create(path, inputs);
  if (!file.ok()) return file;
  CallgrindHeader header = MakeProfileHeader(profile.header, profile.name);
  header.extra_events = style.extra_events;
  header.is_difference = style.is_difference;
  header.part = style.part;
  WriteCallgrind(profile.call_graph, header,
                 [&file](absl::string_view text) { (*file)->Append(text); });
  if (!(*file)->status().ok()) return (*file)->status();
  return file;
}

}  // namespace heapgrind
