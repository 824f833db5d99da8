#include "converter/dump/dump_section.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

constexpr size_t kMebibyte = size_t{1} << 20;

class CountingSink : public RecordSink {
 public:
  void StartSection(uint64_t) override {}
  absl::Status Take(const DumpRecord&) override {
    ++num_records_;
    return absl::OkStatus();
  }
  size_t num_records() const { return num_records_; }

 private:
  size_t num_records_ = 0;
};

// An object's record of `size` bytes.
std::string LineOfSize(size_t size) {
  const std::string begin =
      R"({"address": 1, "type": "str", "size": 1, "value": ")";
  const std::string end = R"(", "refs": []})";
  return absl::StrCat(begin, std::string(size - begin.size() - end.size(), 'x'),
                      end);
}

// What is wrong with the lines of `text`, of which the first has less than 1
// MiB, and the others less than 2 MiB.
std::string ErrorOf(const std::string& text) {
  CountingSink sink;
  DumpSectionReader reader(&sink, [](const DumpHeader&) {},
                           {kMebibyte, 2 * kMebibyte});
  TextChunk chunk;
  chunk.text = text;
  return std::string(reader.Read(SectionStart(), chunk).status.message());
}

TEST(DumpSectionTest, ReadsLinesUpToTheirLimit) {
  EXPECT_EQ(ErrorOf(absl::StrCat(LineOfSize(kMebibyte - 1), "\n",
                                 LineOfSize(2 * kMebibyte - 1), "\n")),
            "");
}

TEST(DumpSectionTest, RefusesALineThatReachesItsLimit) {
  EXPECT_EQ(ErrorOf(LineOfSize(kMebibyte)),
            "1: expected a line of less than 1 MiB, got a longer one");
  EXPECT_EQ(
      ErrorOf(absl::StrCat(LineOfSize(100), "\n", LineOfSize(2 * kMebibyte))),
      "1: expected a line of less than 2 MiB, got a longer one");
}

TEST(DumpSectionTest, HandsOutTheRecordsBeforeALineThatIsTooLong) {
  const std::string text = absl::StrCat(LineOfSize(100), "\n", LineOfSize(100),
                                        "\n", LineOfSize(2 * kMebibyte));
  CountingSink sink;
  DumpSectionReader reader(&sink, [](const DumpHeader&) {},
                           {kMebibyte, 2 * kMebibyte});
  TextChunk chunk;
  chunk.text = text;
  EXPECT_EQ(reader.Read(SectionStart(), chunk).num_lines, 3u);
  EXPECT_EQ(sink.num_records(), 2u);
}

}  // namespace
}  // namespace heapgrind
