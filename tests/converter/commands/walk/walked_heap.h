// A small heap to walk through, for tests.

#ifndef HEAPGRIND_TESTS_CONVERTER_COMMANDS_WALK_WALKED_HEAP_H_
#define HEAPGRIND_TESTS_CONVERTER_COMMANDS_WALK_WALKED_HEAP_H_

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/cli/progress_line.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/value_texts.h"
#include "converter/commands/walk/walk_heap.h"
#include "gtest/gtest.h"

namespace heapgrind {

// One object's record.
inline std::string ObjectLine(uint64_t address, const std::string& type,
                              const std::string& members,
                              const std::string& references) {
  return absl::StrCat("{\"address\": ", address, ", \"type\": \"", type,
                      "\", \"size\": 10", members, ", \"refs\": [", references,
                      "]}\n");
}

inline std::string TextLine(uint64_t address, const std::string& value) {
  return ObjectLine(address, "str", ", \"value\": \"" + value + "\"", "");
}

// The heap of the lines of a dump, behind its header.
class WalkedHeap {
 public:
  explicit WalkedHeap(const std::string& lines) {
    const std::string path = testing::TempDir() + "/walked.json";
    std::ofstream(path) << "{\"heapgrind\": 1}\n" << lines;
    collectors_.push_back(std::make_unique<ValueCollector>());
    RecordSink* const collectors[] = {collectors_[0].get()};
    options_.num_threads = 1;
    loaded_ = *AnalyzedHeap::Load("test", path, options_, false, &progress_,
                                  collectors);
    heap_ = std::make_unique<WalkHeap>(
        loaded_.get(), ValueTexts(loaded_->graph(), collectors_));
  }

  WalkHeap& heap() { return *heap_; }

 private:
  HeapOptions options_;
  ProgressLine progress_;
  std::vector<std::unique_ptr<ValueCollector>> collectors_;
  std::unique_ptr<AnalyzedHeap> loaded_;
  std::unique_ptr<WalkHeap> heap_;
};

// sys.modules holds a module `app`, which has
//     app.cache = {'k 1': [1, 2], 7: ('a', 1), ('t', 7): None, X(): Node}
//     Node.next -> Node, Node.'cell x' -> 'long text', Node<0> -> set
inline std::string SomeLines() {
  return absl::StrCat(
      "{\"root\": \"modules\", \"refs\": [1600], \"names\": [\"modules\"]}\n",
      ObjectLine(1600, "dict", ", \"pairs\": 1", "1616, 1632"),
      TextLine(1616, "app"),
      "{\"address\": 1632, \"type\": \"module\", \"size\": 10, \"kind\": "
      "\"module\", \"name\": \"app\", \"refs\": [1648], \"names\": "
      "[\"__dict__\"]}\n",
      ObjectLine(1648, "dict", ", \"pairs\": 1", "1664, 1680"),
      TextLine(1664, "cache"),
      ObjectLine(1680, "dict", ", \"pairs\": 4",
                 "1696, 1712, 1728, 1744, 1760, 1776, 1792, 1808"),
      TextLine(1696, "k 1"), ObjectLine(1712, "list", "", "1824, 1840"),
      ObjectLine(1728, "int", ", \"value\": 7", ""),
      ObjectLine(1744, "tuple", "", "1856, 1824"),
      ObjectLine(1760, "tuple", "", "1872, 1728"),
      ObjectLine(1776, "NoneType", "", ""), ObjectLine(1792, "X", "", ""),
      "{\"address\": 1808, \"type\": \"Node\", \"size\": 10, \"refs\": "
      "[1888, 1904, 1920], \"names\": [\"next\", \"cell x\"]}\n",
      ObjectLine(1824, "int", ", \"value\": 1", ""),
      ObjectLine(1840, "int", ", \"value\": 2", ""), TextLine(1856, "a"),
      TextLine(1872, "t"), ObjectLine(1888, "Node", "", ""),
      TextLine(1904, "long text"), ObjectLine(1920, "set", "", ""),
      "{\"end\": 20, \"size\": 200}\n");
}

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_COMMANDS_WALK_WALKED_HEAP_H_
