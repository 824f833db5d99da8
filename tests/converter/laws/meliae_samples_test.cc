// Reads real dumps, which Meliae wrote (testdata/README.md).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "converter/dump/dump_reader.h"
#include "converter/files/dump_source.h"

namespace heapgrind {
namespace {

using ::testing::IsEmpty;

absl::StatusOr<DumpFacts> FactsOf(absl::string_view path) {
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
  if (!source.ok()) return source.status();
  return ReadDump(path, source->get(),
                  {[](const DumpHeader&) {},
                   [](const DumpRecord&) { return absl::OkStatus(); },
                   [](uint64_t, uint64_t) {}});
}

TEST(MeliaeSamplesTest, DumpOfAllObjectsIsReadWhole) {
  const absl::StatusOr<DumpFacts> facts =
      FactsOf("testdata/meliae-py27-all.json.gz");
  ASSERT_TRUE(facts.ok()) << facts.status();
  EXPECT_FALSE(facts->has_header);
  EXPECT_EQ(facts->num_lines, 18537u);
  EXPECT_EQ(facts->num_objects, 18537u);
  EXPECT_EQ(facts->objects_size, 2211851u);
  EXPECT_THAT(DescribeLosses(*facts), IsEmpty());
}

TEST(MeliaeSamplesTest, DumpOfCollectedObjectsIsReadWhole) {
  const absl::StatusOr<DumpFacts> facts =
      FactsOf("testdata/meliae-py27-gc.json.gz");
  ASSERT_TRUE(facts.ok()) << facts.status();
  EXPECT_EQ(facts->num_lines, 25358u);
  EXPECT_EQ(facts->num_objects, 25358u);
  EXPECT_THAT(DescribeLosses(*facts), IsEmpty());
}

}  // namespace
}  // namespace heapgrind
