#include "converter/outside/write_dump.h"

#include <sys/types.h>

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

constexpr mode_t kPrivate = 0600;

}  // namespace

absl::Status OfSource(const std::string& source, const absl::Status& status) {
  if (status.ok()) return status;
  return absl::Status(status.code(),
                      absl::StrCat(source, ": ", status.message()));
}

absl::Status WriteDump(const std::string& source, const std::string& path,
                       OurSignals* signals, Progress* progress,
                       const std::function<absl::Status(DumpOutput*)>& write) {
  const absl::StatusOr<std::unique_ptr<DumpOutput>> output =
      DumpOutput::Create(path, {}, kPrivate);
  if (!output.ok()) return output.status();
  signals->Block();
  progress->StartStage(absl::StrCat("dumping ", source));
  const absl::Status status = write(output->get());
  progress->Erase();
  if (!(*output)->status().ok()) return (*output)->status();
  return status.ok() ? (*output)->Commit() : OfSource(source, status);
}

}  // namespace heapgrind
