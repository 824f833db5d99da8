// How long dominators and retained sizes take, from compressed adjacency on,
// beside Boost and igraph, and on the shapes that are hard.
//
//     dominators_benchmark [--runs=N] [--shapes | DUMP]
//
// Prints a table of medians (of 5 runs unless said otherwise) for the graph of
// all references of DUMP, or for the shapes.  Ends with status 1 if two results
// differ.

#include <getopt.h>
#include <igraph/igraph.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "converter/base/byte_sizes.h"
#include "converter/graph/components.h"
#include "converter/graph/dominators.h"
#include "converter/owners/ownership.h"
#include "tests/converter/support/graph_shapes.h"
#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

struct Graph {
  Adjacency adjacency;
  uint32_t root = 0;
  ByteSizes size;
};

// By node: its immediate dominator, or kNoDominator; and what it retains.
struct Result {
  std::vector<uint32_t> idom;
  std::vector<uint64_t> retained;
};

Result Ours(const Graph& graph) {
  DominatorTree tree = ComputeDominators(graph.adjacency.first,
                                         graph.adjacency.edges, graph.root);
  std::vector<uint64_t> retained = RetainedBytes(graph.size, tree);
  return {std::move(tree.idom), std::move(retained)};
}

// The sums over a tree whose nodes are not given in an order.
std::vector<uint64_t> SumUp(const Graph& graph,
                            const std::vector<uint32_t>& idom) {
  const size_t num_nodes = idom.size();
  std::vector<uint64_t> retained(num_nodes);
  std::vector<uint32_t> num_children(num_nodes);
  for (size_t node = 0; node < num_nodes; ++node) {
    if (node < graph.size.size()) retained[node] = graph.size[node];
    if (idom[node] != kNoDominator) ++num_children[idom[node]];
  }
  std::vector<uint32_t> summed;  // All below them is.
  for (uint32_t node = 0; node < num_nodes; ++node) {
    if (num_children[node] == 0) summed.push_back(node);
  }
  for (size_t i = 0; i < summed.size(); ++i) {
    const uint32_t owner = idom[summed[i]];
    if (owner == kNoDominator) continue;
    retained[owner] += retained[summed[i]];
    if (--num_children[owner] == 0) summed.push_back(owner);
  }
  return retained;
}

template <typename Visit>
void ForEachEdge(const Adjacency& adjacency, const Visit& visit) {
  for (uint32_t node = 0; node < adjacency.num_nodes(); ++node) {
    for (const uint32_t target : adjacency.Edges(node)) visit(node, target);
  }
}

Result OfBoost(const Graph& graph) {
  // Its compressed graph lacks what the algorithm wants of a graph.
  boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>
      boost_graph(graph.adjacency.num_nodes());
  ForEachEdge(graph.adjacency, [&boost_graph](uint32_t from, uint32_t to) {
    boost::add_edge(from, to, boost_graph);
  });
  Result result;
  result.idom.assign(graph.adjacency.num_nodes(), kNoDominator);
  boost::lengauer_tarjan_dominator_tree(
      boost_graph, graph.root,
      boost::make_iterator_property_map(
          result.idom.begin(), boost::get(boost::vertex_index, boost_graph)));
  result.retained = SumUp(graph, result.idom);
  return result;
}

Result OfIgraph(const Graph& graph) {
  igraph_vector_int_t edges;
  igraph_vector_int_init(
      &edges, static_cast<igraph_integer_t>(2 * graph.adjacency.edges.size()));
  igraph_integer_t* end = VECTOR(edges);
  ForEachEdge(graph.adjacency, [&end](uint32_t from, uint32_t to) {
    *end++ = from;
    *end++ = to;
  });
  igraph_t their_graph;
  igraph_create(&their_graph, &edges, graph.adjacency.num_nodes(),
                IGRAPH_DIRECTED);
  igraph_vector_int_destroy(&edges);
  igraph_vector_int_t idom;
  igraph_vector_int_init(&idom, 0);
  igraph_dominator_tree(&their_graph, graph.root, &idom, nullptr, nullptr,
                        IGRAPH_OUT);
  igraph_destroy(&their_graph);
  Result result;
  result.idom.assign(graph.adjacency.num_nodes(), kNoDominator);
  for (uint32_t node = 0; node < graph.adjacency.num_nodes(); ++node) {
    // Negative: the root, or not reached.
    const igraph_integer_t owner = VECTOR(idom)[node];
    if (owner >= 0 && node != graph.root) {
      result.idom[node] = static_cast<uint32_t>(owner);
    }
  }
  igraph_vector_int_destroy(&idom);
  result.retained = SumUp(graph, result.idom);
  return result;
}

