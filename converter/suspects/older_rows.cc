#include "converter/suspects/older_rows.h"

#include <algorithm>
#include <functional>

namespace heapgrind {
namespace {

// Two of a million names have one hash once in 10^7 times.
uint64_t HashOf(std::string_view name) {
  return std::hash<std::string_view>()(name);
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

OlderRows::OlderRows(const RowWeights& held)
    : heap_bytes_(held.heap_bytes), rows_(held.bytes.size()) {
  for (size_t i = 0; i < rows_.size(); ++i) {
    rows_[i].sum = {held.bytes[i], held.objects[i], held.all_objects[i]};
  }
}

void OlderRows::SetName(uint32_t function, std::string_view name) {
  const std::string masked = WithoutKeys(name);
  rows_[function].name = HashOf(name);
  if (masked != name) rows_[function].masked = HashOf(masked);
}

void OlderRows::FindRests(RestOfName* of_name,
                          RestOfName* of_masked_name) const {
  const auto add = [](uint64_t name, const Sum& sum, RestOfName* rests) {
    const auto found = rests->find(name);
    if (found == rests->end()) return;
    found->second.is_there = true;
    found->second.sum += sum;
  };
  for (const OlderRow& row : rows_) {
    add(row.name, row.sum, of_name);
    if (row.masked != 0) add(row.masked, row.sum, of_masked_name);
  }
}

RowWeights OlderRows::WeighGrowth(const ProfileTree& tree,
                                  const std::vector<std::string>& names,
                                  const StringTable& strings) const {
  RowWeights weights = WeighWhatIsHeld(tree, strings);
  weights.kind = SuspectKind::kGrew;
  weights.heap_bytes = heap_bytes_;
  // Several rows may have one name.
  RestOfName rest_of_name;
  RestOfName rest_of_masked_name;
  for (const std::string& name : names) {
    rest_of_name.try_emplace(HashOf(name));
    rest_of_masked_name.try_emplace(HashOf(WithoutKeys(name)));
  }
  FindRests(&rest_of_name, &rest_of_masked_name);
  for (size_t i = 0; i < tree.nodes.size(); ++i) {
    Rest& same = rest_of_name.at(HashOf(names[i]));
    Rest& similar = rest_of_masked_name.at(HashOf(WithoutKeys(names[i])));
    const Sum held = {weights.bytes[i], weights.objects[i],
                      weights.all_objects[i]};
    const bool is_rest = tree.nodes[i].num_pruned > 0;
    const Sum more =
        is_rest ? Sum()
                : held.TakeFrom(same.is_there ? &same.sum : &similar.sum);
    weights.bytes[i] = more.bytes;
    weights.objects[i] = more.objects;
    weights.all_objects[i] = more.all_objects;
  }
  return weights;
}

std::string WithoutKeys(std::string_view name) {
  std::string masked;
  size_t end = 0;  // Of what is in `masked`.
  for (size_t open = name.find('['); open != std::string_view::npos;
       open = name.find('[', end)) {
    const bool is_text = name.compare(open, 2, "['") == 0;
    const size_t close = name.find(is_text ? "']" : "]", open + 1);
    if (close == std::string_view::npos) break;
    masked.append(name.substr(end, open - end));
    masked += "[*]";
    end = close + (is_text ? 2 : 1);
  }
  return masked.append(name.substr(end));
}

}  // namespace heapgrind
