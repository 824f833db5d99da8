// Goes through the table of formats, row by row.

#include "converter/dump/input_formats.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/dump/dump_reader.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

constexpr absl::string_view kObject =
    "{\"address\": 16, \"type\": \"T\", \"size\": 8, \"refs\": []}\n";

// A dump of each format that can be read, by its name.
const std::map<std::string, std::string>& Samples() {
  static const auto* const kSamples = new std::map<std::string, std::string>{
      {"heapgrind dump", absl::StrCat("{\"heapgrind\": 1}\n", kObject,
                                      "{\"end\": 1, \"size\": 8}\n")},
      {"Meliae dump", std::string(kObject)},
  };
  return *kSamples;
}

absl::StatusOr<DumpFacts> Read(const std::string& text) {
  StringSource source(text, 7);
  return ReadDump("a.json", &source,
                  {[](const DumpHeader&) {},
                   [](const DumpRecord&) { return absl::OkStatus(); },
                   [](uint64_t, uint64_t) {}});
}

TEST(InputFormatsTest, EveryFormatIsFoundByItsBeginning) {
  for (const InputFormat& format : InputFormats()) {
    const std::string text = absl::StrCat(format.beginning, " 1, 2, 3");
    EXPECT_EQ(FindInputFormat(text).name, format.name);
  }
}

TEST(InputFormatsTest, EveryFormatHasEitherAReaderOrAHint) {
  for (const InputFormat& format : InputFormats()) {
    EXPECT_EQ(format.read == nullptr, absl::StartsWith(format.hint, "\nhint: "))
        << format.name;
  }
}

TEST(InputFormatsTest, EveryFormatWithAReaderIsRead) {
  size_t num_readers = 0;
  for (const InputFormat& format : InputFormats()) {
    if (format.read == nullptr) continue;
    ++num_readers;
    const std::string& sample = Samples().at(std::string(format.name));
    EXPECT_EQ(FindInputFormat(sample).name, format.name);
    const absl::StatusOr<DumpFacts> facts = Read(sample);
    ASSERT_TRUE(facts.ok()) << facts.status();
    EXPECT_EQ(facts->num_objects, 1u) << format.name;
  }
  EXPECT_EQ(num_readers, Samples().size());
}

TEST(InputFormatsTest, EveryFormatWithoutAReaderIsAnErrorWithItsHint) {
  for (const InputFormat& format : InputFormats()) {
    if (format.read != nullptr) continue;
    const absl::Status status =
        Read(absl::StrCat(format.beginning, "...\n")).status();
    EXPECT_TRUE(absl::StartsWith(status.message(), "a.json:1:")) << status;
    EXPECT_TRUE(absl::EndsWith(status.message(), format.hint)) << status;
  }
}

TEST(InputFormatsTest, ShortAndEmptyTextsAreReadAsTheLastFormat) {
  EXPECT_EQ(&FindInputFormat(""), &InputFormats().back());
  EXPECT_EQ(&FindInputFormat("B"), &InputFormats().back());
}

}  // namespace
}  // namespace heapgrind
