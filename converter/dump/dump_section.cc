#include "converter/dump/dump_section.h"

#include <cstddef>
#include <cstring>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/dump/canonical_record.h"
#include "converter/dump/dump_header_parser.h"
#include "converter/dump/input_formats.h"

namespace heapgrind {
namespace {

bool IsBlank(absl::string_view text) {
  return absl::StripLeadingAsciiWhitespace(text).empty();
}

// Moves the column that `status` begins with by `num_columns`.
absl::Status MoveColumn(const absl::Status& status, size_t num_columns) {
  if (num_columns == 0) return status;
  absl::string_view message = status.message();
  size_t column = 0;
  while (!message.empty() && absl::ascii_isdigit(message[0])) {
    column = 10 * column + static_cast<size_t>(message[0] - '0');
    message.remove_prefix(1);
  }
  return absl::Status(status.code(),
                      absl::StrCat(column + num_columns, message));
}

// Adds a hint if `line`, which is wrong, is the first of another format.
absl::Status WithHint(const absl::Status& status, absl::string_view line) {
  if (absl::StrContains(status.message(), '\n')) return status;
  return absl::Status(status.code(), absl::StrCat(status.message(),
                                                  FindInputFormat(line).hint));
}

// Leaves a record as many names as it has references for them, so that nobody
// behind the reader meets one without.  Returns how many were too many.
size_t DropSurplusNames(DumpRecord* record) {
  const bool is_object = record->form == RecordForm::kObject;
  // The parser has compared `pairs` of an object with its references.
  const size_t num_nameable =
      record->refs.size() - (is_object ? 2 * record->pairs : 0);
  if (record->names.size() <= num_nameable) return 0;
  const size_t num_surplus = record->names.size() - num_nameable;
  record->names.resize(num_nameable);
  return num_surplus;
}

absl::Status TooLong(size_t most) {
  return absl::InvalidArgumentError(
      absl::StrCat("1: expected a line of less than ", most >> 20,
                   " MiB, got a longer one"));
}

}  // namespace

absl::Status SecondEndRecord() {
  return absl::InvalidArgumentError(
      "1: expected one end record, got a second one");
}

absl::Status TextAfterArray() {
  return absl::InvalidArgumentError(
      "1: expected the end of the dump after \"]\", got another line");
}

SectionFacts DumpSectionReader::Read(const SectionStart& start,
                                     const TextChunk& chunk) {
  state_ = start;
  facts_ = SectionFacts();
  sink_->StartSection(chunk.number);
  absl::string_view rest = chunk.text;
  while (!rest.empty() && facts_.status.ok()) {
    const void* const newline = std::memchr(rest.data(), '\n', rest.size());
    const size_t size = newline == nullptr
                            ? rest.size()
                            : static_cast<const char*>(newline) - rest.data();
    const absl::string_view line = rest.substr(0, size);
    rest.remove_prefix(newline == nullptr ? size : size + 1);
    ++facts_.num_lines;
    facts_.status = ReadLine(line, newline != nullptr);
    if (!facts_.status.ok() && chunk.number == 0 && facts_.num_lines == 1) {
      facts_.status = WithHint(facts_.status, line);
    }
  }
  facts_.array = state_.array;
  return std::move(facts_);
}

absl::Status DumpSectionReader::ReadLine(absl::string_view line,
                                         bool has_newline) {
  const bool was_closed = state_.array.is_closed();
  const absl::string_view text = state_.array.Unwrap(line);
  if (facts_.first_line_with_text == 0 && !IsBlank(line)) {
    facts_.first_line_with_text = facts_.num_lines;
  }
  if (IsBlank(text)) return absl::OkStatus();
  const size_t most = state_.has_first_record ? limits_.others : limits_.first;
  if (line.size() >= most) return TooLong(most);
  if (was_closed) return TextAfterArray();
  absl::Status status = ReadRecord(text, has_newline);
  if (status.ok()) return status;
  return MoveColumn(status, static_cast<size_t>(text.data() - line.data()));
}

absl::Status DumpSectionReader::ReadRecord(absl::string_view text,
                                           bool has_newline) {
  if (state_.has_first_record &&
      ScanCanonicalRecord(text, &canonical_record_)) {
    return TakeRecord(&canonical_record_);
  }
  const absl::Status status = parser_.Parse(text);
  if (absl::IsOutOfRange(status) && !has_newline) {
    facts_.is_last_line_cut_off = true;
    return absl::OkStatus();
  }
  if (!status.ok()) return status;
  return state_.has_first_record ? TakeRecord(parser_.mutable_record())
                                 : ReadFirstRecord(text);
}

absl::Status DumpSectionReader::ReadFirstRecord(absl::string_view text) {
  state_.has_first_record = true;
  state_.has_header = parser_.record().form == RecordForm::kHeader;
  if (!state_.has_header) {
    on_header_(DumpHeader());
    return TakeRecord(parser_.mutable_record());
  }
  const absl::StatusOr<DumpHeader> header = ParseDumpHeader(text);
  if (!header.ok()) return header.status();
  on_header_(*header);
  sink_->SeeBoundary(parser_.record());
  return absl::OkStatus();
}

absl::Status DumpSectionReader::TakeRecord(DumpRecord* record) {
  switch (record->form) {
    case RecordForm::kHeader:
      return absl::InvalidArgumentError(
          "1: expected one header, got a second one\n"
          "hint: a file holds one dump; convert each dump on its own");
    case RecordForm::kEnd:
      return TakeEnd(*record);
    case RecordForm::kRoot:
      ++facts_.num_roots;
      break;
    case RecordForm::kSite:
      break;
    case RecordForm::kObject:
      ++facts_.num_objects;
      facts_.objects_size += record->size;
  }
  facts_.num_surplus_names += DropSurplusNames(record);
  const absl::Status status = sink_->Take(*record);
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("1: ", status.message()));
}

absl::Status DumpSectionReader::TakeEnd(const DumpRecord& record) {
  if (facts_.line_of_end_record > 0) return SecondEndRecord();
  facts_.line_of_end_record = facts_.num_lines;
  facts_.end = {record.end,
                record.size,
                record.left_out,
                record.left_out_size,
                record.pymalloc_explained,
                record.malloc_explained,
                record.native_explained,
                record.malloc_absent,
                record.swapped,
                record.resident_unknown,
                record.damaged,
                record.unreadable,
                record.lost_roots,
                record.native_cut_short,
                std::string(record.native_unknown)};
  sink_->SeeBoundary(record);
  return absl::OkStatus();
}

}  // namespace heapgrind
