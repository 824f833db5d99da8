// The keys `len` and `value` of object records.

#include <algorithm>
#include <cmath>

#include "output/json_text.h"
#include "record/record_writer.h"

namespace heapgrind {

void RecordWriter::WriteLength(PyObject* object, const TypeFacts& facts) {
  switch (facts.category) {
    case Category::kText:
      return WriteNumber("len", hg_text_characters(object).length);
    case Category::kBytes:
    case Category::kTuple:
    case Category::kList:
      return WriteNumber("len", Py_SIZE(object));
    case Category::kDict:
      return WriteNumber("len", hg_dict_length(object));
    case Category::kSet:
      return WriteNumber("len", PySet_GET_SIZE(object));
    default:
      if (facts.special == nullptr || facts.special->length == nullptr) return;
      return WriteNumber("len", facts.special->length(object));
  }
}

void RecordWriter::WriteValue(PyObject* object, Category category) {
  switch (category) {
    case Category::kText:
      return WriteTextValue(object);
    case Category::kBytes:
      return WriteBytesValue(object);
    case Category::kInt:
      return WriteIntValue(object);
    case Category::kBool:
      return output_->Text(object == Py_True ? ", \"value\": \"True\""
                                             : ", \"value\": \"False\"");
    case Category::kFloat: {
      const double value = PyFloat_AS_DOUBLE(object);
      if (!std::isfinite(value)) return;
      WriteKey("value");
      return output_->Real(value);
    }
    default:
      return;
  }
}

bool RecordWriter::HasValue(PyObject* object) const {
  if (options_.value_length != 0) return true;
  return keys_ != nullptr && !collects_keys_ && keys_->Contains(object);
}

// Of keys there is always enough to tell one from another.
size_t RecordWriter::ValueLength() const {
  constexpr size_t kKeyLength = 100;
  const size_t length =
      options_.value_length != 0 ? options_.value_length : kKeyLength;
  if (options_.max_bytes == 0) return length;
  constexpr uint64_t kMostText = 8;  // Of a character; 6, and some to spare.
  return static_cast<size_t>(
      std::min<uint64_t>(length, output_->RoomLeft() / kMostText));
}

void RecordWriter::WriteTextValue(PyObject* object) {
  if (!HasValue(object)) return;
  const hg_characters text = hg_text_characters(object);
  WriteKey("value");
  WriteCharacters(
      {text.start, std::min(text.length, ValueLength()), text.width}, output_);
}

void RecordWriter::WriteBytesValue(PyObject* object) {
  if (!HasValue(object)) return;
  const size_t length = PyBytes_GET_SIZE(object);
  WriteKey("value");
  WriteCharacters(
      {PyBytes_AS_STRING(object), std::min(length, ValueLength()), 1}, output_);
}

void RecordWriter::WriteIntValue(PyObject* object) {
  int64_t value = 0;
  const int kind = hg_int_value(object, &value);
  if (kind == 0) return;
  WriteKey("value");
  if (kind == 1) {
    output_->SignedNumber(value);
  } else {
    output_->Number(static_cast<uint64_t>(value));
  }
}

}  // namespace heapgrind
