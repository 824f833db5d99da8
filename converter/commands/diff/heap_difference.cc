#include "converter/commands/diff/heap_difference.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {
namespace {

// The rows of one kind: types, functions or packages.
class RowTable {
 public:
  void Gone(StringId key, uint64_t size) {
    rows_[key].before.Add(size);
    rows_[key].gone.Add(size);
  }

  void Added(StringId key, uint64_t size) {
    rows_[key].after.Add(size);
    rows_[key].added.Add(size);
  }

  void Survived(StringId old_key, uint64_t old_size, StringId new_key,
                uint64_t new_size) {
    rows_[old_key].before.Add(old_size);
    DifferenceRow& row = rows_[new_key];
    row.after.Add(new_size);
    if (new_size > old_size) row.grown.Add(new_size - old_size);
    if (new_size < old_size) row.shrunk.Add(old_size - new_size);
    if (old_key == new_key) return;
    row.moved_in.Add(old_size);
    rows_[old_key].moved_out.Add(old_size);
  }

  DifferenceRow Sum() const {
    DifferenceRow sum;
    for (const auto& [key, row] : rows_) sum += row;
    return sum;
  }

  std::vector<DifferenceRow> Different(const StringTable& strings) const {
    std::vector<DifferenceRow> rows;
    for (const auto& [key, row] : rows_) {
      if (!row.IsDifferent()) continue;
      rows.push_back(row);
      rows.back().name = std::string(strings.Text(key));
    }
    std::sort(rows.begin(), rows.end(), ChangesMore);
    return rows;
  }

 private:
  static uint64_t Change(const DifferenceRow& row) {
    const int64_t net = row.NetBytes();
    return net < 0 ? -static_cast<uint64_t>(net) : static_cast<uint64_t>(net);
  }

  static bool ChangesMore(const DifferenceRow& a, const DifferenceRow& b) {
    if (Change(a) != Change(b)) return Change(a) > Change(b);
    if (a.added.bytes != b.added.bytes) return a.added.bytes > b.added.bytes;
    return a.name < b.name;
  }

  absl::flat_hash_map<StringId, DifferenceRow> rows_;
};

// Calls Gone(i) for each object of `before` that `after` has not, Added(j) for
// each that is new, and Survived(i, j) for the others; before Gone and Added of
// two at one address Reused().  Both are in the order of their addresses.
template <typename Visitor>
void Compare(const ComparedHeap& before, const ComparedHeap& after,
             Visitor* visitor) {
  size_t i = 0;
  size_t j = 0;
  while (i < before.sizes.size() && j < after.sizes.size()) {
    const ObjectIdentity& a = before.identities[i];
    const ObjectIdentity& b = after.identities[j];
    if (a.address < b.address) {
      visitor->Gone(i++);
    } else if (b.address < a.address) {
      visitor->Added(j++);
    } else if (IsSameObject(a, b)) {
      visitor->Survived(i++, j++);
    } else {
      visitor->Reused();
      visitor->Gone(i++);
      visitor->Added(j++);
    }
  }
  while (i < before.sizes.size()) visitor->Gone(i++);
  while (j < after.sizes.size()) visitor->Added(j++);
}

// The functions whose rows are different: of millions most are not.
class DifferentFunctions {
 public:
  DifferentFunctions(const ComparedHeap& before, const ComparedHeap& after,
                     size_t num_names)
      : before_(before), after_(after), is_different_(num_names) {}

  void Reused() {}
  void Gone(size_t i) { is_different_[before_.NameOf(i)] = true; }
  void Added(size_t j) { is_different_[after_.NameOf(j)] = true; }
  void Survived(size_t i, size_t j) {
    const bool stays = before_.NameOf(i) == after_.NameOf(j) &&
                       before_.sizes[i] == after_.sizes[j];
    if (stays) return;
    Gone(i);
    Added(j);
  }

  std::vector<bool> Take() { return std::move(is_different_); }

 private:
  const ComparedHeap& before_;
  const ComparedHeap& after_;
  std::vector<bool> is_different_;  // By name.
};

class Comparison {
 public:
  Comparison(const ComparedHeap& before, const ComparedHeap& after,
             std::vector<bool> is_different_function)
      : before_(before),
        after_(after),
        is_different_function_(std::move(is_different_function)) {}

  void Reused() { ++reused_addresses_; }

  void Gone(size_t i) {
    const uint64_t size = before_.sizes[i];
    types_.Gone(before_.types[i], size);
    functions_.Gone(before_.NameOf(i), size);
    packages_.Gone(before_.PackageOf(i), size);
  }

  void Added(size_t j) {
    const uint64_t size = after_.sizes[j];
    types_.Added(after_.types[j], size);
    functions_.Added(after_.NameOf(j), size);
    packages_.Added(after_.PackageOf(j), size);
  }

  void Survived(size_t i, size_t j) {
    ++survivors_;
    const uint64_t old_size = before_.sizes[i];
    const uint64_t new_size = after_.sizes[j];
    types_.Survived(before_.types[i], old_size, after_.types[j], new_size);
    packages_.Survived(before_.PackageOf(i), old_size, after_.PackageOf(j),
                       new_size);
    const StringId old_name = before_.NameOf(i);
    if (!is_different_function_[old_name]) return;
    functions_.Survived(old_name, old_size, after_.NameOf(j), new_size);
  }

  HeapDifference Result(const StringTable& strings) const {
    HeapDifference difference;
    difference.all = types_.Sum();
    difference.survivors = survivors_;
    difference.reused_addresses = reused_addresses_;
    difference.types = types_.Different(strings);
    difference.functions = functions_.Different(strings);
    difference.packages = packages_.Different(strings);
    return difference;
  }

 private:
  const ComparedHeap& before_;
  const ComparedHeap& after_;
  const std::vector<bool> is_different_function_;  // By name.
  uint64_t survivors_ = 0;
  uint64_t reused_addresses_ = 0;
  RowTable types_;
  RowTable functions_;  // That are different.
  RowTable packages_;
};

}  // namespace

DifferenceRow& DifferenceRow::operator+=(const DifferenceRow& other) {
  before += other.before;
  after += other.after;
  added += other.added;
  gone += other.gone;
  grown += other.grown;
  shrunk += other.shrunk;
  moved_in += other.moved_in;
  moved_out += other.moved_out;
  return *this;
}

bool DifferenceRow::IsDifferent() const {
  return added.objects + gone.objects + grown.objects + shrunk.objects +
             moved_in.objects + moved_out.objects >
         0;
}

int64_t DifferenceRow::NetObjects() const {
  return static_cast<int64_t>(after.objects - before.objects);
}

int64_t DifferenceRow::NetBytes() const {
  return static_cast<int64_t>(after.bytes - before.bytes);
}

HeapDifference CompareHeaps(const ComparedHeap& before,
                            const ComparedHeap& after,
                            const StringTable& strings) {
  DifferentFunctions different(before, after, strings.size());
  Compare(before, after, &different);
  Comparison comparison(before, after, different.Take());
  Compare(before, after, &comparison);
  return comparison.Result(strings);
}

}  // namespace heapgrind
