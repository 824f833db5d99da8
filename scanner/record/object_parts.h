// The references of an object that have a name, and those that tp_traverse
// hides.
//
// An object's references are its named parts and what tp_traverse shows beyond
// them.  The parts are collected first; then each visit of tp_traverse takes
// one part with the same target away, and what no part stands for is an
// element without a name.
//
// Some parts are only claimed: a table says that there is an object at some
// place, and may be wrong.  They are words that are compared with what
// tp_traverse shows, and dropped, never followed, unless it shows the same.

#ifndef HEAPGRIND_SCANNER_RECORD_OBJECT_PARTS_H_
#define HEAPGRIND_SCANNER_RECORD_OBJECT_PARTS_H_

#include <cstddef>

#include "cpython/compat.h"
#include "memory/mapped_array.h"
#include "record/program_frames.h"
#include "record/type_table.h"

namespace heapgrind {

struct Part {
  PyObject* target;
  const char* name;     // Null, or the part's name or its beginning.
  PyObject* name_text;  // A string object, which is the rest of it, or null.
  bool is_hidden;       // Another record has it: tp_traverse shows it in vain.
  bool is_matched;
  bool is_claimed;  // Not followed before it is matched.
};

class ObjectParts {
 public:
  explicit ObjectParts(const OwnModules& own_modules)
      : own_modules_(own_modules) {}

  // Forgets the parts of the last object and collects those of `object`.
  void Collect(PyObject* object, const TypeFacts& facts);

  // Forgets the parts of the last object and collects those of `frame`; and
  // `called`, the frame or frame object that it called, unless that is null.
  void CollectFrame(hg_frame* frame, void* called);

  // True if a part that was not matched yet has the target `visited`, which
  // it then matches.
  bool Match(PyObject* visited);

  void Add(PyObject* target, const char* name, PyObject* name_text);
  void AddClaim(PyObject* word, const char* name);

  // Adds a part that matches what tp_traverse shows just now.
  void AddMatched(PyObject* target, const char* name);

  size_t size() const { return parts_.size(); }
  const Part& operator[](size_t index) const { return parts_[index]; }
  bool out_of_memory() const { return out_of_memory_; }

 private:
  void AddFrameObject(PyObject* frame_object);
  void AddGreenletFrame(PyObject* greenlet);
  void AddAttributes(PyObject* object, hg_dict_proof dict_proof);
  void AddDict(PyObject* object, hg_dict_proof dict_proof);
  void AddTupleFields(PyObject* tuple, PyObject* field_names);
  void MatchTraversed(PyObject* object, const char* fields);
  void DropUnmatchedClaims();

  const OwnModules& own_modules_;
  MappedArray<Part> parts_;
  size_t next_match_ = 0;  // Visits mostly come in the order of the parts.
  bool hides_ = false;
  bool has_claims_ = false;
  bool out_of_memory_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_OBJECT_PARTS_H_
