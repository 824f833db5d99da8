#include "converter/profile/ordered_rows.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

namespace heapgrind {
namespace {

// What two rows of one owner differ in.
auto SortKey(const ProfileNode& node, const StringTable& strings) {
  const Label& label = node.label;
  return std::tuple(
      UINT64_MAX - std::max(node.inclusive.bytes, node.inclusive_change.before),
      label.kind, strings.Text(label.type), strings.Text(label.text),
      label.form, strings.Text(label.own_name), strings.Text(label.place),
      strings.Text(label.sharers), node.num_pruned, label.object);
}

}  // namespace

ProfileTree OrderRows(const ProfileTree& tree, const StringTable& strings) {
  std::vector<std::vector<uint32_t>> children(tree.nodes.size());
  for (uint32_t i = 1; i < tree.nodes.size(); ++i) {
    children[tree.nodes[i].parent].push_back(i);
  }
  ProfileTree result;
  std::vector<uint32_t> new_place(tree.nodes.size());
  std::vector<uint32_t> waiting = {0};
  while (!waiting.empty()) {
    const uint32_t next = waiting.back();
    waiting.pop_back();
    new_place[next] = static_cast<uint32_t>(result.nodes.size());
    result.nodes.push_back(tree.nodes[next]);
    result.nodes.back().parent = new_place[tree.nodes[next].parent];
    std::vector<uint32_t>& owned = children[next];
    std::sort(owned.begin(), owned.end(), [&](uint32_t a, uint32_t b) {
      return SortKey(tree.nodes[a], strings) < SortKey(tree.nodes[b], strings);
    });
    waiting.insert(waiting.end(), owned.rbegin(), owned.rend());
  }
  return result;
}

}  // namespace heapgrind
