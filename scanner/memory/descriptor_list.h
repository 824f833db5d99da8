// Descriptors that a forked copy of the process keeps.

#ifndef HEAPGRIND_SCANNER_MEMORY_DESCRIPTOR_LIST_H_
#define HEAPGRIND_SCANNER_MEMORY_DESCRIPTOR_LIST_H_

namespace heapgrind {

// A few descriptors of files.
struct DescriptorList {
  static constexpr int kMost = 8;
  int count;
  int descriptors[kMost];

  // Leaves out what is not open (negative).
  void Add(int descriptor) {
    if (descriptor >= 0 && count < kMost) descriptors[count++] = descriptor;
  }
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_DESCRIPTOR_LIST_H_
