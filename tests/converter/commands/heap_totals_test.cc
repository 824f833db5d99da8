#include "converter/commands/heap_totals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "converter/base/clean_name.h"
#include "converter/cli/progress_line.h"
#include "converter/commands/summary/string_totals.h"
#include "converter/commands/type_pattern.h"

namespace heapgrind {
namespace {

class RetainedByGroupTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    auto heap =
        AnalyzedHeap::Load("test", GetParam(), options_, false, &progress_);
    ASSERT_TRUE(heap.ok()) << heap.status();
    heap_ = *std::move(heap);
  }

  // Looks at all that is above each object.
  template <typename NameOf>
  std::map<std::string, uint64_t> NaiveRetained(NameOf name_of) {
    const DominatorTree& tree = heap_->owners().tree;
    const NodeId num_objects = heap_->graph().num_nodes();
    std::map<std::string, uint64_t> retained;
    for (NodeId node = 0; node < num_objects; ++node) {
      bool is_topmost = true;
      for (uint32_t above = tree.idom[node]; above != kNoDominator;
           above = tree.idom[above]) {
        if (above < num_objects && name_of(above) == name_of(node)) {
          is_topmost = false;
          break;
        }
      }
      retained[name_of(node)] += is_topmost ? heap_->retained_bytes()[node] : 0;
    }
    return retained;
  }

  static std::map<std::string, uint64_t> RetainedOf(
      const std::vector<HeapTotal>& totals) {
    std::map<std::string, uint64_t> retained;
    for (const HeapTotal& total : totals) {
      retained[total.name] = total.retained;
    }
    return retained;
  }

  HeapOptions options_;
  ProgressLine progress_;
  std::unique_ptr<AnalyzedHeap> heap_;
};

TEST_P(RetainedByGroupTest, IsThatOfTheTopmostObjectsOfEachType) {
  const auto totals = TotalsByType(NodesOfType("", heap_.get()), heap_.get());
  EXPECT_EQ(RetainedOf(totals), NaiveRetained([this](NodeId node) {
              return CleanName(
                  heap_->graph().strings.Text(heap_->type_names().Of(node)));
            }));
}

TEST_P(RetainedByGroupTest, IsThatOfTheTopmostObjectsOfEachPackage) {
  const auto totals =
      TotalsByPackage(NodesOfType("", heap_.get()), heap_.get());
  EXPECT_EQ(RetainedOf(totals), NaiveRetained([this](NodeId node) {
              return heap_->packages().Of(heap_->functions().of_node[node]);
            }));
}

INSTANTIATE_TEST_SUITE_P(Dumps, RetainedByGroupTest,
                         ::testing::Values("testdata/leak.json.gz",
                                           "testdata/shapes.json.gz",
                                           "testdata/meliae-py27-gc.json.gz"));

HeapText Text(uint64_t address, uint64_t size, std::string_view text,
              char form = 's') {
  return {address, size, form, true, text};
}

TEST(StringTotalsTest, OneCopyOfEachTextIsNoDuplicate) {
  const StringTotals totals = CountStrings({Text(1, 50, "a"),
                                            Text(2, 50, "a"),
                                            Text(3, 58, "a"),
                                            Text(4, 60, "b"),
                                            Text(5, 34, "a", 'b'),
                                            {6, 5000, 's', false, ""}},
                                           10);
  EXPECT_EQ(totals.objects, 6u);
  EXPECT_EQ(totals.bytes, 5252u);
  EXPECT_EQ(totals.whole_objects, 5u);
  EXPECT_EQ(totals.whole_bytes, 252u);
  EXPECT_EQ(totals.duplicate_objects, 2u);
  EXPECT_EQ(totals.duplicate_bytes, 108u);
  ASSERT_EQ(totals.duplicates.size(), 1u);
  EXPECT_EQ(totals.duplicates[0].text, "a");
  EXPECT_EQ(totals.duplicates[0].objects, 3u);
  EXPECT_EQ(totals.duplicates[0].bytes, 158u);
}

TEST(StringTotalsTest, SizeClassesEndAtPowersOfTwo) {
  const StringTotals totals =
      CountStrings({Text(1, 64, "a"), Text(2, 65, "b"), Text(3, 128, "c")}, 10);
  ASSERT_EQ(totals.sizes.size(), 2u);
  EXPECT_EQ(totals.sizes[0].up_to, 64u);
  EXPECT_EQ(totals.sizes[0].objects, 1u);
  EXPECT_EQ(totals.sizes[1].up_to, 128u);
  EXPECT_EQ(totals.sizes[1].bytes, 193u);
}

TEST(StringTotalsTest, MostExpensiveDuplicatesComeFirst) {
  const StringTotals totals =
      CountStrings({Text(1, 50, "a"), Text(2, 50, "a"), Text(3, 99, "b"),
                    Text(4, 99, "b"), Text(5, 50, "c"), Text(6, 50, "c")},
                   2);
  ASSERT_EQ(totals.duplicates.size(), 2u);
  EXPECT_EQ(totals.duplicates[0].text, "b");
  EXPECT_EQ(totals.duplicates[1].text, "a");
  EXPECT_EQ(totals.duplicate_bytes, 199u);
}

}  // namespace
}  // namespace heapgrind
