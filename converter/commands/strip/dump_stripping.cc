#include "converter/commands/strip/dump_stripping.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/cli/progress_line.h"
#include "converter/commands/strip/needed_values.h"
#include "converter/dump/dump_reader.h"
#include "converter/dump/record_sink.h"
#include "converter/files/compressed_output.h"
#include "converter/files/dump_source.h"
#include "converter/files/file_source.h"
#include "converter/files/rereadable_input.h"

namespace heapgrind {
namespace {

// Hands each record to a function of NeededValues.
class NamesSink : public RecordSink {
 public:
  using See = void (NeededValues::*)(const DumpRecord&);

  NamesSink(NeededValues* needed, See see) : needed_(*needed), see_(see) {}

  void StartSection(uint64_t) override {}
  absl::Status Take(const DumpRecord& record) override {
    (needed_.*see_)(record);
    return absl::OkStatus();
  }

 private:
  NeededValues& needed_;
  const See see_;
};

// Writes what stays of each record.
class WritingSink : public RecordSink {
 public:
  WritingSink(RecordStripper* stripper, DumpOutput* output)
      : stripper_(*stripper), output_(*output) {}

  void StartSection(uint64_t) override {}

  absl::Status Take(const DumpRecord& record) override {
    const absl::string_view line = stripper_.Strip(record);
    if (!line.empty()) WriteLine(line);
    return output_.status();
  }

  // The end record waits, because objects may stand behind it.
  void SeeBoundary(const DumpRecord& record) override {
    const absl::string_view text(record.text.data(), record.text.size());
    if (record.form == RecordForm::kEnd) {
      end_ = {std::string(text), record.end, record.size, record.left_out,
              record.left_out_size};
    } else {
      WriteLine(text);
    }
  }

  absl::Status Finish() {
    if (!end_.text.empty()) WriteLine(stripper_.StripEnd(end_));
    return output_.Commit();
  }

 private:
  void WriteLine(absl::string_view line) {
    output_.Append(line);
    output_.Append("\n");
  }

  RecordStripper& stripper_;
  DumpOutput& output_;
  EndRecord end_;
};

class Stripping {
 public:
  explicit Stripping(const StripOptions& options)
      : options_(options),
        name_(NameOfInput(options.dump)),
        input_(options.dump) {}

  absl::StatusOr<StripResult> Run() {
    NeededValues needed;
    if (options_.rules.values != ValueLimit::kNone) {
      const absl::Status status = FindNeeded(&needed);
      if (!status.ok()) return status;
    }
    return Write(needed);
  }

 private:
  absl::Status FindNeeded(NeededValues* needed) {
    for (const NamesSink::See see :
         {&NeededValues::SeeNames, &NeededValues::SeeKeys}) {
      NamesSink sink(needed, see);
      const absl::StatusOr<DumpFacts> facts =
          Read(absl::StrCat("looking for names in ", name_), &sink);
      if (!facts.ok()) return facts.status();
    }
    return absl::OkStatus();
  }

  absl::StatusOr<StripResult> Write(const NeededValues& needed) {
    absl::StatusOr<std::unique_ptr<DumpOutput>> output =
        DumpOutput::Create(options_.output, {options_.dump});
    if (!output.ok()) return output.status();
    RecordStripper stripper(options_.rules, needed);
    WritingSink sink(&stripper, output->get());
    absl::StatusOr<DumpFacts> facts =
        Read(absl::StrCat("stripping ", name_), &sink);
    // The reader would call it an error of the line at hand.
    if (!(*output)->status().ok()) return (*output)->status();
    if (!facts.ok()) return facts.status();
    const absl::Status status = sink.Finish();
    if (!status.ok()) return status;
    return StripResult{*std::move(facts), stripper.counts()};
  }

  // What is read but once need not be kept.
  absl::StatusOr<std::unique_ptr<ByteSource>> Open() {
    return options_.rules.values == ValueLimit::kNone
               ? OpenDumpSource(options_.dump)
               : input_.Open();
  }

  absl::StatusOr<DumpFacts> Read(absl::string_view stage, RecordSink* sink) {
    absl::StatusOr<std::unique_ptr<ByteSource>> source = Open();
    if (!source.ok()) return source.status();
    progress_.StartStage(stage);
    RecordSink* const sinks[] = {sink};
    absl::StatusOr<DumpFacts> facts =
        ReadDump(name_, source->get(),
                 {[](const DumpHeader&) {},
                  [this](uint64_t done, uint64_t total) {
                    progress_.Update(done, total);
                  }},
                 sinks);
    progress_.Erase();
    return facts;
  }

  const StripOptions& options_;
  const std::string name_;
  RereadableInput input_;
  ProgressLine progress_;
};

}  // namespace

absl::StatusOr<StripResult> StripDump(const StripOptions& options) {
  return Stripping(options).Run();
}

}  // namespace heapgrind
