// The heap graph: the objects of a process and what refers to what.
//
// Nodes are numbered 0 .. num_nodes() - 1 in the order of their addresses, so
// that the order of a dump's lines leaves no trace.  References are stored as
// compressed adjacency (row_starts.h), those of a node in the order of the
// dump.
//
// What many objects have in common, type and names of their references, is
// stored once as their shape.  The graph knows no JSON, no Python version and
// no callgrind.

#ifndef HEAPGRIND_CONVERTER_HEAP_HEAP_GRAPH_H_
#define HEAPGRIND_CONVERTER_HEAP_HEAP_GRAPH_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/types/span.h"
#include "converter/base/byte_sizes.h"
#include "converter/base/fetch_ahead.h"
#include "converter/base/string_table.h"
#include "converter/graph/row_starts.h"
#include "converter/heap/cost.h"
#include "converter/heap/node_addresses.h"

namespace heapgrind {

using NodeId = uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

// What an object is to the program, as far as ownership and names care.
enum class NodeKind : uint8_t {
  kObject,
  kModule,
  kClass,
  kFunction,
  kCode,
  kFrame,
};

// Type and reference names of all objects of one form.
//
//     references:  k v k v ... k v | n0 n1 n2 | . . .
//                  pairs             names      without name
//
// A mapping's references begin with key, value pairs; what follows them has
// `num_after_pairs` references, of which names[i] names the i-th.  In a
// sequence those without a name are its elements, from the first.
struct Shape {
  StringId type = kNoString;
  NodeKind kind = NodeKind::kObject;
  bool is_mapping = false;
  bool is_sequence = false;
  bool is_native = false;        // A block of malloc that is no object's own.
  uint32_t num_after_pairs = 0;  // 0 unless is_mapping.
  std::vector<StringId> names;
};

// What a definition (module, class, function, code, frame) says of itself; of a
// suspended generator, where it waits.
struct Definition {
  StringId qualname = kNoString;
  StringId module = kNoString;
  StringId file = kNoString;
  uint32_t line = 0;       // From 1; 0 if unknown.
  uint32_t last_line = 0;  // Code; 0 if unknown.
  // A class that belongs to its module, whether a namespace holds it or not.
  bool is_of_module = false;
};

// What a root is to the program, as far as ownership and names care.
enum class RootKind : uint8_t {
  kModules,      // sys.modules.
  kThread,       // A thread, with its frames and its data.
  kInterpreter,  // What the interpreter's own state holds.
  kStatic,       // The variables of a program file.
  kOther,
};

// Something that holds objects without being one.
struct Root {
  RootKind kind = RootKind::kOther;
  StringId kind_name = kNoString;  // "thread", or what else the dump calls it.
  StringId name = kNoString;
  std::vector<NodeId> references;  // kNoNode as above.
  std::vector<StringId> names;     // As long as references, or shorter.
};

// A line of source that allocated objects or called what did.
struct AllocationSite {
  static constexpr uint32_t kNone = UINT32_MAX;
  StringId file = kNoString;
  uint32_t line = 0;        // From 1; 0 if unknown.
  uint32_t caller = kNone;  // Place in HeapGraph::sites, lower than its own.
};

struct HeapGraph {
  StringTable strings;
  std::vector<Shape> shapes;

  // By node.
  NodeAddresses address;
  ByteSizes size;  // Of what is resident or swapped out, where that is known.
  // The object's GC header and allocator rounding, bytes; empty unless kept.
  std::vector<uint32_t> gc_bytes;
  std::vector<uint32_t> slack;
  std::vector<uint32_t> shape_of_node;
  // Where the object was allocated: place in `sites`, or AllocationSite::kNone.
  // Empty if the dump does not say it of any.
  std::vector<uint32_t> site_of_node;
  // The name of a definition or generator; or, where it may be a name of
  // something, the text of a string or number: of a mapping's key, of what is
  // called `__like_this__`, and wherever it has up to four bytes.  Else
  // kNoString.
  std::vector<StringId> text;
  // Those that are no plain objects: what to look through for modules, classes
  // or functions.  In their order; a few per cent of a usual heap.
  std::vector<NodeId> program_nodes;
  // The interpreter's own small numbers and characters and the like, which are
  // everybody's; empty if the dump does not say which they are.
  std::vector<bool> is_singleton;
  RowStarts first_reference;
  std::vector<NodeId> references;  // kNoNode: to an object not in the dump.

  absl::flat_hash_map<NodeId, Definition> definitions;
  absl::flat_hash_map<NodeId, uint64_t> refcounts;  // Where the dump has them.
  // How many of a node's last references point inside of native blocks, behind
  // their beginning; nodes without such are absent.
  absl::flat_hash_map<NodeId, uint64_t> num_inside;
  // What was asked for, bytes; of the few objects of which a part is neither
  // resident nor swapped out.
  absl::flat_hash_map<NodeId, uint64_t> virtual_sizes;
  std::vector<AllocationSite> sites;
  std::vector<Root> roots;  // By kind, name and addresses; may be empty.

  // What is inferred of a dump that does not say it (completed_graph.h).
  // The `__dict__` of objects of which no reference is called so.
  absl::flat_hash_map<NodeId, NodeId> unnamed_dicts;
  // The module of each dictionary that is, or is a copy of, its namespace.
  absl::flat_hash_map<NodeId, NodeId> module_of_copy;
  // Objects that something outside of the heap holds, in their order, where the
  // dump names no roots.
  std::vector<NodeId> held_from_outside;

  NodeId num_nodes() const { return static_cast<NodeId>(size.size()); }

  // Bytes that were asked for.
  uint64_t VirtualSize(NodeId node) const;

  // From now on `size` is that of each object.
  void CountVirtualSizes();

  // What the object itself costs; the rarer costs only if they are kept.
  Cost OwnCost(NodeId node) const {
    Cost cost = {size[node], 1};
    if (!gc_bytes.empty()) {
      cost.gc_bytes = gc_bytes[node];
      cost.slack = slack[node];
      cost.virtual_bytes = VirtualSize(node);
      cost.native_bytes = shape(node).is_native ? size[node] : 0;
    }
    return cost;
  }

  const Shape& shape(NodeId node) const { return shapes[shape_of_node[node]]; }
  NodeKind kind(NodeId node) const { return shape(node).kind; }
  std::string_view type(NodeId node) const {
    return strings.Text(shape(node).type);
  }

  absl::Span<const NodeId> References(NodeId node) const {
    return {references.data() + first_reference[node],
            first_reference.SizeOf(node)};
  }

  // Fetches what References(node) and shape(node) will need first.
  void PrefetchRow(NodeId node) const {
    first_reference.Prefetch(node);
    FetchAhead(&shape_of_node[node]);
  }

  // Fetches the first of References(node); best some time after PrefetchRow().
  void PrefetchReferences(NodeId node) const {
    FetchAhead(references.data() + first_reference[node]);
  }

  // How many of a node's references are keys and values: an even number.
  size_t NumPairReferences(NodeId node) const {
    const Shape& of_node = shape(node);
    if (!of_node.is_mapping) return 0;
    return first_reference.SizeOf(node) - of_node.num_after_pairs;
  }

  // The name in its shape of a node's `index`-th reference, or kNoString.
  StringId ReferenceName(NodeId node, size_t index) const;

  // The target of the reference called `name`, or kNoNode.
  NodeId Follow(NodeId node, StringId name) const;

  // What `unnamed_dicts` has for `owner`, or kNoNode.
  NodeId UnnamedDict(NodeId owner) const;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_HEAP_GRAPH_H_
