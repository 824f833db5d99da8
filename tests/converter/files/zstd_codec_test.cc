#include "converter/files/zstd_codec.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/converter/support/string_source.h"
#include "tests/converter/support/zstd_text.h"

namespace heapgrind {
namespace {

DecompressingSource Compressed(std::string bytes, size_t chunk_size = 1000) {
  return DecompressingSource(
      "a.zst", std::make_unique<StringSource>(std::move(bytes), chunk_size),
      MakeZstdCodec());
}

// All that `source` hands out, and the message of its error.
std::string ReadAll(DecompressingSource* source, size_t read_size = 5) {
  std::string text;
  std::string buffer(read_size, '\0');
  for (;;) {
    const absl::StatusOr<size_t> count =
        source->Read(buffer.data(), buffer.size());
    if (!count.ok()) return text + std::string(count.status().message());
    if (*count == 0) return text;
    text.append(buffer, 0, *count);
  }
}

TEST(ZstdCodecTest, KnowsZstdByItsFirstFourBytes) {
  EXPECT_TRUE(IsZstd(ZstdText("a")));
  EXPECT_FALSE(IsZstd("{\"address\": 1"));
  EXPECT_FALSE(IsZstd("\x28\xb5\x2f"));
}

TEST(ZstdCodecTest, DecompressesWhateverTheChunks) {
  std::string text;
  for (int i = 0; i < 100000; ++i) absl::StrAppend(&text, i * 7919 % 1000, " ");
  for (const size_t chunk_size : {1, 2, 3, 1000, 1000000}) {
    for (const size_t read_size : {7, 1000, 10000000}) {
      DecompressingSource source = Compressed(ZstdText(text), chunk_size);
      EXPECT_TRUE(ReadAll(&source, read_size) == text)
          << chunk_size << " " << read_size;
      EXPECT_FALSE(source.is_cut_off()) << chunk_size << " " << read_size;
    }
  }
}

// A frame of "abc" that says it needs a window of 2^`window_log` bytes (RFC
// 8878, 3.1.1): magic number, descriptor, window, one raw block.
std::string FrameWithWindow(int window_log) {
  const char window = static_cast<char>((window_log - 10) << 3);
  const std::string block("\x19\0\0abc", 6);  // The last one, raw, 3 bytes.
  return std::string("\x28\xb5\x2f\xfd\0", 5) + window + block;
}

TEST(ZstdCodecTest, ReadsWindowsOfUpTo128MiB) {
  DecompressingSource source = Compressed(FrameWithWindow(27));
  EXPECT_EQ(ReadAll(&source), "abc");
}

TEST(ZstdCodecTest, SaysHowToReadALargerWindow) {
  DecompressingSource source = Compressed(FrameWithWindow(28));
  EXPECT_EQ(ReadAll(&source),
            "a.zst: expected zstd data, got \"Frame requires too much memory "
            "for decoding\" after 0 bytes\n"
            "hint: only windows of up to 128 MiB are read; try zstd -dc "
            "--long=31 FILE | {program} -");
}

TEST(ZstdCodecTest, ReadsFramesThatFollowEachOtherAsOneText) {
  for (const size_t chunk_size : {1, 7, 1000}) {
    DecompressingSource source = Compressed(
        absl::StrCat(ZstdText("one "), ZstdText(""), ZstdText("two")),
        chunk_size);
    EXPECT_EQ(ReadAll(&source), "one two") << chunk_size;
    EXPECT_FALSE(source.is_cut_off()) << chunk_size;
  }
}

TEST(ZstdCodecTest, HandsOutWhatIsLeftOfDataCutOffAnywhere) {
  const std::string text = "a text, a text, another text";
  const std::string whole = ZstdText(text);
  for (size_t size = 0; size < whole.size(); ++size) {
    DecompressingSource source = Compressed(whole.substr(0, size));
    EXPECT_TRUE(absl::StartsWith(text, ReadAll(&source))) << size;
    EXPECT_TRUE(source.is_cut_off()) << size;
  }
}

TEST(ZstdCodecTest, RefusesAWrongCheckSum) {
  std::string bytes = ZstdText("hello");
  bytes.back() ^= 1;
  DecompressingSource source = Compressed(bytes);
  EXPECT_EQ(ReadAll(&source),
            "a.zst: expected zstd data, got \"Restored data doesn't match "
            "checksum\" after 0 decompressed bytes");
}

TEST(ZstdCodecTest, RefusesWhatFollowsAFrameAndIsNone) {
  DecompressingSource source = Compressed(ZstdText("one") + "something else");
  EXPECT_EQ(ReadAll(&source),
            "onea.zst: expected zstd data, got \"Unknown frame descriptor\" "
            "after 3 decompressed bytes");
}

}  // namespace
}  // namespace heapgrind
