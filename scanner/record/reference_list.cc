#include "record/reference_list.h"

#include <algorithm>

namespace heapgrind {
namespace {

// Bytes of text: a number below 2^64, and `, `.
constexpr uint64_t kReferenceText = 22;

// References that any object may show.
constexpr uint64_t kFewestBelieved = 1 << 16;

}  // namespace

size_t ReferenceList::CountWrittenPairs(size_t count,
                                        const Output& output) const {
  if (options_.max_references != 0) {
    count = std::min(count, options_.max_references / 2);
  }
  if (options_.max_bytes != 0) {
    const uint64_t room = output.RoomLeft() / (2 * kReferenceText);
    count = static_cast<size_t>(std::min<uint64_t>(count, room));
  }
  return count;
}

void ReferenceList::Begin(Output* output, bool is_measured) {
  output_ = output;
  most_in_record_ = is_measured ? most_references_ : most_unmeasured_;
  num_limited_ = num_left_out_ = num_written_ = 0;
  output_->Byte('[');
}

void ReferenceList::AddPair(PyObject* key, PyObject* value,
                            size_t num_written) {
  if (num_limited_ == 2 * num_written) {
    num_left_out_ += 2;
  } else {
    num_limited_ += 2;
    Write(reinterpret_cast<uintptr_t>(key));
    Write(reinterpret_cast<uintptr_t>(value));
  }
  frontier_->Reach(key);
  frontier_->Reach(value);
}

void ReferenceList::AddNamed(PyObject* target) {
  Write(reinterpret_cast<uintptr_t>(target));
  frontier_->Reach(target);
}

void ReferenceList::Add(PyObject* target) {
  if (target == nullptr) return;
  AddAddress(reinterpret_cast<uintptr_t>(target));
  frontier_->Reach(target);
}

bool ReferenceList::AddAddress(uintptr_t address) {
  if (IsFull()) {
    ++num_left_out_;
    return false;
  }
  ++num_limited_;
  Write(address);
  return true;
}

bool ReferenceList::TakeTooMany() {
  if (!has_too_many_) return false;
  has_too_many_ = false;
  most_unmeasured_ = std::max(most_unmeasured_ / 4, kFewestBelieved);
  return true;
}

size_t ReferenceList::End() {
  output_->Byte(']');
  return num_left_out_;
}

// True if the limits do not allow one reference more.
bool ReferenceList::IsFull() const {
  return (options_.max_references != 0 &&
          num_limited_ >= options_.max_references) ||
         (options_.max_bytes != 0 && output_->RoomLeft() < kReferenceText);
}

void ReferenceList::Write(uintptr_t address) {
  if (num_written_ >= most_in_record_) {
    has_too_many_ = true;
    hg_give_up();
  }
  if (num_written_++ > 0) output_->Text(", ");
  output_->Number(address);
}

}  // namespace heapgrind
