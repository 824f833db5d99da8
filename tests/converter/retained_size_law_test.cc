// The law that gives a function's inclusive cost its meaning: it is the sum,
// over the function's topmost objects, of what each retains.  What an object
// retains is what a walk of the ownership graph no longer reaches without it.

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "converter/profile_tree.h"
#include "tests/converter/heap_of_text.h"
#include "tests/converter/naive_dominators.h"
#include "tests/converter/naive_ownership.h"
#include "tests/converter/random_dump.h"
#include "tests/converter/stages.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNoFunction = UINT32_MAX;

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

// The function of each anchor, by those of the objects that it owns: anchors
// are no objects.  An anchor that owns nothing has none.
void PlaceAnchors(const Stages& stages, const ProfileTree& profile,
                  std::vector<uint32_t>* function_of_node) {
  (*function_of_node)[stages.ownership.main()] = 0;
  for (NodeId node = 0; node < stages.graph.num_nodes(); ++node) {
    const NodeId owner = stages.tree.idom[node];
    if (!stages.ownership.IsObject(owner)) {
      (*function_of_node)[owner] =
          owner == stages.ownership.main()
              ? 0
              : profile.nodes[(*function_of_node)[node]].parent;
    }
  }
}

// The function of each node.  A profile does not list its objects, but its
// costs are sums of sizes: with powers of two for the sizes of 60 objects, and
// 0 for the others, the bits of a self cost say which of the 60 are in the
// function.
std::vector<uint32_t> FunctionOfNode(Stages* stages) {
  constexpr NodeId kObjectsAtOnce = 60;
  std::vector<uint32_t> function_of_node(stages->ownership.num_nodes(),
                                         kNoFunction);
  const std::vector<uint64_t> sizes = stages->graph.size;
  for (NodeId first = 0; first < sizes.size(); first += kObjectsAtOnce) {
    const NodeId end = std::min<NodeId>(first + kObjectsAtOnce, sizes.size());
    stages->graph.size.assign(sizes.size(), 0);
    for (NodeId node = first; node < end; ++node) {
      stages->graph.size[node] = uint64_t{1} << (node - first);
    }
    const ProfileTree profile = BuildProfile(stages->owned()).tree;
    for (uint32_t f = 0; f < profile.nodes.size(); ++f) {
      for (NodeId node = first; node < end; ++node) {
        if (profile.nodes[f].self.bytes >> (node - first) & 1) {
          function_of_node[node] = f;
        }
      }
    }
  }
  stages->graph.size = sizes;
  PlaceAnchors(*stages, BuildProfile(stages->owned()).tree, &function_of_node);
  return function_of_node;
}

// Compares every function's inclusive cost, count and caller with the oracles.
void ExpectRetainedSizes(Stages* stages) {
  const ProfileTree profile = BuildProfile(stages->owned()).tree;
  const std::vector<uint32_t> function_of_node = FunctionOfNode(stages);
  const Adjacency ownership = AdjacencyOf(stages->ownership);
  const std::vector<uint32_t> idoms =
      NaiveIdoms(ownership, stages->ownership.main());
  std::vector<Cost> inclusive(profile.nodes.size());
  std::vector<uint64_t> num_topmost(profile.nodes.size());
  inclusive[0] = {TotalSize(stages->graph), stages->graph.num_nodes()};
  for (NodeId node = 0; node < stages->ownership.num_nodes(); ++node) {
    const uint32_t function = function_of_node[node];
    if (function == kNoFunction || idoms[node] == kNoDominator) continue;
    const uint32_t owner = function_of_node[idoms[node]];
    if (owner == function) continue;
    EXPECT_EQ(profile.nodes[function].parent, owner) << "node " << node;
    inclusive[function] += NaiveRetained(*stages, ownership, node);
    ++num_topmost[function];
  }
  for (uint32_t f = 0; f < profile.nodes.size(); ++f) {
    EXPECT_TRUE(profile.nodes[f].inclusive == inclusive[f])
        << "function " << f << ": " << profile.nodes[f].inclusive.bytes
        << " bytes, expected " << inclusive[f].bytes;
    // An anchor that owns nothing counts, but is nowhere to be found.
    if (profile.nodes[f].label.is_named) continue;
    EXPECT_EQ(profile.nodes[f].num_topmost, num_topmost[f]) << "function " << f;
  }
}

TEST(RetainedSizeLawTest, HoldsForRandomHeaps) {
  for (uint32_t seed = 1; seed <= 16 && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Stages modules(MeliaeHeapOf(JoinLines(RandomDump(seed, 30 * seed))));
    ExpectRetainedSizes(&modules);
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

// The functions of one object: with distinct sizes, the self cost names it.
// Every 50th of them is compared.
void ExpectRetainedSizesOfSingles(std::string_view path, OwnershipRules rules) {
  Stages stages(HeapOfFile({path.data(), path.size()}), rules);
  for (NodeId node = 0; node < stages.graph.num_nodes(); ++node) {
    stages.graph.size[node] = 1000000 + node;
  }
  const ProfileTree profile = BuildProfile(stages.owned()).tree;
  const Adjacency ownership = AdjacencyOf(stages.ownership);
  uint32_t num_singles = 0;
  for (const ProfileNode& function : profile.nodes) {
    if (function.self.objects != 1 || function.num_topmost != 1) continue;
    if (++num_singles % 50 != 0) continue;
    const NodeId node = static_cast<NodeId>(function.self.bytes - 1000000);
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
