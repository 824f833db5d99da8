#include "record/record_writer.h"

#include "cpython/soundness.h"
#include "record/definition.h"
#include "record/guarded.h"
#include "output/json_text.h"
#include "record/traversal.h"

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

// Bytes of text.
constexpr uint64_t kSmallRecord = 8192;  // A record's text but for references.

// Whether hg_is_sound has compared the length of an object with memory.
bool IsMeasured(Category category) {
  return category == Category::kTuple || category == Category::kList ||
         category == Category::kDict || category == Category::kSet;
}

}  // namespace

void RecordWriter::WriteObject(PyObject* object, bool with_refcount) {
  if (hg_trusts_heap()) return WriteSoundObject(object, with_refcount);
  const uint64_t num_before = counts_.num_objects;
  const hg_outcome outcome = RunGuarded([=] {
    if (!hg_is_sound(object) || unending_types_.IsGivenUp(Py_TYPE(object))) {
      hg_give_up();
    }
    WriteSoundObject(object, with_refcount);
  });
  NoteOutcome(object, outcome);
  if (outcome == HG_DONE) return;
  TakeBack(outcome);
  if (counts_.num_objects != num_before) return;  // A frame of it is damaged.
  WriteSubstitute(object, outcome == HG_DAMAGED ? "(damaged)" : "(unreadable)");
}

// An object with too many references does not end either.
void RecordWriter::NoteOutcome(PyObject* object, hg_outcome outcome) {
  const bool has_too_many = references_.TakeTooMany();
  if (outcome == HG_DONE) return unending_types_.NoteEnd(Py_TYPE(object));
  if (outcome != HG_UNENDING && !has_too_many) return;
  unending_types_.NoteUnending(Py_TYPE(object));
  if (has_too_many) ++num_unending_;
}

void RecordWriter::TakeBack(hg_outcome outcome) {
  if (outcome == HG_DONE) return;
  ++(outcome == HG_DAMAGED ? num_damaged_ : num_unreadable_);
  if (outcome == HG_UNENDING) ++num_unending_;
  if (output_->TakeBack()) {
    counts_ = kept_counts_;
  } else {
    kept_counts_ = counts_;  // It has become shorter, and stays.
  }
}

void RecordWriter::WriteSubstitute(const void* address, std::string_view type) {
  BeginRecord(address, type, {});
  WriteKey("refs");
  output_->Text("[]");
  EndRecord();
}

// Ends the line.
void RecordWriter::EndRecord() {
  output_->Text("}\n");
  output_->Keep();
  kept_counts_ = counts_;
}

void RecordWriter::WriteSoundObject(PyObject* object, bool with_refcount) {
  const TypeFacts& facts = types_.Find(Py_TYPE(object));
  const uint32_t site = uses_sites_ ? sites_.Find(object, output_) : 0;
  BeginRecord(object, facts.name, FindSize(object, facts));
  WriteNumber("site", site);
  WriteDefinition(object, facts, output_);
  WriteLength(object, facts);
  WriteValue(object, facts.category);
  if (with_refcount) WriteNumber("refcount", hg_refcount(object));
  hg_frame* lone_frame = PassOverFrames(object, facts);
  parts_.Collect(object, facts);
  WriteReferences(object, facts);
  if (facts.is_greenlet) WriteFrames(hg_greenlet_frame(object));
  if (lone_frame != nullptr) WriteFrame(lone_frame, nullptr);
}

ObjectSize RecordWriter::FindSize(PyObject* object, const TypeFacts& facts) {
  ObjectSize size = SizeOf(object, facts, &static_memory_, pages_, natives_);
  if (facts.foreign_range != nullptr) {
    CountForeignBytes(facts.foreign_range(object), &size);
  }
  return size;
}

void RecordWriter::CountForeignBytes(hg_range range, ObjectSize* size) {
  if (range.bytes == 0) return;
  const void* start = reinterpret_cast<const void*>(range.start);
  if (static_memory_.Contains(start)) return;
  AddForeignBytes(range, &foreign_memory_, pages_, size);
}

// Says whether the next record fits into the dump.  Once one does not, all go
// nowhere: what they refer to must still be found, and counted.
bool RecordWriter::FindRoom() {
  if (options_.max_bytes != 0 && output_->RoomLeft() < kSmallRecord) {
    output_ = nowhere_;
  }
  return output_ != nowhere_;
}

