#include "converter/suspects/older_rows.h"

#include <algorithm>
#include <functional>

namespace heapgrind {
namespace {

// Two of a million names have one hash once in 10^7 times.
uint64_t HashOf(const std::string& name) {
  return std::hash<std::string>()(name);
}

}  // namespace

OlderRows::Sum& OlderRows::Sum::operator+=(const Sum& other) {
  bytes += other.bytes;
  objects += other.objects;
  all_objects += other.all_objects;
  return *this;
}

OlderRows::Sum OlderRows::Sum::TakeFrom(Sum* older) const {
  const auto take = [](uint64_t now, uint64_t* before) {
    const uint64_t common = std::min(now, *before);
    *before -= common;
    return now - common;
  };
  return {take(bytes, &older->bytes), take(objects, &older->objects),
          take(all_objects, &older->all_objects)};
}

OlderRows::Sum OlderRows::SumOf(const ProfileNode& row,
                                const StringTable& strings) {
  return {row.inclusive.bytes, CountOf(row, strings), row.inclusive.objects};
}

OlderRows::OlderRows(const ProfileTree& tree,
                     const std::vector<std::string>& names,
                     const StringTable& strings)
    : heap_bytes_(tree.nodes[0].inclusive.bytes) {
  for (size_t i = 0; i < names.size(); ++i) {
    const Sum sum = SumOf(tree.nodes[i], strings);
    sum_of_name_[HashOf(names[i])] += sum;
    const std::string masked = WithoutKeys(names[i]);
    if (masked != names[i]) sum_of_masked_name_[HashOf(masked)] += sum;
  }
}

RowWeights OlderRows::WeighGrowth(const ProfileTree& tree,
                                  const std::vector<std::string>& names,
                                  const StringTable& strings) const {
  RowWeights weights;
  weights.kind = SuspectKind::kGrew;
  weights.heap_bytes = heap_bytes_;
  // What is left of the older rows: several rows may have one name.
  SumOfName left;
  SumOfName masked_left;
  for (size_t i = 0; i < tree.nodes.size(); ++i) {
    const uint64_t name = HashOf(names[i]);
    const auto exact = sum_of_name_.find(name);
    const uint64_t masked = HashOf(WithoutKeys(names[i]));
    const auto similar = sum_of_masked_name_.find(masked);
    Sum none;
    Sum* older = &none;
    if (exact != sum_of_name_.end()) {
      older = &left.try_emplace(name, exact->second).first->second;
    } else if (similar != sum_of_masked_name_.end()) {
      older = &masked_left.try_emplace(masked, similar->second).first->second;
    }
    const bool is_rest = tree.nodes[i].num_pruned > 0;
    const Sum sum =
        is_rest ? Sum() : SumOf(tree.nodes[i], strings).TakeFrom(older);
    weights.bytes.push_back(sum.bytes);
    weights.objects.push_back(sum.objects);
    weights.all_objects.push_back(sum.all_objects);
  }
  return weights;
}

std::string WithoutKeys(const std::string& name) {
  std::string masked;
  size_t end = 0;  // Of what is in `masked`.
  for (size_t open = name.find('['); open != std::string::npos;
       open = name.find('[', end)) {
    const bool is_text = name.compare(open, 2, "['") == 0;
    const size_t close = name.find(is_text ? "']" : "]", open + 1);
    if (close == std::string::npos) break;
    masked.append(name, end, open - end);
    masked += "[*]";
    end = close + (is_text ? 2 : 1);
  }
  return masked.append(name, end, std::string::npos);
}

}  // namespace heapgrind
