#include "record/allocation_sites.h"

#include <sys/mman.h>

#include "record/definition.h"
#include "output/json_text.h"
#include "memory/mapped_array.h"

namespace heapgrind {
namespace {

constexpr uint64_t kTraceback = UINT64_MAX;  // No line has this caller.
constexpr uint64_t kSiteRecord = 8192;       // Bytes of text.
constexpr size_t kFirstCapacity = 1024;

// Multiplicative hashing: Knuth, "The Art of Computer Programming", volume 3,
// 1998, section 6.4.  The upper bits are the good ones.
size_t Hash(uint64_t address, uint64_t rest) {
  constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;
  const uint64_t product = ((address * kGolden) ^ rest) * kGolden;
  return static_cast<size_t>(product >> 20);
}

uint64_t AddressOf(const void* pointer) {
  return reinterpret_cast<uintptr_t>(pointer);
}

}  // namespace

AllocationSites::~AllocationSites() {
  if (entries_ != nullptr) munmap(entries_, capacity_ * sizeof(Entry));
}

uint32_t AllocationSites::Find(PyObject* object, Output* output) {
  const hg_traceback* traceback = hg_allocation_traceback(object);
  if (traceback == nullptr || out_of_memory_) return 0;
  Entry* known = Look(AddressOf(traceback), kTraceback);
  if (known == nullptr) return 0;
  if (known->address != 0) return known->site;
  const uint32_t site = WriteTraceback(traceback, output);
  Entry* entry = Look(AddressOf(traceback), kTraceback);  // It may have moved.
  if (site == 0 || entry == nullptr) return 0;
  *entry = {AddressOf(traceback), kTraceback, site};
  ++num_entries_;
  return site;
}

// The outermost frame comes first: others name it as their caller.
uint32_t AllocationSites::WriteTraceback(const hg_traceback* traceback,
                                         Output* output) {
  uint32_t site = 0;
  for (size_t i = hg_traceback_length(traceback); i > 0; --i) {
    site = WriteFrame(hg_traceback_frame(traceback, i - 1), site, output);
    if (site == 0) return 0;
  }
  return site;
}

uint32_t AllocationSites::WriteFrame(const hg_traced_frame& frame,
                                     uint32_t caller, Output* output) {
  const uint64_t file = frame.file != nullptr ? AddressOf(frame.file)
                                              : AddressOf(frame.utf8_file);
  const uint64_t rest = uint64_t{frame.line} << 32 | caller;
  Entry* entry = Look(file, rest);
  if (entry == nullptr) return 0;
  if (entry->address != 0) return entry->site;
  if (output->RoomLeft() < kSiteRecord) return 0;
  output->Text("{\"site\": ");
  output->Number(num_sites_ + 1);
  output->Text(", \"file\": ");
  if (frame.file != nullptr) {
    WriteTextObject(frame.file, output);
  } else {
    WriteUtf8(frame.utf8_file, output);
  }
  WriteNumberUnlessZero("line", frame.line, output);
  WriteNumberUnlessZero("caller", caller, output);
  output->Text("}\n");
  output->Keep();
  *entry = {file, rest, ++num_sites_};  // It is whole.
  ++num_entries_;
  return num_sites_;
}

AllocationSites::Entry* AllocationSites::Look(uint64_t address, uint64_t rest) {
  if (2 * num_entries_ >= capacity_ && !MakeRoom()) return nullptr;
  size_t at = Hash(address, rest) & (capacity_ - 1);
  while (entries_[at].address != 0 &&
         (entries_[at].address != address || entries_[at].rest != rest)) {
    at = (at + 1) & (capacity_ - 1);
  }
  return &entries_[at];
}

// Moves all entries to twice the room.
bool AllocationSites::MakeRoom() {
  Entry* const old = entries_;
  const size_t old_capacity = capacity_;
  const size_t capacity = old == nullptr ? kFirstCapacity : 2 * old_capacity;
  void* memory = MapBytes(capacity * sizeof(Entry));
  if (memory == nullptr) {
    out_of_memory_ = true;
    return false;
  }
  entries_ = static_cast<Entry*>(memory);
  capacity_ = capacity;
  for (size_t i = 0; i < old_capacity; ++i) {
    if (old[i].address != 0) *Look(old[i].address, old[i].rest) = old[i];
  }
  if (old != nullptr) munmap(old, old_capacity * sizeof(Entry));
  return true;
}

}  // namespace heapgrind
