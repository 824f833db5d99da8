#include "converter/outside/dump_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

using ::testing::HasSubstr;

constexpr char kHeader[] = "{\"heapgrind\": 2, \"pid\": 1}\n";
constexpr uint64_t kMuch = uint64_t{1} << 40;

class TextOutput : public DumpOutput {
 public:
  void Append(absl::string_view added) override {
    text.append(added.data(), added.size());
  }
  uint64_t most_bytes() const override { return text.size(); }
  absl::Status status() const override { return absl::OkStatus(); }
  absl::Status Commit() override { return absl::OkStatus(); }

  std::string text;
};

std::string Object(int address, const std::string& type, int size) {
  return absl::StrCat("{\"address\": ", address, ", \"type\": \"", type,
                      "\", \"size\": ", size, ", \"refs\": [1, 2]}\n");
}

// The message for a dump, in pieces of `piece` bytes; "" for a right one.
std::string Check(const std::string& dump, size_t piece, TextOutput* output,
                  uint64_t max_bytes = 0, uint64_t most_text = kMuch) {
  DumpCheck check(max_bytes, most_text, output);
  for (size_t at = 0; at < dump.size(); at += piece) {
    const absl::Status status =
        check.Take(absl::string_view(dump).substr(at, piece));
    if (!status.ok()) return std::string(status.message());
  }
  return std::string(check.Finish().message());
}

TEST(DumpCheckTest, RightDumpIsWrittenAsItIsWhateverThePieces) {
  const std::string dump = absl::StrCat(
      kHeader, "{\"root\": \"modules\", \"refs\": [1]}\n",
      "{\"site\": 1, \"file\": \"a\"}\n", Object(16, "a\\\"b\\\\", 24),
      Object(32, "x, \\\"size\\\": 7", 8),
      "{\"end\": 2, \"size\": 32, \"swapped\": 1}\n");
  for (const size_t piece : {1, 2, 7, 100, 10000}) {
    TextOutput output;
    EXPECT_EQ(Check(dump, piece, &output), "") << piece;
    EXPECT_EQ(output.text, dump) << piece;
  }
}

TEST(DumpCheckTest, LongLineIsWrittenBeforeItsEnd) {
  std::string line =
      "{\"address\": 16, \"type\": \"list\", \"size\": 9, \"refs\": [1";
  while (line.size() < 3 << 20) line += ", 1";
  const std::string dump =
      absl::StrCat(kHeader, line, "]}\n{\"end\": 1, \"size\": 9}\n");
  TextOutput output;
  DumpCheck check(0, kMuch, &output);
  ASSERT_TRUE(check.Take(absl::string_view(dump).substr(0, 2 << 20)).ok());
  EXPECT_EQ(output.text.size(), 2 << 20);
  ASSERT_TRUE(check.Take(absl::string_view(dump).substr(2 << 20)).ok());
  EXPECT_TRUE(check.Finish().ok());
  EXPECT_TRUE(output.text == dump);
}

TEST(DumpCheckTest, LimitLeavesOutWhatDoesNotFitAndCountsIt) {
  std::string large = Object(32, std::string(3000, 'x'), 500);
  const std::string dump =
      absl::StrCat(kHeader, Object(16, "a", 24), large, Object(48, "b", 8),
                   "{\"end\": 3, \"size\": 532, \"damaged\": 2, "
                   "\"pymalloc_explained\": 9, \"native_explained\": 9, "
                   "\"swapped\": 1, \"native_unknown\": \"a, \\\"b\"}\n");
  TextOutput output;
  EXPECT_EQ(Check(dump, 5, &output, 4096 + 1000), "");
  EXPECT_EQ(output.text,
            absl::StrCat(kHeader, Object(16, "a", 24), Object(48, "b", 8),
                         "{\"end\": 2, \"size\": 32, \"left_out\": 1, "
                         "\"left_out_size\": 500, \"damaged\": 2, "
                         "\"swapped\": 1, "
                         "\"native_unknown\": \"a, \\\"b\"}\n"));
}

TEST(DumpCheckTest, LimitLeavesRootsWholeHoweverLongTheyAre) {
  std::string root = "{\"root\": \"thread\", \"refs\": [1";
  while (root.size() < 3 << 20) root += ", 1";
  root += "]}\n";
  std::string object = Object(16, "list", 24);
  object.insert(object.size() - 3, std::string(2 << 20, ' '));
  const std::string dump =
      absl::StrCat(kHeader, root, object, "{\"end\": 1, \"size\": 24}\n");
  TextOutput output;
  EXPECT_EQ(Check(dump, 1 << 16, &output, root.size() + (1 << 20)), "");
  EXPECT_TRUE(output.text ==
              absl::StrCat(kHeader, root,
                           "{\"end\": 0, \"size\": 0, \"left_out\": 1, "
                           "\"left_out_size\": 24}\n"))
      << output.text.size();
}

TEST(DumpCheckTest, OnceNextToNothingFitsAllIsLeftOut) {
  std::string dump = kHeader;
  for (int i = 1; i <= 100; ++i) dump += Object(16 * i, "object", 16);
  dump += "{\"end\": 100, \"size\": 1600}\n";
  TextOutput output;
  EXPECT_EQ(Check(dump, 64, &output, 4096 + 2000), "");
  EXPECT_LE(output.text.size(), 4096 + 2000);
  EXPECT_THAT(output.text, HasSubstr("\"left_out\": "));
}

TEST(DumpCheckTest, WrongDumpsAreRefused) {
  const std::string object = Object(16, "a", 24);
  const std::string end = "{\"end\": 1, \"size\": 24}\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "expected a dump from its copy, got none"},
      {object + end, "expected one header, at the beginning"},
      {absl::StrCat(kHeader, kHeader), "expected one header, at the beginning"},
      {absl::StrCat(kHeader, object), "got one that is cut off"},
      {absl::StrCat(kHeader, object, end.substr(0, end.size() - 1)),
       "got one that is cut off"},
      {absl::StrCat(kHeader, object, end, object), "got more"},
      {absl::StrCat(kHeader, object, object, end),
       "expected 1 objects of 24 bytes from its copy, got 2 objects of 48"},
      {absl::StrCat(kHeader, object, "{\"end\": 1, \"size\": 25}\n"),
       "expected 1 objects of 25 bytes"},
      {absl::StrCat(kHeader, "{\"end\": , \"size\": 25}\n"), "got none"},
      {absl::StrCat(kHeader, "\n"), "one that ends otherwise"},
      {absl::StrCat(kHeader, "[]\n"), "one that begins otherwise"},
      {absl::StrCat(kHeader, "{\"address\": 16,\n"), "one that ends otherwise"},
      {absl::StrCat(kHeader, "{\"address\": 16}\n"), "got one without"},
      {absl::StrCat(kHeader, "{\"address\": 16, \"type\": \"a}\n"),
       "got one without"},
      {absl::StrCat(kHeader,
                    "{\"address\": 16, \"type\": \"a\", \"size\": "
                    "99999999999999999999}\n"),
       "got one without"},
  };
  for (const auto& [dump, message] : cases) {
    TextOutput output;
    EXPECT_THAT(Check(dump, 3, &output), HasSubstr(message)) << dump;
  }
}

TEST(DumpCheckTest, MoreTextThanAnyDumpHasIsRefused) {
  TextOutput output;
  EXPECT_EQ(
      Check(absl::StrCat(kHeader, Object(16, "a", 24)), 50, &output, 0, 60),
      "expected a dump from its copy, got more than 60 bytes");
}

}  // namespace
}  // namespace heapgrind
