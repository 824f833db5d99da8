#include "converter/commands/strip/strip.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "converter/cli/messages.h"
#include "converter/commands/report_options.h"
#include "converter/commands/strip/dump_stripping.h"
#include "converter/commands/strip/strip_options.h"
#include "converter/dump/dump_facts.h"
#include "converter/files/file_source.h"
#include "converter/files/output_file.h"
#include "converter/files/output_place.h"
#include "converter/json/json_writer.h"

namespace heapgrind {
namespace {

constexpr absl::string_view kProgram = "heapgrind strip";

// What was left out, of what the user asked for.
std::vector<std::string> Describe(const StripCounts& counts) {
  const std::pair<uint64_t, absl::string_view> all[] = {
      {counts.dropped_objects, "objects of dropped types"},
      {counts.values_dropped, "values"},
      {counts.values_cut, "ends of values"},
      {counts.references, "references"},
  };
  std::vector<std::string> sentences;
  for (const auto& [count, what] : all) {
    if (count > 0) {
      sentences.push_back(absl::StrCat("left out ", what, ": ", count));
    }
  }
  return sentences;
}

void Report(const StripOptions& options, const StripResult& result) {
  std::vector<std::string> sentences = DescribeLosses(result.facts);
  if (result.counts.repeated_objects > 0) {
    sentences.push_back(
        absl::StrCat("left out objects dumped again, of which the first "
                     "counts: ",
                     result.counts.repeated_objects));
  }
  if (options.verbose) {
    for (std::string& sentence : Describe(result.counts)) {
      sentences.push_back(std::move(sentence));
    }
  }
  for (const std::string& sentence : sentences) {
    Say(kProgram, absl::StrCat(NameOfInput(options.dump), ": ", sentence));
  }
}

absl::Status WriteJson(const StripCounts& counts) {
  JsonWriter json;
  json.Open();
  json.Number("objects", counts.objects);
  json.Number("repeated_objects", counts.repeated_objects);
  json.Number("dropped_objects", counts.dropped_objects);
  json.Number("bytes_left_out", counts.bytes_left_out);
  json.Number("values_left_out", counts.values_dropped);
  json.Number("values_cut", counts.values_cut);
  json.Number("references_left_out", counts.references);
  json.Close();
  const std::string line = json.TakeLine();
  absl::StatusOr<std::unique_ptr<OutputFile>> output = OutputFile::Create("-");
  if (!output.ok()) return output.status();
  (*output)->Append(line);
  return (*output)->Commit();
}

}  // namespace

int RunStrip(int argc, char** argv) {
  StripOptions options;
  const ParsedWords parsed = ParseStripOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  absl::Status status = CheckNoTerminal(options.output, "dump", "smaller.json");
  if (status.ok()) status = CheckNoInput(options.output, {options.dump});
  if (!status.ok()) return ExitStatus(kProgram, status);
  const absl::StatusOr<StripResult> result = StripDump(options);
  if (!result.ok()) return ExitStatus(kProgram, result.status());
  Report(options, *result);
  if (!options.json) return 0;
  return ExitStatus(kProgram, WriteJson(result->counts));
}

}  // namespace heapgrind
