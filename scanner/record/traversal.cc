#include "record/traversal.h"

namespace heapgrind {
namespace {

// A C type that is derived from dict shows, by its own tp_traverse, the values
// of the dictionary too (and its keys, if not all are strings), in their order.
// This goes along, and takes out what is a pair.
class PairFilter {
 public:
  PairFilter(PyObject* dict, visitproc visit, void* context)
      : dict_(dict), visit_(visit), context_(context) {
    Advance();
  }

  void Visit(PyObject* target) {
    if (IsOfPair(target)) return;
    if (key_is_seen_ || value_is_seen_) {
      Advance();
      if (IsOfPair(target)) return;
    }
    visit_(target, context_);
  }

 private:
  bool IsOfPair(PyObject* target) {
    if (!has_pair_) return false;
    if (target == value_ && !value_is_seen_) return value_is_seen_ = true;
    if (target == key_ && !key_is_seen_) return key_is_seen_ = true;
    return false;
  }

  void Advance() {
    has_pair_ = PyDict_Next(dict_, &position_, &key_, &value_) != 0;
    key_is_seen_ = value_is_seen_ = false;
  }

  PyObject* dict_;
  const visitproc visit_;
  void* const context_;
  Py_ssize_t position_ = 0;
  PyObject* key_ = nullptr;
  PyObject* value_ = nullptr;
  bool has_pair_ = false;
  bool key_is_seen_ = false;
  bool value_is_seen_ = false;
};

int VisitBesidePairs(PyObject* target, void* context) {
  static_cast<PairFilter*>(context)->Visit(target);
  return 0;
}

}  // namespace

size_t CountPairs(PyObject* dict) {
  Py_ssize_t position = 0;
  PyObject* key;
  PyObject* value;
  size_t count = 0;
  while (PyDict_Next(dict, &position, &key, &value)) ++count;
  return count;
}

void VisitTraversed(PyObject* object, const TypeFacts& facts, visitproc visit,
                    void* context) {
  traverseproc traverse = Py_TYPE(object)->tp_traverse;
  if (facts.category == Category::kDict) {
    PairFilter filter(object, visit, context);
    traverse(object, VisitBesidePairs, &filter);
  } else {
    traverse(object, visit, context);
  }
}

}  // namespace heapgrind
