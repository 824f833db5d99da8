#include "record/record_writer.h"

#include <algorithm>

#include "record/definition.h"
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
constexpr uint64_t kReferenceText = 22;  // A number below 2^64, and `, `.
constexpr uint64_t kSmallRecord = 8192;  // A record's text but for references.

}  // namespace

void RecordWriter::WriteObject(PyObject* object, bool with_refcount) {
  const TypeFacts& facts = types_.Find(Py_TYPE(object));
  const uint32_t site = uses_sites_ ? sites_.Find(object, output_) : 0;
  BeginRecord(object, facts.name, FindSize(object, facts));
  WriteNumber("site", site);
  WriteDefinition(object, facts, output_);
  WriteLength(object, facts);
  WriteValue(object, facts.category);
  if (with_refcount) WriteNumber("refcount", hg_refcount(object));
  parts_.Collect(object, facts);
  WriteReferences(object, facts);
}

void RecordWriter::WriteFrame(hg_frame* frame, void* called) {
  ObjectSize size = {};
  if (hg_frame_is_object(frame)) {
    PyObject* object = reinterpret_cast<PyObject*>(frame);
    size = FindSize(object, types_.Find(Py_TYPE(object)));
  } else {
    size.size = hg_frame_stack_bytes(frame);
  }
  BeginRecord(frame, "frame", size);
  WriteFrameDefinition(frame, output_);
  parts_.CollectFrame(frame, called);
  WriteKey("refs");
  output_->Byte('[');
  is_first_reference_ = true;
  WritePartReferences();
  output_->Byte(']');
  WritePartNames();
  output_->Text("}\n");
}

ObjectSize RecordWriter::FindSize(PyObject* object, const TypeFacts& facts) {
  ObjectSize size = SizeOf(object, facts, &static_memory_);
  if (facts.foreign_range != nullptr) {
    size.size += CountForeignBytes(facts.foreign_range(object));
  }
  return size;
}

// Each byte counts with the first object that shows it, and as memory that
// Python's allocators did not hand out.
uint64_t RecordWriter::CountForeignBytes(hg_range range) {
  if (range.bytes == 0) return 0;
  const void* start = reinterpret_cast<const void*>(range.start);
  if (static_memory_.Contains(start)) return 0;
  return foreign_memory_.Add(range.start, range.bytes);
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
    ++num_objects_;
    size_ += size.size;
    allocated_ += size.allocated;
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
}

void RecordWriter::WriteKey(std::string_view key) {
  output_->Text(", \"");
  output_->Text(key);
  output_->Text("\": ");
}

void RecordWriter::WriteNumber(std::string_view key, uint64_t number) {
  WriteNumberUnlessZero(key, number, output_);
}

void RecordWriter::WriteReferences(PyObject* object, const TypeFacts& facts) {
  const bool is_dict = facts.category == Category::kDict;
  const size_t num_pairs = is_dict ? CountWrittenPairs(object) : 0;
  WriteNumber("pairs", num_pairs);
  WriteKey("refs");
  output_->Byte('[');
  is_first_reference_ = true;
  num_references_ = num_references_left_out_ = 0;
  if (is_dict) WritePairs(object, num_pairs);
  WritePartReferences();
  WriteElements(object, facts);
  output_->Byte(']');
  WriteNumber("refs_left_out", num_references_left_out_);
  WritePartNames();
  output_->Text("}\n");
}

// Writes so many pairs and counts the others.
void RecordWriter::WritePairs(PyObject* dict, size_t num_written) {
  Py_ssize_t position = 0;
  PyObject* key;
  PyObject* value;
  // Interned strings name nothing there.
  const bool has_names = collects_keys_ && dict != hg_interned_strings();
  while (PyDict_Next(dict, &position, &key, &value)) {
    if (has_names) keys_->Insert(key);
    if (num_references_ == 2 * num_written) {
      num_references_left_out_ += 2;
      frontier_->Reach(key);
      frontier_->Reach(value);
      continue;
    }
    num_references_ += 2;
    WriteReference(key);
    WriteReference(value);
  }
}

size_t RecordWriter::CountWrittenPairs(PyObject* dict) const {
  size_t count = CountPairs(dict);
  if (options_.max_references != 0) {
    count = std::min(count, options_.max_references / 2);
  }
  if (options_.max_bytes != 0) {
    const uint64_t room = output_->RoomLeft() / (2 * kReferenceText);
    count = static_cast<size_t>(std::min<uint64_t>(count, room));
  }
  return count;
}

// True if the limits do not allow one reference more.
bool RecordWriter::IsFull() const {
  return (options_.max_references != 0 &&
          num_references_ >= options_.max_references) ||
         (options_.max_bytes != 0 && output_->RoomLeft() < kReferenceText);
}

// A reference without a name.
void RecordWriter::WriteElement(PyObject* target) {
  if (target == nullptr) return;  // An element that is not set yet.
  if (IsFull()) {
    ++num_references_left_out_;
    frontier_->Reach(target);
    return;
  }
  ++num_references_;
  WriteReference(target);
}

void RecordWriter::WritePartReferences() {
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (!parts_[i].is_hidden) WriteReference(parts_[i].target);
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

void RecordWriter::WriteReference(PyObject* target) {
  if (!is_first_reference_) output_->Text(", ");
  is_first_reference_ = false;
  output_->Number(reinterpret_cast<uintptr_t>(target));
  frontier_->Reach(target);
}

void RecordWriter::WritePartNames() {
  bool is_first = true;
  for (size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i].is_hidden) continue;
    output_->Text(is_first ? ", \"names\": [" : ", ");
    is_first = false;
    WriteReferenceName(parts_[i], output_);
  }
  if (!is_first) output_->Byte(']');
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
