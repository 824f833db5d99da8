#include "converter/commands/report/attribute_totals.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/python/builtin_types.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {
namespace {

using Attribute = std::pair<StringId, StringId>;  // Type and name.

class AttributeCount {
 public:
  AttributeCount(const ProfileTree& tree, const StringTable& strings)
      : nodes_(tree.nodes), strings_(strings) {}

  bool IsAttribute(uint32_t row) const {
    const ProfileNode& node = nodes_[row];
    const ProfileNode& owner = nodes_[node.parent];
    return node.parent != 0 && node.num_pruned == 0 &&
           node.label.form == LeafForm::kAttribute &&
           node.label.sharers == kNoString && !node.label.is_named() &&
           !owner.label.is_named() &&
           !IsContainerType(strings_.Text(owner.label.type));
  }

  Attribute Of(uint32_t row) const {
    return {nodes_[nodes_[row].parent].label.type, nodes_[row].label.text};
  }

  // Whether the row is below another one of its attribute.
  bool IsInside(uint32_t row) const {
    for (uint32_t i = nodes_[row].parent; i != 0; i = nodes_[i].parent) {
      if (IsAttribute(i) && Of(i) == Of(row)) return true;
    }
    return false;
  }

 private:
  const std::vector<ProfileNode>& nodes_;
  const StringTable& strings_;
};

}  // namespace

std::vector<AttributeTotal> CountAttributes(const ProfileTree& tree,
                                            const StringTable& strings) {
  const AttributeCount rows(tree, strings);
  absl::flat_hash_map<Attribute, AttributeTotal> total_of;
  for (uint32_t row = 1; row < tree.nodes.size(); ++row) {
    if (!rows.IsAttribute(row)) continue;
    AttributeTotal& total = total_of[rows.Of(row)];
    total.count += CountOf(tree.nodes[row], strings);
    if (!rows.IsInside(row)) total.bytes += tree.nodes[row].inclusive.bytes;
  }
  std::vector<AttributeTotal> totals;
  for (const auto& [attribute, total] : total_of) {
    totals.push_back(
        {attribute.first, attribute.second, total.count, total.bytes});
  }
  const auto order = [&strings](const AttributeTotal& total) {
    return std::tuple(UINT64_MAX - total.bytes, strings.Text(total.owner),
                      strings.Text(total.name));
  };
  std::sort(totals.begin(), totals.end(),
            [order](const AttributeTotal& a, const AttributeTotal& b) {
              return order(a) < order(b);
            });
  return totals;
}

}  // namespace heapgrind
