// The keys and values of a dictionary, pair by pair.
//
//     for (const auto [key, value] : DictItems(graph, dict)) Use(key, value);

#ifndef HEAPGRIND_CONVERTER_HEAP_DICT_ITEMS_H_
#define HEAPGRIND_CONVERTER_HEAP_DICT_ITEMS_H_

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Either may be kNoNode: not in the dump.
struct DictItem {
  NodeId key;
  NodeId value;
};

class DictItems {
 public:
  class Iterator {
   public:
    explicit Iterator(const NodeId* at) : at_(at) {}
    DictItem operator*() const { return {at_[0], at_[1]}; }
    Iterator& operator++() {
      at_ += 2;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const NodeId* at_;
  };

  // Those of `mapping` in the order of the dump; none if it is no mapping.
  DictItems(const HeapGraph& graph, NodeId mapping)
      : begin_(graph.References(mapping).data()),
        end_(begin_ + graph.NumPairReferences(mapping)) {}

  Iterator begin() const { return Iterator(begin_); }
  Iterator end() const { return Iterator(end_); }

 private:
  const NodeId* begin_;
  const NodeId* end_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_DICT_ITEMS_H_
