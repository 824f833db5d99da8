#include "traversal.h"

namespace heapgrind {
namespace {

int VisitElement(PyObject* target, void* context) {
  auto* writer = static_cast<RecordWriter*>(context);
  if (!writer->MatchPart(target)) writer->WriteElement(target);
  return 0;
}

void VisitSpecialElement(void* context, PyObject* target, const char*,
                         PyObject*) {
  static_cast<RecordWriter*>(context)->WriteElement(target);
}

// A C type that is derived from dict shows, by its own tp_traverse, the values
// of the dictionary too (and its keys, if not all are strings), in their order.
// This goes along, and takes out what is a pair.
class PairFilter {
 public:
  PairFilter(PyObject* dict, RecordWriter* writer)
      : dict_(dict), writer_(writer) {
    Advance();
  }

  void Visit(PyObject* target) {
    if (IsOfPair(target)) return;
    if (key_is_seen_ || value_is_seen_) {
      Advance();
      if (IsOfPair(target)) return;
    }
    if (!writer_->MatchPart(target)) writer_->WriteElement(target);
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
  RecordWriter* writer_;
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

void WriteTraversed(PyObject* object, const TypeFacts& facts,
                    RecordWriter* writer) {
  traverseproc traverse = Py_TYPE(object)->tp_traverse;
  if (facts.category == Category::kDict) {
    PairFilter filter(object, writer);
    traverse(object, VisitBesidePairs, &filter);
  } else {
    traverse(object, VisitElement, writer);
  }
}

void WriteSpecialElements(PyObject* object, const hg_special_type& special,
                          RecordWriter* writer) {
  special.visit_elements(object, VisitSpecialElement, writer);
}

}  // namespace heapgrind
