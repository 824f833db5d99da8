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

class Comparison {
 public:
  Comparison(const ComparedHeap& before, const ComparedHeap& after)
      : before_(before), after_(after) {}

  // Both are in the order of their addresses.
  void Run() {
    size_t i = 0;
    size_t j = 0;
    while (i < before_.sizes.size() && j < after_.sizes.size()) {
      const ObjectIdentity& a = before_.identities[i];
      const ObjectIdentity& b = after_.identities[j];
      if (a.address < b.address) {
        Gone(i++);
      } else if (b.address < a.address) {
        Added(j++);
      } else {
        IsSameObject(a, b) ? Survived(i, j) : Reused(i, j);
        ++i, ++j;
      }
    }
    while (i < before_.sizes.size()) Gone(i++);
    while (j < after_.sizes.size()) Added(j++);
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
  void Gone(size_t i) {
    const uint64_t size = before_.sizes[i];
    types_.Gone(before_.types[i], size);
    functions_.Gone(before_.names[before_.functions[i]], size);
    packages_.Gone(before_.packages[before_.functions[i]], size);
  }

  void Added(size_t j) {
    const uint64_t size = after_.sizes[j];
    types_.Added(after_.types[j], size);
    functions_.Added(after_.names[after_.functions[j]], size);
    packages_.Added(after_.packages[after_.functions[j]], size);
  }

  void Reused(size_t i, size_t j) {
    ++reused_addresses_;
    Gone(i);
    Added(j);
  }

  void Survived(size_t i, size_t j) {
    ++survivors_;
    const uint64_t old_size = before_.sizes[i];
    const uint64_t new_size = after_.sizes[j];
    const uint32_t old_function = before_.functions[i];
    const uint32_t new_function = after_.functions[j];
    types_.Survived(before_.types[i], old_size, after_.types[j], new_size);
    functions_.Survived(before_.names[old_function], old_size,
                        after_.names[new_function], new_size);
    packages_.Survived(before_.packages[old_function], old_size,
                       after_.packages[new_function], new_size);
  }

  const ComparedHeap& before_;
  const ComparedHeap& after_;
  uint64_t survivors_ = 0;
  uint64_t reused_addresses_ = 0;
  RowTable types_;
  RowTable functions_;
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
  Comparison comparison(before, after);
  comparison.Run();
  return comparison.Result(strings);
}

}  // namespace heapgrind
