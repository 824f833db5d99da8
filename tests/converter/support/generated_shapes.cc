#include "tests/converter/support/generated_shapes.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNumModules = 364;
constexpr uint32_t kNumTypes = 1000;

// Objects 0 .. num_objects - 1, of which the first are modules, each with what
// it refers to; as lines at last.
class ShapeGenerator {
 public:
  explicit ShapeGenerator(uint64_t num_objects)
      : num_(static_cast<uint32_t>(std::max<uint64_t>(num_objects, 2000))),
        type_(num_),
        references_(num_) {}

  void MakePaths() {
    const uint32_t num_popular = num_ / 20;
    for (uint32_t i = kNumModules; i < num_; ++i) {
      type_[i] = absl::StrCat("Type", Random(kNumTypes));
      references_[i < num_popular ? Random(kNumModules) : Random(i)].push_back(
          i);
      const uint32_t num_more = Random(10) < 6 ? 2 : 1;
      for (uint32_t j = 0; j < num_more; ++j) {
        // The fifth power: a few are referred to by very many.
        double at = Random(1 << 20) / double{1 << 20};
        at = at * at * at * at * at;
        references_[i].push_back(kNumModules +
                                 static_cast<uint32_t>(at * num_popular));
      }
    }
  }

  void MakeChains() {
    uint32_t next = kNumModules;
    for (uint32_t round = 0; next < num_; ++round) {
      const bool is_list = round % 2 == 0;
      const uint32_t length = round % 50 == 1 ? num_ / 20 : Random(10000);
      uint32_t owner = round % kNumModules;
      if (is_list) {
        type_[next] = "list";
        references_[owner].push_back(next);
        owner = next++;
      }
      for (uint32_t i = 0; i < length && next + 2 < num_; ++i) {
        const uint32_t node = next;
        next += 3;
        type_[node] = is_list ? "Item" : "Node";
        type_[node + 1] = "str";
        type_[node + 2] = "float";
        references_[node] = {node + 1, node + 2};
        references_[owner].push_back(node);
        if (!is_list) owner = node;
      }
      if (next + 2 >= num_) break;
    }
  }

  void MakeSharers() {
    const uint32_t num_owners = num_ / 2;
    for (uint32_t i = kNumModules; i < num_; ++i) {
      type_[i] = absl::StrCat("Type", Random(kNumTypes));
      if (i < num_owners) {
        references_[i / 1000 <= kNumModules ? Random(kNumModules)
                                            : kNumModules + Random(i / 1000)]
            .push_back(i);
      } else {
        const uint32_t num_referrers = 2 + Random(4);
        for (uint32_t j = 0; j < num_referrers; ++j) {
          references_[Random(num_owners)].push_back(i);
        }
      }
    }
  }

  GeneratedHeap Write() const {
    GeneratedHeap heap;
    heap.text.reserve(120 * uint64_t{num_});
    for (uint32_t i = 0; i < num_; ++i) Line(i, &heap);
    heap.end = heap.text.size();
    return heap;
  }

 private:
  uint32_t Random(uint32_t limit) { return random_() % limit; }

  static uint64_t Address(uint32_t object) {
    return 140264121807088 + 64 * uint64_t{object};
  }

  void Line(uint32_t object, GeneratedHeap* heap) const {
    heap->begin.push_back(heap->text.size());
    const bool is_module = object < kNumModules;
    absl::StrAppend(&heap->text, "{\"address\": ", Address(object),
                    ", \"type\": \"", is_module ? "module" : type_[object],
                    "\", \"size\": ", 40 + 8 * (object % 7));
    if (is_module)
      absl::StrAppend(&heap->text, ", \"name\": \"mod", object, "\"");
    const auto append = [](std::string* out, uint32_t target) {
      absl::StrAppend(out, Address(target));
    };
    absl::StrAppend(&heap->text, ", \"refs\": [",
                    absl::StrJoin(references_[object], ", ", append), "]}\n");
    heap->num_references += references_[object].size();
    if (references_[object].empty()) ++heap->num_leaves;
  }

  const uint32_t num_;
  std::mt19937 random_{1};
  std::vector<std::string> type_;
  std::vector<std::vector<uint32_t>> references_;
};

}  // namespace

bool IsShape(std::string_view name) {
  return name == "paths" || name == "chains" || name == "sharers";
}

GeneratedHeap GenerateShape(std::string_view name, uint64_t num_objects) {
  ShapeGenerator generator(num_objects);
  if (name == "paths") generator.MakePaths();
  if (name == "chains") generator.MakeChains();
  if (name == "sharers") generator.MakeSharers();
  return generator.Write();
}

}  // namespace heapgrind
