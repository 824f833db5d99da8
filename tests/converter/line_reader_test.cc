#include "converter/line_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/converter/string_source.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The lines of `text`, each as "NUMBER:LINE" and with "$" for its newline.
std::vector<std::string> Lines(std::string text, size_t chunk_size = 1000,
                               size_t buffer_size = 1000) {
  StringSource source(std::move(text), chunk_size);
  LineReader reader(&source, buffer_size);
  std::vector<std::string> lines;
  while (*reader.Next()) {
    lines.push_back(absl::StrCat(reader.line_number(), ":", reader.line(),
                                 reader.ends_with_newline() ? "$" : ""));
  }
  return lines;
}

// What the lines of `text` are, without any buffer.
std::vector<std::string> NaiveLines(const std::string& text) {
  std::vector<std::string> lines;
  std::string line;
  for (const char c : text) {
    if (c != '\n') {
      line.push_back(c);
      continue;
    }
    lines.push_back(absl::StrCat(lines.size() + 1, ":", line, "$"));
    line.clear();
  }
  if (!line.empty()) lines.push_back(absl::StrCat(lines.size() + 1, ":", line));
  return lines;
}

TEST(LineReaderTest, NumbersTheLinesAndTellsTheirNewlines) {
  EXPECT_THAT(Lines("a\n\nbc\n"), ElementsAre("1:a$", "2:$", "3:bc$"));
  EXPECT_THAT(Lines("a\nb"), ElementsAre("1:a$", "2:b"));
  EXPECT_THAT(Lines(""), IsEmpty());
  EXPECT_THAT(Lines("\n"), ElementsAre("1:$"));
}

TEST(LineReaderTest, StaysAtTheEnd) {
  StringSource source("a");
  LineReader reader(&source);
  EXPECT_TRUE(*reader.Next());
  EXPECT_FALSE(*reader.Next());
  EXPECT_FALSE(*reader.Next());
}

TEST(LineReaderTest, GrowsToALineOfFourMillionBytes) {
  const std::string line(4 << 20, 'x');
  EXPECT_THAT(Lines(absl::StrCat("a\n", line, "\nb\n"), 1 << 16, 1 << 10),
              ElementsAre("1:a$", absl::StrCat("2:", line, "$"), "3:b$"));
}

TEST(LineReaderTest, FindsTheSameLinesWithEveryBuffer) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const size_t size = random() % 40;
    while (text.size() < size) text.push_back(random() % 4 == 0 ? '\n' : 'x');
    const size_t chunk_size = 1 + random() % 10;
    const size_t buffer_size = 1 + random() % 10;
    EXPECT_EQ(Lines(text, chunk_size, buffer_size), NaiveLines(text))
        << "chunks " << chunk_size << " buffer " << buffer_size << "\n"
        << text;
  }
}

}  // namespace
}  // namespace heapgrind
