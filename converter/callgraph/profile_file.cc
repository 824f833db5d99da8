#include "converter/callgraph/profile_file.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "converter/base/clean_name.h"

namespace heapgrind {
namespace {

// What the file says of the process.  For a Meliae dump, which does not know
// its process, the command is the name of the dump, and the pid is 1.
CallgrindHeader MakeProfileHeader(const DumpHeader& header,
                                  absl::string_view dump_name) {
  CallgrindHeader result;
  result.pid = std::max<uint64_t>(header.pid, 1);
  const std::string command = CommandOf(header);
  result.command =
      CleanName(command.empty() ? std::string(dump_name) : command);
  result.description = header.heapgrind == 0
                           ? "heap dump of Meliae"
                           : absl::StrCat("heap of ", UtcText(header.time),
                                          ", Python ", CleanName(header.python),
                                          ", resident ", header.rss, " bytes");
  return result;
}

}  // namespace

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
