#include "converter/dump_reader.h"

#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/array_wrapper.h"
#include "converter/canonical_record.h"
#include "converter/dump_header_parser.h"
#include "converter/dump_record_parser.h"
#include "converter/foreign_input.h"
#include "converter/line_reader.h"

namespace heapgrind {
namespace {

class DumpReader {
 public:
  DumpReader(absl::string_view name, ByteSource* source,
             const DumpVisitor& visitor)
      : name_(name), source_(*source), visitor_(visitor), lines_(source) {}

  absl::StatusOr<DumpFacts> Read();

 private:
  absl::Status ReadLine();
  absl::Status ReadRecord(absl::string_view text);
  absl::Status ReadFirstRecord(absl::string_view text);
  absl::Status TakeRecord(const DumpRecord& record);
  absl::Status TakeEnd(const DumpRecord& record);
  absl::Status FinishFacts();
  absl::Status AtLine(const absl::Status& status, absl::string_view text) const;
  absl::Status Unexpected(absl::string_view expected,
                          absl::string_view got) const;

  const absl::string_view name_;
  const ByteSource& source_;
  const DumpVisitor& visitor_;
  LineReader lines_;
  ArrayWrapper array_;
  DumpRecord canonical_record_;
  DumpRecordParser parser_;
  DumpFacts facts_;
  bool has_first_record_ = false;
};

absl::StatusOr<DumpFacts> DumpReader::Read() {
  uint64_t position = 0;
  for (;;) {
    absl::StatusOr<bool> has_line = lines_.Next();
    if (!has_line.ok()) return has_line.status();
    if (!*has_line) break;
    if (absl::Status status = ReadLine(); !status.ok()) return status;
    if (position != source_.position()) {
      position = source_.position();
      visitor_.on_progress(position, source_.total_size());
    }
  }
  if (absl::Status status = FinishFacts(); !status.ok()) return status;
  return std::move(facts_);
}

absl::Status DumpReader::ReadLine() {
  const bool was_closed = array_.is_closed();
  const absl::string_view text = array_.Unwrap(lines_.line());
  if (absl::StripLeadingAsciiWhitespace(text).empty()) return absl::OkStatus();
  if (was_closed) {
    return Unexpected("the end of the dump after \"]\"", "another line");
  }
  if (has_first_record_ && ScanCanonicalRecord(text, &canonical_record_)) {
    const absl::Status status = TakeRecord(canonical_record_);
    return status.ok() ? status : AtLine(status, text);
  }
  absl::Status status = parser_.Parse(text);
  if (absl::IsOutOfRange(status) && !lines_.ends_with_newline()) {
    facts_.is_last_line_cut_off = true;
    return absl::OkStatus();
  }
  if (status.ok()) status = ReadRecord(text);
  return status.ok() ? status : AtLine(status, text);
}

absl::Status DumpReader::ReadRecord(absl::string_view text) {
  if (!has_first_record_) {
    has_first_record_ = true;
    return ReadFirstRecord(text);
  }
  return TakeRecord(parser_.record());
}

absl::Status DumpReader::ReadFirstRecord(absl::string_view text) {
  facts_.is_meliae = parser_.record().form != RecordForm::kHeader;
  if (!facts_.is_meliae) {
    absl::StatusOr<DumpHeader> header = ParseDumpHeader(text);
    if (!header.ok()) return header.status();
    facts_.header = *std::move(header);
  }
  visitor_.on_header(facts_.header);
  return facts_.is_meliae ? TakeRecord(parser_.record()) : absl::OkStatus();
}

absl::Status DumpReader::TakeRecord(const DumpRecord& record) {
  switch (record.form) {
    case RecordForm::kHeader:
      return absl::InvalidArgumentError(
          "1: expected one header, got a second one\n"
          "hint: a file holds one dump; convert each dump on its own");
    case RecordForm::kEnd:
      return TakeEnd(record);
    case RecordForm::kRoot:
      ++facts_.num_roots;
      break;
    case RecordForm::kObject:
      ++facts_.num_objects;
      facts_.objects_size += record.size;
  }
  const absl::Status status = visitor_.on_record(record);
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("1: ", status.message()));
}

absl::Status DumpReader::TakeEnd(const DumpRecord& record) {
  if (facts_.has_end_record) {
    return absl::InvalidArgumentError(
        "1: expected one end record, got a second one");
  }
  facts_.has_end_record = true;
  facts_.end_num_objects = record.end;
  facts_.end_objects_size = record.size;
  return absl::OkStatus();
}

absl::Status DumpReader::FinishFacts() {
  facts_.num_lines = lines_.line_number();
  facts_.is_gzip_cut_off = source_.is_cut_off();
  facts_.is_array_open = array_.is_open();
  if (facts_.num_objects > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name_, ":", facts_.num_lines,
                   ":1: expected at least one object record, got none"));
}

// Puts the place of the line before the message.  `text` is the part of the
// line whose columns the message counts.
absl::Status DumpReader::AtLine(const absl::Status& status,
                                absl::string_view text) const {
  const size_t columns_before = text.data() - lines_.line().data();
  absl::string_view message = status.message();
  size_t column = 0;
  while (!message.empty() && absl::ascii_isdigit(message[0])) {
    column = 10 * column + (message[0] - '0');
    message.remove_prefix(1);
  }
  const absl::string_view hint =
      lines_.line_number() == 1 && !absl::StrContains(message, '\n')
          ? HintAboutForeignInput(lines_.line())
          : "";
  return absl::Status(status.code(),
                      absl::StrCat(name_, ":", lines_.line_number(), ":",
                                   column + columns_before, message, hint));
}

absl::Status DumpReader::Unexpected(absl::string_view expected,
                                    absl::string_view got) const {
  return absl::InvalidArgumentError(
      absl::StrCat(name_, ":", lines_.line_number(), ":1: expected ", expected,
                   ", got ", got));
}

}  // namespace

absl::StatusOr<DumpFacts> ReadDump(absl::string_view name, ByteSource* source,
                                   const DumpVisitor& visitor) {
  return DumpReader(name, source, visitor).Read();
}

}  // namespace heapgrind
