#include "converter/files/gzip_text.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "converter/files/gzip_codec.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

// What the reader of dumps makes of compressed text.
std::string Decompressed(const std::string& bytes) {
  DecompressingSource source(
      "a.gz", std::make_unique<StringSource>(bytes, 1000), MakeGzipCodec());
  std::string text;
  char buffer[4096];
  for (;;) {
    const absl::StatusOr<size_t> count = source.Read(buffer, sizeof buffer);
    if (!count.ok()) return std::string(count.status().message());
    if (*count == 0) return text;
    text.append(buffer, *count);
  }
}

TEST(GzipTextTest, TextComesBack) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += std::to_string(i * 7919);
  for (const std::string& example : {std::string(), std::string("a"), text}) {
    EXPECT_EQ(Decompressed(*Gzip(example)), example);
  }
}

TEST(GzipTextTest, CompressedTextIsSmallerAndTheSameEachTime) {
  const std::string text(100000, 'a');
  EXPECT_LT(Gzip(text)->size(), 200u);
  EXPECT_EQ(*Gzip(text), *Gzip(text));
}

}  // namespace
}  // namespace heapgrind
