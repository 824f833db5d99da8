#include "converter/files/gzip_codec.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/converter/support/gzip_text.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

DecompressingSource Compressed(std::string bytes, size_t chunk_size = 1000) {
  return DecompressingSource(
      "a.gz", std::make_unique<StringSource>(std::move(bytes), chunk_size),
      MakeGzipCodec());
}

// All that `source` hands out, or the message of its error.
std::string ReadAll(DecompressingSource* source) {
  std::string text;
  char buffer[5];
  for (;;) {
    const absl::StatusOr<size_t> count = source->Read(buffer, sizeof buffer);
    if (!count.ok()) return std::string(count.status().message());
    if (*count == 0) return text;
    text.append(buffer, *count);
  }
}

TEST(GzipCodecTest, KnowsGzipByItsFirstTwoBytes) {
  EXPECT_TRUE(IsGzip(GzipText("a")));
  EXPECT_FALSE(IsGzip("{\"address\": 1"));
  EXPECT_FALSE(IsGzip("\x1f"));
}

TEST(GzipCodecTest, DecompressesWhateverTheChunks) {
  for (const size_t chunk_size : {1, 2, 3, 1000}) {
    DecompressingSource source =
        Compressed(GzipText("hello, world"), chunk_size);
    EXPECT_EQ(ReadAll(&source), "hello, world") << chunk_size;
    EXPECT_FALSE(source.is_cut_off()) << chunk_size;
  }
}

TEST(GzipCodecTest, NoCapacityGetsNothingAndLosesNothing) {
  DecompressingSource source = Compressed(GzipText("hello"), 1000);
  EXPECT_EQ(*source.Read(nullptr, 0), 0u);
  EXPECT_EQ(ReadAll(&source), "hello");
}

TEST(GzipCodecTest, ReadsMembersThatFollowEachOtherAsOneText) {
  for (const size_t chunk_size : {1, 7, 1000}) {
    DecompressingSource source =
        Compressed(absl::StrCat(GzipText("one "), GzipText(""), GzipText("two"),
                                std::string(3, '\0')),
                   chunk_size);
    EXPECT_EQ(ReadAll(&source), "one two") << chunk_size;
    EXPECT_FALSE(source.is_cut_off()) << chunk_size;
  }
}

TEST(GzipCodecTest, HandsOutWhatIsLeftOfDataCutOffAnywhere) {
  const std::string text = "a text, a text, another text";
  const std::string whole = GzipText(text);
  for (size_t size = 0; size < whole.size(); ++size) {
    DecompressingSource source = Compressed(whole.substr(0, size));
    const std::string left = ReadAll(&source);
    EXPECT_EQ(left, text.substr(0, left.size())) << size;
    EXPECT_TRUE(source.is_cut_off()) << size;
  }
}

TEST(GzipCodecTest, NotesThatTheSecondMemberIsCutOff) {
  DecompressingSource source =
      Compressed(absl::StrCat(GzipText("one"), GzipText("two").substr(0, 1)));
  EXPECT_EQ(ReadAll(&source), "one");
  EXPECT_TRUE(source.is_cut_off());
}

TEST(GzipCodecTest, RefusesCorruptData) {
  std::string bytes = GzipText("hello");
  bytes[10] = '\x07';
  DecompressingSource source = Compressed(bytes);
  EXPECT_EQ(ReadAll(&source),
            "a.gz: expected gzip data, got \"invalid block type\" after 0 "
            "decompressed bytes");
}

TEST(GzipCodecTest, HandsOutTheTextBeforeCorruptData) {
  for (const size_t chunk_size : {1, 5, 1000}) {
    std::string bytes = GzipText("hello, world");
    bytes[bytes.size() - 8] ^= 1;  // The first byte of the check sum.
    DecompressingSource source = Compressed(bytes, chunk_size);
    char buffer[100];
    std::string text;
    absl::StatusOr<size_t> count = source.Read(buffer, sizeof buffer);
    for (; count.ok(); count = source.Read(buffer, sizeof buffer)) {
      ASSERT_GT(*count, 0u);
      text.append(buffer, *count);
    }
    EXPECT_EQ(text, "hello, world") << chunk_size;
    EXPECT_EQ(count.status().message(),
              "a.gz: expected gzip data, got \"incorrect data check\" after 12 "
              "decompressed bytes")
        << chunk_size;
  }
}

TEST(GzipCodecTest, RefusesOtherDataAfterAMember) {
  DecompressingSource source =
      Compressed(absl::StrCat(GzipText("hello"), "rubbish"));
  EXPECT_EQ(ReadAll(&source),
            "a.gz: expected gzip data, got \"incorrect header check\" after 5 "
            "decompressed bytes");
}

TEST(GzipCodecTest, CountsCompressedBytes) {
  const std::string bytes = GzipText(std::string(100000, 'x'));
  DecompressingSource source = Compressed(bytes);
  EXPECT_EQ(source.position(), 0u);
  EXPECT_EQ(source.total_size(), bytes.size());
  EXPECT_EQ(ReadAll(&source), std::string(100000, 'x'));
  EXPECT_EQ(source.position(), bytes.size());
}

}  // namespace
}  // namespace heapgrind
