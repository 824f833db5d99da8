#include "converter/load/name_linking.h"

#include <algorithm>
#include <string_view>

#include "absl/types/span.h"
#include "converter/load/name_texts.h"

namespace heapgrind {
namespace {

class NameLinker {
 public:
  NameLinker(const std::vector<RecordBlock>& blocks, HeapGraph* graph)
      : blocks_(blocks), graph_(*graph), is_wanted_(graph->num_nodes()) {
    graph_.text.assign(graph_.num_nodes(), kNoString);
  }

  void Run() {
    for (const RecordBlock& block : blocks_) TakeDefinitions(block);
    WantKeys();
    for (const RecordBlock& block : blocks_) TakeWanted(block, kShortTextBytes);
    is_wanted_.assign(graph_.num_nodes(), false);
    if (!WantSpecial()) return;
    for (const RecordBlock& block : blocks_) TakeWanted(block, 0);
  }

 private:
  StringId Intern(std::string_view text) {
    return text.data() == nullptr ? kNoString : graph_.strings.Intern(text);
  }

  void TakeDefinitions(const RecordBlock& block) {
    for (const BlockDefinition& raw : block.definitions) {
      const NodeId node = block.address[raw.record];
      if (node == kNoNode) continue;
      Definition definition;
      definition.qualname = Intern(block.TextOf(raw.qualname));
      definition.module = Intern(block.TextOf(raw.module));
      definition.file = Intern(block.TextOf(raw.file));
      definition.line = raw.line;
      definition.last_line = raw.last_line;
      graph_.definitions.emplace(node, definition);
      graph_.text[node] = Intern(block.TextOf(raw.name));
    }
  }

  void WantKeys() {
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      ForEachPair(graph_.References(node), graph_.NumPairReferences(node),
                  [this](NodeId key, NodeId) {
                    if (key != kNoNode) is_wanted_[key] = true;
                  });
    }
  }

  // Stores the texts of wanted nodes, and all texts up to `short_text` bytes.
  void TakeWanted(const RecordBlock& block, size_t short_text) {
    const char* text = block.texts.data();
    for (size_t i = 0; i < block.text_size.size(); ++i) {
      const uint8_t size = block.text_size[i];
      if (size == RecordBlock::kNoText) continue;
      const NodeId node = block.address[i];
      if (node != kNoNode && (size <= short_text || is_wanted_[node])) {
        graph_.text[node] = graph_.strings.Intern({text, size});
      }
      text += size;
    }
  }

  // Wants what has a special name; returns whether there are any.
  bool WantSpecial() {
    std::vector<bool> is_special(graph_.strings.size());
    for (StringId id = 0; id < is_special.size(); ++id) {
      is_special[id] = IsSpecialName(graph_.strings.Text(id));
    }
    bool has_any = false;
    const auto want = [&](StringId name, NodeId target) {
      if (!is_special[name] || target == kNoNode) return;
      has_any = true;
      is_wanted_[target] = true;
    };
    const std::vector<bool> may_want = FindShapesWith(is_special);
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (!may_want[graph_.shape_of_node[node]]) continue;
      const size_t num_pairs = graph_.NumPairReferences(node);
      const absl::Span<const NodeId> targets = graph_.References(node);
      ForEachPair(targets, num_pairs, [&](NodeId key, NodeId value) {
        if (key != kNoNode) want(graph_.text[key], value);
      });
      ForEachNamed(targets, num_pairs, graph_.shape(node).names, want);
    }
    return has_any;
  }

  // By shape: whether its nodes may have a name of those given, by name.
  std::vector<bool> FindShapesWith(const std::vector<bool>& is_given) const {
    std::vector<bool> result;
    for (const Shape& shape : graph_.shapes) {
      result.push_back(
          shape.is_mapping ||
          std::any_of(shape.names.begin(), shape.names.end(),
                      [&](StringId name) { return is_given[name]; }));
    }
    return result;
  }

  const std::vector<RecordBlock>& blocks_;
  HeapGraph& graph_;
  std::vector<bool> is_wanted_;  // By node.
};

}  // namespace

void LinkNames(const std::vector<RecordBlock>& blocks, HeapGraph* graph) {
  NameLinker(blocks, graph).Run();
}

}  // namespace heapgrind
