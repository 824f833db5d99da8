// A call graph with costs: what a profile viewer shows.
//
// It is acyclic, has one root, and conserves costs: what comes into a function
// over its incoming calls is its self cost plus what goes out.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_CALL_GRAPH_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_CALL_GRAPH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/heap/cost.h"

namespace heapgrind {

// What a profile can hold: readers of callgrind files keep costs as doubles.
inline constexpr uint64_t kMaxTotalBytes = (uint64_t{1} << 53) - 1;

struct Call {
  uint32_t callee = 0;  // Place in CallGraph::functions.
  uint64_t count = 1;   // From 1.
  uint32_t line = 0;    // In the caller's file.
  Cost inclusive;
  CostChange inclusive_change = {};
};

// A part of a function's own cost, and the line that it is shown at.
struct LineCost {
  std::string file;  // Empty: the function's.
  uint32_t line = 0;
  Cost self;
};

struct Function {
  std::string name;    // Unique.
  std::string object;  // The top-level package, for grouping.
  std::string file;    // Absolute path, or "???".
  uint32_t line = 0;   // Where it is defined; 0 if unknown.
  Cost self;
  std::vector<Call> calls;
  CostChange self_change = {};  // Where two heaps are compared.
  // Parts that add up to `self`, those in the function's own file first, those
  // of each other file together; empty: all of it is at `line`.
  std::vector<LineCost> lines = {};
};

struct CallGraph {
  std::vector<Function> functions;  // The root, main, comes first.
  std::string sentence = {};        // Who holds most; "": it does not say.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_CALL_GRAPH_H_
