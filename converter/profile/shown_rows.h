// The rows that a reader sees: a profile without what is small, in order, and
// with its texts.

#ifndef HEAPGRIND_CONVERTER_PROFILE_SHOWN_ROWS_H_
#define HEAPGRIND_CONVERTER_PROFILE_SHOWN_ROWS_H_

#include <string>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/profile/package_names.h"
#include "converter/profile/profile_tree.h"
#include "converter/profile/source_places.h"
#include "converter/python/source_files.h"

namespace heapgrind {

struct ShownRows {
  ProfileTree tree;  // Ordered (ordered_rows.h).

  // By row.
  std::vector<std::string> paths;  // Not clean (path_names.h).
  std::vector<std::string> names;  // Unique and clean (clean_name.h).
  Packages packages;
  std::vector<SourcePlace> places;

  size_t size() const { return tree.nodes.size(); }
};

// The rows of a pruned profile of `graph`.  Linear in the rows, the lengths of
// their names, and the sources that they are in.
ShownRows MakeShownRows(const HeapGraph& graph, const ProfileTree& pruned,
                        bool ascii_names, SourceFiles* sources);

// By row: the rows that it owns, in their order.
std::vector<std::vector<uint32_t>> ChildrenOf(const ProfileTree& tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_SHOWN_ROWS_H_
