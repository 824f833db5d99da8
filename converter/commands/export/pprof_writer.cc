#include "converter/commands/export/pprof_writer.h"

#include <cstdint>

#include "converter/base/string_table.h"
#include "converter/commands/export/protobuf_message.h"

namespace heapgrind {
namespace {

// Numbers of fields in profile.proto.
namespace profile {
enum Field : uint32_t {
  kSampleType = 1,
  kSample = 2,
  kLocation = 4,
  kFunction = 5,
  kStringTable = 6,
  kTimeNanos = 9,
  kComment = 13,
  kDefaultSampleType = 14,
};
}  // namespace profile
namespace value_type {
enum Field : uint32_t { kType = 1, kUnit = 2 };
}  // namespace value_type
namespace sample {
enum Field : uint32_t { kLocationId = 1, kValue = 2, kLabel = 3 };
}  // namespace sample
namespace label {
enum Field : uint32_t { kKey = 1, kText = 2 };
}  // namespace label
namespace location {
enum Field : uint32_t { kId = 1, kLine = 4 };
}  // namespace location
namespace line {
enum Field : uint32_t { kFunctionId = 1, kLine = 2 };
}  // namespace line
namespace function {
enum Field : uint32_t { kId = 1, kName = 2, kFilename = 4, kStartLine = 5 };
}  // namespace function

class Writer {
 public:
  Writer(const std::vector<StackRow>& rows,
         absl::FunctionRef<void(absl::string_view)> write)
      : rows_(rows), write_(write) {}

  void Write(const PprofHeader& header) {
    WriteHeader(header);
    for (uint32_t i = 0; i < rows_.size(); ++i) WriteRow(i);
    WriteTexts();
  }

 private:
  void WriteHeader(const PprofHeader& header) {
    ProtobufMessage message;
    message.Message(profile::kSampleType, ValueType("bytes", "bytes"));
    message.Message(profile::kSampleType, ValueType("objects", "count"));
    message.Number(profile::kDefaultSampleType, Text("bytes"));
    message.Number(profile::kTimeNanos, header.time * 1000000000);
    for (const std::string& comment : header.comments) {
      message.Number(profile::kComment, Text(comment));
    }
    write_(message.bytes());
  }

  ProtobufMessage ValueType(absl::string_view type, absl::string_view unit) {
    ProtobufMessage message;
    message.Number(value_type::kType, Text(type));
    message.Number(value_type::kUnit, Text(unit));
    return message;
  }

  void WriteRow(uint32_t i) {
    const StackRow& row = rows_[i];
    ProtobufMessage message;
    message.Message(profile::kFunction, FunctionOf(i));
    message.Message(profile::kLocation, LocationOf(i));
    if (row.self.bytes > 0 || row.self.objects > 0) {
      message.Message(profile::kSample, SampleOf(i));
    }
    write_(message.bytes());
  }

  ProtobufMessage FunctionOf(uint32_t i) {
    const StackRow& row = rows_[i];
    ProtobufMessage message;
    message.Number(function::kId, IdOf(i));
    message.Number(function::kName, Text(row.name));
    if (row.line > 0) {
      message.Number(function::kFilename, Text(row.file));
      message.Number(function::kStartLine, row.line);
    }
    return message;
  }

  ProtobufMessage LocationOf(uint32_t i) {
    ProtobufMessage at;
    at.Number(line::kFunctionId, IdOf(i));
    at.Number(line::kLine, rows_[i].line);
    ProtobufMessage message;
    message.Number(location::kId, IdOf(i));
    message.Message(location::kLine, at);
    return message;
  }

  ProtobufMessage SampleOf(uint32_t i) {
    const StackRow& row = rows_[i];
    std::vector<uint64_t> stack;
    for (const uint32_t owner : StackOf(rows_, i)) stack.push_back(IdOf(owner));
    ProtobufMessage message;
    message.Numbers(sample::kLocationId, stack);
    message.Numbers(sample::kValue, {row.self.bytes, row.self.objects});
    message.Message(sample::kLabel, Label("package", row.package));
    if (!row.type.empty()) {
      message.Message(sample::kLabel, Label("type", row.type));
    }
    return message;
  }

  ProtobufMessage Label(absl::string_view key, absl::string_view text) {
    ProtobufMessage message;
    message.Number(label::kKey, Text(key));
    message.Number(label::kText, Text(text));
    return message;
  }

  // Ids are not 0.
  static uint64_t IdOf(uint32_t function) { return uint64_t{function} + 1; }

  // The place in the table of strings, of which the first is "".
  uint64_t Text(absl::string_view text) {
    return text.empty() ? kNoString : texts_.Intern({text.data(), text.size()});
  }

  void WriteTexts() {
    for (StringId id = 0; id < texts_.size(); ++id) {
      const std::string_view text = texts_.Text(id);
      ProtobufMessage message;
      message.Bytes(profile::kStringTable, {text.data(), text.size()});
      write_(message.bytes());
    }
  }

  const std::vector<StackRow>& rows_;
  absl::FunctionRef<void(absl::string_view)> write_;
  StringTable texts_;
};

}  // namespace

void WritePprof(const std::vector<StackRow>& rows, const PprofHeader& header,
                absl::FunctionRef<void(absl::string_view)> write) {
  Writer(rows, write).Write(header);
}

}  // namespace heapgrind
