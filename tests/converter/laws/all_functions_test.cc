// What is computed of all functions of a heap is what their rows say, one by
// one.

#include <gtest/gtest.h>

#include "converter/profile/name_walk.h"
#include "converter/profile/package_names.h"
#include "converter/profile/path_names.h"
#include "converter/profile/profile_tree.h"
#include "converter/suspects/row_weights.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/stages.h"

namespace heapgrind {
namespace {

class AllFunctionsTest : public ::testing::TestWithParam<const char*> {
 protected:
  AllFunctionsTest()
      : stages_(HeapOfFile(GetParam())),
        functions_(FindFunctions(stages_.owned())),
        tree_(BuildProfile(stages_.owned(), functions_)) {}

  const StringTable& strings() const { return stages_.graph.strings; }

  Stages stages_;
  const FunctionTable functions_;
  const ProfileTree tree_;
};

TEST_P(AllFunctionsTest, EachHasItsNameOnce) {
  const std::vector<std::string> paths = MakePaths(tree_, strings());
  std::vector<std::string> names(functions_.size());
  uint32_t num_names = 0;
  ForEachName(functions_, strings(), Places::kShown,
              [&](uint32_t function, const std::string& name) {
                names[function] = name;
                ++num_names;
              });
  EXPECT_EQ(num_names, tree_.size());
  EXPECT_GT(num_names, 500u);
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    EXPECT_EQ(names[i], MakeName(tree_, i, paths[i], paths[tree_.At(i).parent],
                                 strings()));
    EXPECT_EQ(PathOf(functions_, i, strings()), paths[i]);
  }
}

TEST_P(AllFunctionsTest, HaveTheWeightsOfTheirRows) {
  const RowWeights weights = WeighFunctions(stages_.owned(), functions_);
  const RowWeights expected = WeighWhatIsHeld(tree_, strings());
  EXPECT_EQ(weights.bytes, expected.bytes);
  EXPECT_EQ(weights.objects, expected.objects);
  EXPECT_EQ(weights.all_objects, expected.all_objects);
  EXPECT_EQ(weights.heap_bytes, expected.heap_bytes);
}

TEST_P(AllFunctionsTest, HaveThePackagesOfTheirRows) {
  const Packages packages = FindPackages(functions_, strings());
  const Packages expected = FindPackages(tree_, strings());
  EXPECT_EQ(packages.names, expected.names);
  EXPECT_EQ(packages.of_function, expected.of_function);
}

INSTANTIATE_TEST_SUITE_P(Dumps, AllFunctionsTest,
                         ::testing::Values("testdata/leak.json.gz",
                                           "testdata/shapes.json.gz",
                                           "testdata/meliae-py27-gc.json.gz"));

}  // namespace
}  // namespace heapgrind
