#include "converter/suspects/holders.h"

#include <algorithm>
#include <tuple>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNobody = UINT32_MAX;

// Whether a row of many objects is meant, or one that joins small ones.
bool IsSingle(const ProfileNode& row) {
  return row.num_topmost == 1 && !row.is_recursive && row.num_pruned == 0;
}

bool HasOwnKey(const ProfileNode& row) {
  return row.label.form == LeafForm::kTextKey ||
         row.label.form == LeafForm::kNumberKey;
}

class HolderSearch {
 public:
  HolderSearch(const ShownRows& rows, const StringTable& strings,
               const RowWeights& weights,
               const std::vector<bool>& is_of_library, uint64_t least_bytes)
      : nodes_(rows.tree.nodes),
        strings_(strings),
        bytes_(weights.bytes),
        is_of_library_(is_of_library),
        least_bytes_(least_bytes),
        is_one_of_many_(FindOnesOfMany()),
        ways_(nodes_.size()),
        claims_(nodes_.size()) {}

  Holders Find() {
    for (uint32_t i = 1; i < nodes_.size(); ++i) Follow(i);
    for (uint32_t i = 1; i < nodes_.size(); ++i) Claim(i);
    Holders holders;
    holders.of_row.resize(nodes_.size());
    for (uint32_t i = 1; i < nodes_.size(); ++i) {
      holders.of_row[i] = ways_[i].Best();
      if (claims_[i] >= least_bytes_) holders.large.push_back({i, claims_[i]});
    }
    const auto order = [this](const Holder& holder) {
      return std::tuple(!HoldsData(nodes_[holder.row]),
                        UINT64_MAX - holder.claim, holder.row);
    };
    std::sort(holders.large.begin(), holders.large.end(),
              [order](const Holder& a, const Holder& b) {
                return order(a) < order(b);
              });
    return holders;
  }

 private:
  // The candidates on the way to a row, from the best to the worst: the lowest
  // that the program holds, that anything holds but an object of a library, of
  // any, and the first that is no single object.
  struct Way {
    uint32_t of_program = kNobody;
    uint32_t of_module = kNobody;
    uint32_t of_any = kNobody;
    uint32_t first = kNobody;
    bool is_single = true;  // All the way.

    uint32_t Best() const {
      for (const uint32_t row : {of_program, of_module, of_any}) {
        if (row != kNobody) return row;
      }
      return first;
    }
  };

  // By row: whether it is an item with a key of its own beside others that are
  // large and hold the same, none of which has most of the container.  Such
  // items are taken together, as if the container had not kept their keys.
  std::vector<bool> FindOnesOfMany() const {
    const std::vector<StringId> held_type = LargestTypes();
    const auto kin_of = [&](uint32_t i) {
      return std::tuple(nodes_[i].parent, nodes_[i].label.type, held_type[i]);
    };
    absl::flat_hash_map<std::tuple<uint32_t, StringId, StringId>, uint32_t>
        num_large;
    for (uint32_t i = 1; i < nodes_.size(); ++i) {
      if (IsLargeItem(i)) ++num_large[kin_of(i)];
    }
    std::vector<bool> is_one(nodes_.size());
    for (uint32_t i = 1; i < nodes_.size(); ++i) {
      is_one[i] = IsLargeItem(i) && num_large[kin_of(i)] > 1;
    }
    return is_one;
  }

  bool IsLargeItem(uint32_t i) const {
    const uint32_t container = nodes_[i].parent;
    return bytes_[i] >= least_bytes_ && bytes_[i] < bytes_[container] / 2 &&
           IsSingle(nodes_[i]) && HasOwnKey(nodes_[i]) &&
           HoldsData(nodes_[container]);
  }

  // By row: the type of the largest row below it.
  std::vector<StringId> LargestTypes() const {
    std::vector<uint64_t> largest(nodes_.size());
    std::vector<StringId> types(nodes_.size(), kNoString);
    for (uint32_t i = 1; i < nodes_.size(); ++i) {
      const uint32_t owner = nodes_[i].parent;
      if (nodes_[i].num_pruned > 0 || bytes_[i] <= largest[owner]) continue;
      largest[owner] = bytes_[i];
      types[owner] = nodes_[i].label.type;
    }
    return types;
  }

  void Follow(uint32_t i) {
    const uint32_t owner = nodes_[i].parent;
    Way way = owner == 0 ? Way() : ways_[owner];
    if (way.first == kNobody) way.first = i;
    // Objects that several share are those several's, and not of what holds
    // these.
    const bool is_shared = way.is_single && !IsSingle(nodes_[i]) &&
                           nodes_[i].num_pruned == 0 && HasSharers(i);
    way.is_single = way.is_single && IsSingle(nodes_[i]) && !is_one_of_many_[i];
    const bool is_of_program = owner == 0 || !is_of_library_[owner];
    if (way.is_single || is_shared) {
      const bool is_definition =
          owner != 0 && nodes_[owner].label.kind != RowKind::kObjects;
      const bool is_its_own = HoldsData(nodes_[i]) || !is_of_library_[i];
      if (is_of_program && is_its_own) way.of_program = i;
      if (is_of_program || is_definition) way.of_module = i;
      way.of_any = i;
    }
    ways_[i] = way;
  }

  // Whether a row is to be called that of its sharers.  What the parts of one
  // object share is that object's, unless they are few and have names: links of
  // a ring, elements of a list.
  bool HasSharers(uint32_t i) const {
    const StringId sharers = nodes_[i].label.sharers;
    if (sharers == kNoString) return false;
    const uint32_t owner = nodes_[i].parent;
    return owner == 0 || !HoldsData(nodes_[owner]) ||
           NamesSeveral(strings_.Text(sharers));
  }

  // A large row's bytes are its holder's, and no longer those of the holder of
  // the row above.
  void Claim(uint32_t i) {
    if (bytes_[i] < least_bytes_) return;
    claims_[ways_[i].Best()] += bytes_[i];
    const uint32_t owner = nodes_[i].parent;
    if (owner == 0 || bytes_[owner] < least_bytes_) return;
    uint64_t& claim = claims_[ways_[owner].Best()];
    claim -= std::min(claim, bytes_[i]);
  }

  const std::vector<ProfileNode>& nodes_;
  const StringTable& strings_;
  const std::vector<uint64_t>& bytes_;
  const std::vector<bool>& is_of_library_;
  const uint64_t least_bytes_;
  const std::vector<bool> is_one_of_many_;
  std::vector<Way> ways_;         // By row.
  std::vector<uint64_t> claims_;  // By row.
};

}  // namespace

Holders FindHolders(const ShownRows& rows, const StringTable& strings,
                    const RowWeights& weights,
                    const std::vector<bool>& is_of_library,
                    uint64_t least_bytes) {
  return HolderSearch(rows, strings, weights, is_of_library, least_bytes)
      .Find();
}

bool NamesSeveral(std::string_view sharers) {
  return sharers.find(", ") != std::string_view::npos;
}

bool HoldsData(const ProfileNode& row) {
  switch (row.label.kind) {
    case RowKind::kModule:
    case RowKind::kClass:
    case RowKind::kOther:
      return false;
    default:
      return row.num_pruned == 0;
  }
}

}  // namespace heapgrind
