// The rule that tells names from content, among the texts of a heap.
//
// A text can become a name in the profile if
//   - it is the name of a definition,
//   - it is a key of a mapping,
//   - it is the value of something called `__like_this__`, or
//   - it has at most kShortTextBytes bytes.
// Any other text is content.  The graph keeps the first kMaxTextBytes bytes of
// each name and drops content.  The loader applies the rule to a graph,
// `heapgrind strip` to records.

#ifndef HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_
#define HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "converter/dump/dump_record.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Texts of at most this size are always kept; see HeapGraph::text.
inline constexpr size_t kShortTextBytes = 4;

// Readers do not tell names apart beyond this.
inline constexpr size_t kMaxTextBytes = 100;

// Whether `text` has the form `__like_this__`, as names that Python itself
// gives.  The value of such a name may be a name.
bool IsSpecialName(std::string_view text);

// Calls visit(key, value) for each pair.  The pairs come first among an
// object's references.  Here and below, `references` are nodes or addresses.
template <typename References, typename Visit>
void ForEachPair(const References& references, size_t num_pair_references,
                 const Visit& visit) {
  for (size_t i = 0; i + 1 < num_pair_references; i += 2) {
    visit(references[i], references[i + 1]);
  }
}

// Calls visit(name, target) for each named reference, which come after the
// pairs.
template <typename References, typename Names, typename Visit>
void ForEachNamed(const References& references, size_t num_pair_references,
                  const Names& names, const Visit& visit) {
  const size_t num_names =
      std::min(names.size(), references.size() - num_pair_references);
  for (size_t i = 0; i < num_names; ++i) {
    visit(names[i], references[num_pair_references + i]);
  }
}

// Whether `record` is that of a definition, or of another object that says
// where its code is.  `kind` is KindOfRecord(record).
bool IsDefinitionRecord(const DumpRecord& record, NodeKind kind);

// The whole text of an object: of a definition its name; of any other object
// its value, or its name if it has no value or the value is a number too long
// to be a name.  Null data: it has no text.  `is_definition` is the result of
// IsDefinitionRecord.
std::string_view TextOfRecord(const DumpRecord& record, bool is_definition);

// Whether a text looks like a name.  For estimates, which are made before the
// references to the text are known.
bool LooksLikeAName(std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_
