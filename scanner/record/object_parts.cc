#include "record/object_parts.h"

#include <algorithm>

#include "cpython/soundness.h"

namespace heapgrind {
namespace {

void AddPart(void* context, PyObject* target, const char* name,
             PyObject* name_text) {
  static_cast<ObjectParts*>(context)->Add(target, name, name_text);
}

void AddClaimedPart(void* context, PyObject* word, const char* name,
                    PyObject*) {
  static_cast<ObjectParts*>(context)->AddClaim(word, name);
}

// Names what tp_traverse shows by the fields of the object.
struct FieldVisit {
  PyObject* object;
  const char* fields;
  uint64_t taken;
  ObjectParts* parts;
};

int VisitField(PyObject* target, void* context) {
  auto* visit = static_cast<FieldVisit*>(context);
  if (visit->parts->Match(target) || visit->fields == nullptr) return 0;
  const char* name =
      hg_field_name(visit->object, visit->fields, target, &visit->taken);
  if (name != nullptr) visit->parts->AddMatched(target, name);
  return 0;
}

bool CanBeName(PyObject* object) {
  return hg_may_follow(object) &&
         (hg_is_text_type(Py_TYPE(object)) || PyBytes_Check(object));
}

PyObject* AsTarget(void* address) { return static_cast<PyObject*>(address); }

}  // namespace

void ObjectParts::Add(PyObject* target, const char* name, PyObject* name_text) {
  if (name_text != nullptr && !CanBeName(name_text)) name_text = nullptr;
  const Part part = {target, name, name_text, hides_, false, false};
  if (!parts_.Append(part)) out_of_memory_ = true;
}

void ObjectParts::AddClaim(PyObject* word, const char* name) {
  has_claims_ = true;
  if (!parts_.Append({word, name, nullptr, false, false, true})) {
    out_of_memory_ = true;
  }
}

void ObjectParts::Collect(PyObject* object, const TypeFacts& facts) {
  parts_.Clear();
  next_match_ = 0;
  hides_ = false;  // The last object may have been given up.
  has_claims_ = false;
  if (facts.is_heap_type) {
    Add(reinterpret_cast<PyObject*>(Py_TYPE(object)), "__class__", nullptr);
  }
  switch (facts.category) {
    case Category::kClass:
      hg_visit_type(reinterpret_cast<PyTypeObject*>(object), AddPart, this);
      break;
    case Category::kFunction:
      hg_visit_function(object, AddPart, this);
      break;
    case Category::kCode:
      hg_visit_code(object, AddPart, this);
      break;
    case Category::kFrame:
      AddFrameObject(object);
      break;
    case Category::kGenerator:
      hg_visit_generator(object, AddPart, this);
      if (hg_frame* frame = hg_running_generator_frame(object)) {
        Add(AsTarget(frame), "gi_frame", nullptr);
      }
      break;
    default:
      break;
  }
  if (facts.is_greenlet) AddGreenletFrame(object);
  if (facts.special != nullptr && facts.special->visit != nullptr) {
    facts.special->visit(object, AddPart, this);
  }
  if (facts.field_names != nullptr) AddTupleFields(object, facts.field_names);
  if (facts.has_attributes) AddAttributes(object, facts.dict_proof);
  if ((facts.fields != nullptr || has_claims_) && hg_is_traversable(object)) {
    MatchTraversed(object, facts.fields);
  }
  if (has_claims_) DropUnmatchedClaims();
  for (size_t i = 0; i < parts_.size(); ++i) parts_[i].is_matched = false;
  next_match_ = 0;
}

void ObjectParts::CollectFrame(hg_frame* frame, void* called) {
  parts_.Clear();
  next_match_ = 0;
  hides_ = false;  // The last object may have been given up.
  if (called != nullptr) Add(AsTarget(called), "called", nullptr);
  hg_visit_frame(frame, AddPart, this);
}

// The frame that called a frame is kept by it, also when both have ended; but
// not if that is what ran the program.
void ObjectParts::AddFrameObject(PyObject* frame_object) {
  if (PyObject* caller = hg_frame_object_caller(frame_object)) {
    hg_frame* frame = hg_frame_of_object(caller);
    hides_ = frame != nullptr && IsRunnerFrame(frame, own_modules_);
    Add(caller, "f_back", nullptr);
    hides_ = false;
  }
  hg_visit_frame_object(frame_object, AddPart, this);
}

// The outermost, as threads have theirs.
void ObjectParts::AddGreenletFrame(PyObject* greenlet) {
  hg_frame* frame = FindOutermost(hg_greenlet_frame(greenlet), own_modules_);
  if (frame != nullptr) Add(AsTarget(frame), "gr_frame", nullptr);
}

void ObjectParts::AddAttributes(PyObject* object, hg_dict_proof dict_proof) {
  if (dict_proof != HG_NO_DICT) AddDict(object, dict_proof);
  hides_ = hg_values_belong_to_dict(object);
  hg_visit_inline_values(object, AddPart, this);
  hides_ = false;
  hg_visit_members(object, AddPart, AddClaimedPart, this);
}

void ObjectParts::AddDict(PyObject* object, hg_dict_proof dict_proof) {
  PyObject* dict = hg_instance_dict(object);
  if (dict == nullptr) return;
  if (dict_proof == HG_CLAIMED_DICT) return AddClaim(dict, "__dict__");
  Add(dict, "__dict__", nullptr);
}

// The elements of a named tuple.
void ObjectParts::AddTupleFields(PyObject* tuple, PyObject* field_names) {
  const Py_ssize_t count = std::min(Py_SIZE(tuple), Py_SIZE(field_names));
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* name = PyTuple_GET_ITEM(field_names, i);
    PyObject* element = PyTuple_GET_ITEM(tuple, i);
    if (name != nullptr && element != nullptr) Add(element, nullptr, name);
  }
}

void ObjectParts::AddMatched(PyObject* target, const char* name) {
  if (!parts_.Append({target, name, nullptr, false, true, false})) {
    out_of_memory_ = true;
  }
}

// tp_traverse is called twice for these objects: here, and by the writer, which
// matches all parts again.
void ObjectParts::MatchTraversed(PyObject* object, const char* fields) {
  FieldVisit visit = {object, fields, 0, this};
  Py_TYPE(object)->tp_traverse(object, VisitField, &visit);
}

void ObjectParts::DropUnmatchedClaims() {
  size_t num_kept = 0;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (!parts_[i].is_claimed || parts_[i].is_matched) {
      parts_[num_kept++] = parts_[i];
    }
  }
  parts_.Truncate(num_kept);
}

bool ObjectParts::Match(PyObject* visited) {
  const size_t count = parts_.size();
  for (size_t i = 0; i < count; ++i) {
    size_t index = next_match_ + i;
    if (index >= count) index -= count;
    Part& part = parts_[index];
    if (part.target != visited || part.is_matched) continue;
    part.is_matched = true;
    next_match_ = index + 1;
    return true;
  }
  return false;
}

}  // namespace heapgrind
