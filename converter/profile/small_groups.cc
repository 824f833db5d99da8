#include "converter/profile/small_groups.h"

#include "converter/graph/reverse_edges.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

class Grouping {
 public:
  Grouping(const FunctionSizes& functions, const std::vector<bool>& is_kept,
           const StringTable& strings)
      : functions_(functions), is_kept_(is_kept) {
    group_of_type_.assign(strings.size(), kNone);
    result_.group_of_function.assign(functions.size(), kNoFunction);
  }

  // One function that stays after the other, so that what is looked up is what
  // lies below one.
  SmallGroups Find() {
    const ReverseEdges small = FindSmall();
    for (uint32_t rank = 0; rank < kept_.size(); ++rank) {
      const size_t begin = result_.groups.size();
      for (const uint32_t function : small.Of(rank)) Add(kept_[rank], function);
      for (size_t i = begin; i < result_.groups.size(); ++i) {
        group_of_type_[result_.groups[i].type] = kNone;
      }
    }
    return std::move(result_);
  }

 private:
  // By place in kept_: the small functions below, to the next that stays.
  ReverseEdges FindSmall() {
    std::vector<uint32_t> anchor(functions_.size());  // Place in kept_.
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      anchor[i] = is_kept_[i] ? static_cast<uint32_t>(kept_.size())
                              : anchor[functions_.parent[i]];
      if (is_kept_[i]) kept_.push_back(i);
    }
    return ReverseEdges(static_cast<uint32_t>(kept_.size()), [&](auto visit) {
      for (uint32_t i = 0; i < functions_.size(); ++i) {
        if (!is_kept_[i]) visit(i, anchor[i]);
      }
    });
  }

  void Add(uint32_t parent, uint32_t function) {
    const StringId type = functions_.type[function];
    uint32_t& group = group_of_type_[type];
    if (group == kNone) {
      group = static_cast<uint32_t>(result_.groups.size());
      result_.groups.push_back({parent, type});
    }
    result_.groups[group].bytes += functions_.self_bytes[function];
    ++result_.groups[group].num_functions;
    result_.group_of_function[function] = group;
  }

  const FunctionSizes& functions_;
  const std::vector<bool>& is_kept_;
  std::vector<uint32_t> kept_;           // The functions that stay.
  std::vector<uint32_t> group_of_type_;  // Below the one that is dealt with.
  SmallGroups result_;
};

}  // namespace

SmallGroups GroupSmallFunctions(const FunctionSizes& functions,
                                const std::vector<bool>& is_kept,
                                const StringTable& strings) {
  return Grouping(functions, is_kept, strings).Find();
}

}  // namespace heapgrind
