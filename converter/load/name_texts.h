// Which texts of a heap can become names of something: one rule, for graphs and
// for records.
//
// A text can become a name if
//   - it is a definition's own,
//   - it is the key of a mapping,
//   - what it is the value of is called `__like_this__`, or
//   - it has up to kShortTextBytes.
// The rest of a heap's texts is content.  Of one that is kept the first
// kMaxTextBytes count.

#ifndef HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_
#define HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "converter/dump/dump_record.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// A text of up to so many bytes is kept wherever it is; see HeapGraph::text.
inline constexpr size_t kShortTextBytes = 4;

// A longer text names nothing that a reader could tell apart.
inline constexpr size_t kMaxTextBytes = 100;

// Whether Python itself gives the name `text`: what bears it may hold a name of
// something.
bool IsSpecialName(std::string_view text);

// Calls visit(key, value) for the pairs that the references of an object begin
// with; `references` are nodes or addresses, as all below.
template <typename References, typename Visit>
void ForEachPair(const References& references, size_t num_pair_references,
                 const Visit& visit) {
  for (size_t i = 0; i + 1 < num_pair_references; i += 2) {
    visit(references[i], references[i + 1]);
  }
}

// Calls visit(name, target) for the named references behind the pairs.
template <typename References, typename Names, typename Visit>
void ForEachNamed(const References& references, size_t num_pair_references,
                  const Names& names, const Visit& visit) {
  const size_t num_names =
      std::min(names.size(), references.size() - num_pair_references);
  for (size_t i = 0; i < num_names; ++i) {
    visit(names[i], references[num_pair_references + i]);
  }
}

// Whether an object's record, of the kind that KindOfRecord says, is that of a
// definition, or of something else that says where its code stands.
bool IsDefinitionRecord(const DumpRecord& record, NodeKind kind);

// The text of an object: the name of a definition; of others the value, if it
// is no number that is too long to be a name, else the name.  A view without
// data if there is none; the whole text, however long.  `is_definition` is what
// IsDefinitionRecord says.
std::string_view TextOfRecord(const DumpRecord& record, bool is_definition);

// Whether a text looks as names do, for an estimate before anything is known of
// what refers to it.
bool LooksLikeAName(std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_