struct Measurement {
  double median = 0;  // Seconds.
  Result result;
};

Measurement Measure(const std::function<Result(const Graph&)>& compute,
                    const Graph& graph, int num_runs) {
  Measurement measurement;
  std::vector<double> seconds;
  for (int run = 0; run < num_runs; ++run) {
    measurement.result = Result();
    const auto begin = std::chrono::steady_clock::now();
    measurement.result = compute(graph);
    seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  std::sort(seconds.begin(), seconds.end());
  measurement.median = seconds[seconds.size() / 2];
  return measurement;
}

void CheckEqual(const char* name, const Result& result, const Result& ours) {
  if (result.idom == ours.idom && result.retained == ours.retained) return;
  std::fprintf(stderr,
               "dominators_benchmark: expected equal results, %s's differ\n",
               name);
  std::exit(1);
}

// A row: our time, and how many times as long the others take.  Boost recurses,
// and overflows the stack on deep graphs.
void PrintRow(const char* name, const Graph& graph, bool is_deep,
              int num_runs) {
  const Measurement ours = Measure(Ours, graph, num_runs);
  Measurement boost;
  if (!is_deep) {
    boost = Measure(OfBoost, graph, num_runs);
    CheckEqual("Boost", boost.result, ours.result);
  }
  const Measurement igraph = Measure(OfIgraph, graph, num_runs);
  CheckEqual("igraph", igraph.result, ours.result);
  const std::string boost_ratio =
      is_deep ? "-" : absl::StrFormat("%.1f", boost.median / ours.median);
  std::printf("%-30s %9u %9zu %9.1f %9s %9.1f\n", name,
              graph.adjacency.num_nodes(), graph.adjacency.edges.size(),
              1e3 * ours.median, boost_ratio.c_str(),
              igraph.median / ours.median);
  std::fflush(stdout);
}

void PrintShape(const char* name, Adjacency adjacency, int num_runs) {
  Graph graph = {std::move(adjacency), 0, {}};
  graph.size = ByteSizes(graph.adjacency.num_nodes());
  for (size_t node = 0; node < graph.size.size(); ++node) {
    graph.size.Set(node, 16 + node % 64);
  }
  PrintRow(name, graph, true, num_runs);
}

void PrintShapes(int num_runs) {
  constexpr uint32_t kMillion = 1000000;
  PrintShape("chain", Chain(10 * kMillion), num_runs);
  PrintShape("chain, all refer back", ChainWithReturns(kMillion), num_runs);
  PrintShape("chain, its end refers to all", ChainWhoseEndRefersToAll(kMillion),
             num_runs);
  PrintShape("star", Star(kMillion), num_runs);
  PrintShape("comb", Comb(kMillion), num_runs);
  PrintShape("ladder", Ladder(kMillion), num_runs);
  PrintShape("complete graph", CompleteGraph(2000), num_runs);
  PrintShape("list with 100 shared payloads",
             ListWithSharedPayloads(kMillion, 100, true), num_runs);
}

int Main(int argc, char** argv) {
  int num_runs = 5;
  int is_shapes = 0;
  const option options[] = {{"runs", required_argument, nullptr, 'r'},
                            {"shapes", no_argument, &is_shapes, 1},
                            {nullptr, 0, nullptr, 0}};
  for (int c; (c = getopt_long(argc, argv, "", options, nullptr)) != -1;) {
    if (c == 'r') num_runs = std::max(1, std::atoi(optarg));
    if (c == '?') return 2;
  }
  if (is_shapes == 0 && optind == argc) {
    std::fprintf(stderr, "dominators_benchmark: expected --shapes or a dump\n");
    return 2;
  }
  std::printf("%-30s %9s %9s %9s %9s %9s\n", "graph", "nodes", "edges",
              "ours, ms", "Boost, x", "igraph, x");
  if (is_shapes != 0) {
    PrintShapes(num_runs);
    return 0;
  }
  HeapGraph heap = HeapOfFile(argv[optind]);
  OwnershipGraph references =
      ComputeOwnership(heap, {}, OwnershipRules::kStrict);
  const uint32_t root = references.main();
  PrintRow("all references of the dump",
           {{std::move(references.first_edge), std::move(references.edges)},
            root,
            std::move(heap.size)},
           false, num_runs);
  return 0;
}

}  // namespace
}  // namespace heapgrind

int main(int argc, char** argv) { return heapgrind::Main(argc, argv); }
