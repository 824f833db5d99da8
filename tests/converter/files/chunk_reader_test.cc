#include "converter/files/chunk_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The chunks of `source`, then its error, if it has one.
std::vector<std::string> ChunksOf(ByteSource* source, size_t chunk_size,
                                  LineLimits limits = {}) {
  ChunkReader reader(source, chunk_size, limits);
  std::vector<std::string> chunks;
  TextChunk chunk;
  for (;;) {
    const absl::StatusOr<bool> has_chunk = reader.Next(&chunk);
    if (!has_chunk.ok()) {
      chunks.push_back(absl::StrCat("error: ", has_chunk.status().message()));
      return chunks;
    }
    if (!*has_chunk) return chunks;
    EXPECT_EQ(chunk.number, chunks.size());
    chunks.push_back(std::string(chunk.text));
  }
}

std::vector<std::string> Chunks(std::string text, size_t chunk_size,
                                size_t read_size = 1000) {
  StringSource source(std::move(text), read_size);
  return ChunksOf(&source, chunk_size);
}

// Hands out a text, and then an error instead of the end.
class BrokenSource : public ByteSource {
 public:
  explicit BrokenSource(std::string text) : text_(std::move(text)) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    const absl::StatusOr<size_t> count = text_.Read(buffer, capacity);
    if (*count == 0) return absl::UnavailableError("broken");
    return count;
  }
  uint64_t position() const override { return text_.position(); }
  uint64_t total_size() const override { return 0; }

 private:
  StringSource text_;
};

TEST(ChunkReaderTest, CutsBehindTheLastNewlineThatFits) {
  EXPECT_THAT(Chunks("ab\ncd\nef\ngh", 7), ElementsAre("ab\ncd\n", "ef\ngh"));
  EXPECT_THAT(Chunks("ab\ncd\n", 6), ElementsAre("ab\ncd\n"));
  EXPECT_THAT(Chunks("ab\n\n\n", 4), ElementsAre("ab\n\n", "\n"));
}

TEST(ChunkReaderTest, TextOfNothingHasNoChunk) {
  EXPECT_THAT(Chunks("", 4), IsEmpty());
}

TEST(ChunkReaderTest, GrowsToALineOfFourMillionBytes) {
  const std::string line = "{\"a\": " + std::string(4 << 20, 'x');
  EXPECT_THAT(Chunks(absl::StrCat("a\n", line, "\nb\n"), 1 << 10, 1 << 16),
              ElementsAre("a\n", absl::StrCat(line, "\nb\n")));
}

TEST(ChunkReaderTest, EndsInALineThatIsTooLongForWhatItBeginsWith) {
  const std::string line(4 << 20, 'x');
  EXPECT_THAT(Chunks(absl::StrCat("a\n", line, "\nb\n"), 1 << 10, 1 << 16),
              ElementsAre("a\n", line.substr(0, 1 << 20)));
}

// The chunks of `text`, of which the first line has less than 4 bytes, and the
// others less than 8.
std::vector<std::string> ChunksOfShortLines(std::string text) {
  StringSource source(std::move(text));
  return ChunksOf(&source, 4, {4, 8});
}

TEST(ChunkReaderTest, EndsInALineThatReachesItsLimit) {
  EXPECT_THAT(ChunksOfShortLines("abcdefghijkl\nm\n"), ElementsAre("abcd"));
  EXPECT_THAT(ChunksOfShortLines("abc\ndefghijklmno\np\n"),
              ElementsAre("abc\n", "defghijk"));
}

TEST(ChunkReaderTest, ReadsLinesUpToTheirLimit) {
  EXPECT_THAT(ChunksOfShortLines("abc\ndefghij\nk\n"),
              ElementsAre("abc\n", "defghij\n", "k\n"));
}

TEST(ChunkReaderTest, LinesBeforeAnErrorComeFirst) {
  BrokenSource source("ab\ncd\ne");
  EXPECT_THAT(ChunksOf(&source, 100), ElementsAre("ab\ncd\n", "error: broken"));
}

TEST(ChunkReaderTest, ChunksAreTheWholeTextInWholeLines) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const size_t size = random() % 40;
    while (text.size() < size) text.push_back(random() % 4 == 0 ? '\n' : 'x');
    const size_t chunk_size = 1 + random() % 10;
    const size_t read_size = 1 + random() % 10;
    SCOPED_TRACE(absl::StrCat("chunks ", chunk_size, " reads ", read_size,
                              " text ", text));
    const std::vector<std::string> chunks = Chunks(text, chunk_size, read_size);
    ASSERT_EQ(absl::StrJoin(chunks, ""), text);
    for (size_t i = 0; i + 1 < chunks.size(); ++i) {
      ASSERT_TRUE(absl::EndsWith(chunks[i], "\n"));
    }
    for (const std::string& chunk : chunks) ASSERT_FALSE(chunk.empty());
  }
}

}  // namespace
}  // namespace heapgrind
