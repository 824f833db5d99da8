// The law that gives a function's inclusive cost its meaning: it is the sum,
// over the function's topmost objects, of what each retains.  What an object
// retains is what a walk of the ownership graph no longer reaches without it.

#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/string_view.h"
#include "converter/profile/profile_tree.h"
#include "tests/converter/support/heap_of_text.h"
#include "tests/converter/support/naive_dominators.h"
#include "tests/converter/support/naive_ownership.h"
#include "tests/converter/support/random_dump.h"
#include "tests/converter/support/stages.h"

namespace heapgrind {
namespace {

// What `node` retains, by walking without it.
Cost NaiveRetained(const Stages& stages, const Adjacency& ownership,
                   NodeId node) {
  const std::vector<bool> reached =
      ReachedWithout(ownership, stages.ownership.main(), node);
  Cost cost;
  for (NodeId other = 0; other < stages.graph.num_nodes(); ++other) {
    if (!reached[other]) cost += {stages.graph.size[other], 1};
  }
  return cost;
}

// Compares every function's inclusive cost, count and caller with the oracles.
void ExpectRetainedSizes(Stages* stages, uint64_t num_single_objects = 0) {
  const FunctionTable table =
      FindFunctions(stages->owned(), num_single_objects);
  const std::vector<ProfileNode> functions =
      BuildProfile(stages->owned(), table).nodes;
  const Adjacency ownership = AdjacencyOf(stages->ownership);
  const std::vector<uint32_t> idoms =
      NaiveIdoms(ownership, stages->ownership.main());
  std::vector<Cost> self(functions.size());
  std::vector<Cost> inclusive(functions.size());
  std::vector<uint64_t> num_topmost(functions.size());
  inclusive[0] = {TotalSize(stages->graph), stages->graph.num_nodes()};
  for (NodeId node = 0; node < stages->ownership.num_nodes(); ++node) {
    const uint32_t function = table.of_node[node];
    if (function == kNoFunction) continue;
    if (node < stages->graph.num_nodes()) {
      self[function] += {stages->graph.size[node], 1};
    }
    if (idoms[node] == kNoDominator) continue;
    const uint32_t owner = table.of_node[idoms[node]];
    if (owner == function) continue;
    EXPECT_EQ(functions[function].parent, owner) << "node " << node;
    inclusive[function] += NaiveRetained(*stages, ownership, node);
    ++num_topmost[function];
  }
  for (uint32_t f = 0; f < functions.size(); ++f) {
    EXPECT_TRUE(functions[f].self == self[f]) << "function " << f;
    EXPECT_TRUE(functions[f].inclusive == inclusive[f])
        << "function " << f << ": " << functions[f].inclusive.bytes
        << " bytes, expected " << inclusive[f].bytes;
    EXPECT_EQ(functions[f].num_topmost, num_topmost[f]) << "function " << f;
  }
}

TEST(RetainedSizeLawTest, HoldsForRandomHeaps) {
  for (uint32_t seed = 1; seed <= 16 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Stages modules(MeliaeHeapOf(JoinLines(RandomDump(seed, 30 * seed))));
    ExpectRetainedSizes(&modules);
    ExpectRetainedSizes(&modules, 10);
    Stages strict(MeliaeHeapOf(JoinLines(RandomDump(seed, 15 * seed))),
                  OwnershipRules::kStrict);
    ExpectRetainedSizes(&strict);
  }
}

TEST(RetainedSizeLawTest, HoldsForRandomMeliaeHeaps) {
  for (uint32_t seed = 1; seed <= 15 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Stages modules(MeliaeHeapOf(JoinLines(RandomMeliaeDump(seed, 20 * seed))));
    ExpectRetainedSizes(&modules);
  }
}

TEST(RetainedSizeLawTest, HoldsForALargeRandomHeap) {
  Stages stages(MeliaeHeapOf(JoinLines(RandomDump(1, 1500))));
  ExpectRetainedSizes(&stages);
}

// Compares every 50th function that has one object.
void ExpectRetainedSizesOfSingles(absl::string_view path,
                                  OwnershipRules rules) {
  Stages stages(HeapOfFile(path), rules);
  const FunctionTable table = FindFunctions(stages.owned());
  const ProfileTree profile = BuildProfile(stages.owned(), table);
  const Adjacency ownership = AdjacencyOf(stages.ownership);
  uint32_t num_singles = 0;
  for (NodeId node = 0; node < stages.graph.num_nodes(); ++node) {
    const ProfileNode& function = profile.nodes[table.of_node[node]];
    if (function.self.objects != 1 || function.num_topmost != 1) continue;
    if (++num_singles % 50 != 0) continue;
    EXPECT_TRUE(function.inclusive == NaiveRetained(stages, ownership, node))
        << "address " << stages.graph.address[node];
  }
  EXPECT_GT(num_singles, 500u);
}

TEST(RetainedSizeLawTest, HoldsForARealHeap) {
  ExpectRetainedSizesOfSingles("testdata/meliae-py27-all.json.gz",
                               OwnershipRules::kModules);
}

TEST(RetainedSizeLawTest, HoldsForTheDominatorTreeOfARealHeap) {
  ExpectRetainedSizesOfSingles("testdata/meliae-py27-gc.json.gz",
                               OwnershipRules::kStrict);
}

}  // namespace
}  // namespace heapgrind