void RecordWriter::BeginRecord(const void* address, std::string_view type,
                               const ObjectSize& size) {
  if (FindRoom()) {
    ++counts_.num_objects;
    counts_.size += size.size;
    counts_.sums.Add(size);
  } else {
    ++num_left_out_;
    size_left_out_ += size.size;
  }
  output_->Text("{\"address\": ");
  output_->Number(reinterpret_cast<uintptr_t>(address));
  output_->Text(", \"type\": ");
  WriteUtf8(type, output_);
  output_->Text(", \"size\": ");
  output_->Number(size.size);
  WriteNumber("gc", size.gc);
  WriteNumber("slack", size.slack);
  if (size.has_large && !size.is_unknown) {
    WriteNumber("resident", size.size - size.absent);
  }
}

void RecordWriter::WriteReferences(PyObject* object, const TypeFacts& facts) {
  const bool is_dict = facts.category == Category::kDict;
  const size_t num_pairs =
      is_dict ? references_.CountWrittenPairs(CountPairs(object), *output_) : 0;
  WriteNumber("pairs", num_pairs);
  WriteKey("refs");
  references_.Begin(output_, IsMeasured(facts.category));
  if (is_dict) WritePairs(object, num_pairs);
  WritePartReferences();
  WriteElements(object, facts);
  const size_t num_inside = AddOpaqueWords(object, facts);
  WriteNumber("refs_left_out", references_.End());
  WriteNumber("inside", num_inside);
  WriteNames(num_pairs);
  EndRecord();
}

void RecordWriter::WritePairs(PyObject* dict, size_t num_written) {
  Py_ssize_t position = 0;
  PyObject* key;
  PyObject* value;
  // Interned strings name nothing there.
  const bool has_names = collects_keys_ && dict != hg_interned_strings();
  while (PyDict_Next(dict, &position, &key, &value)) {
    if (has_names) keys_->Insert(key);
    references_.AddPair(key, value, num_written);
  }
}

void RecordWriter::WritePartReferences() {
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (!parts_[i].is_hidden) references_.AddNamed(parts_[i].target);
  }
}

void RecordWriter::WriteElements(PyObject* object, const TypeFacts& facts) {
  if (facts.special != nullptr && facts.special->visit_elements != nullptr) {
    facts.special->visit_elements(object, VisitSpecialElement, this);
  }
  if (PyList_CheckExact(object)) {
    for (Py_ssize_t i = 0; i < Py_SIZE(object); ++i) {
      WriteElement(PyList_GET_ITEM(object, i));
    }
  } else if (PyTuple_CheckExact(object)) {
    for (Py_ssize_t i = 0; i < Py_SIZE(object); ++i) {
      WriteElement(PyTuple_GET_ITEM(object, i));
    }
  } else if (!facts.skips_traverse && hg_is_traversable(object)) {
    VisitTraversed(object, facts, VisitElement, this);
  }
}

// Of the parts; and of native blocks, which come behind what has no name.
void RecordWriter::WriteNames(size_t num_pairs) {
  size_t num_names = 0;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i].is_hidden) continue;
    BeginName(&num_names);
    WriteReferenceName(parts_[i], output_);
  }
  const auto& natives = native_references_.names();
  for (size_t i = 0; i < natives.size(); ++i) {
    while (2 * num_pairs + num_names < natives[i].reference) {
      BeginName(&num_names);
      output_->Text("null");
    }
    BeginName(&num_names);
    WriteUtf8(natives[i].text, output_);
  }
  if (num_names > 0) output_->Byte(']');
}

void RecordWriter::BeginName(size_t* num_names) {
  output_->Text(*num_names == 0 ? ", \"names\": [" : ", ");
  ++*num_names;
}

void WriteReferenceName(const Part& part, Output* output) {
  if (part.name_text != nullptr) {
    WriteTextObject(part.name_text, output,
                    part.name == nullptr ? "" : part.name);
  } else if (part.name != nullptr) {
    WriteUtf8(part.name, output);
  } else {
    output->Text("null");
  }
}

}  // namespace heapgrind
