// What several threads note of the objects that they read, in one list.
//
// A thread sees some parts of a dump, in their order (record_sink.h).  The list
// that comes of all notes does not depend on which thread saw what.

#ifndef HEAPGRIND_CONVERTER_DUMP_ADDRESSED_RECORDS_H_
#define HEAPGRIND_CONVERTER_DUMP_ADDRESSED_RECORDS_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace heapgrind {

// Notes of one thread.  `Note` has a member `address`.
template <typename Note>
class AddressedRecords {
 public:
  void StartPart(uint64_t number) { parts_.push_back({number, {}}); }

  void Add(Note note) {
    if (parts_.empty()) StartPart(0);
    parts_.back().notes.push_back(std::move(note));
  }

  // The notes of all threads, by address.  Of several of one address the first
  // in the dump counts, as it does in the graph.  Nothing stays in `threads`.
  static std::vector<Note> Join(std::vector<AddressedRecords*> threads) {
    std::vector<Part> parts;
    size_t num_notes = 0;
    for (AddressedRecords* thread : threads) {
      for (Part& part : thread->parts_) {
        num_notes += part.notes.size();
        parts.push_back(std::move(part));
      }
      thread->parts_.clear();
    }
    std::sort(parts.begin(), parts.end(),
              [](const Part& a, const Part& b) { return a.number < b.number; });
    std::vector<Note> notes;
    notes.reserve(num_notes);
    for (Part& part : parts) {
      std::move(part.notes.begin(), part.notes.end(),
                std::back_inserter(notes));
      std::vector<Note>().swap(part.notes);
    }
    SortByAddress(&notes);
    return notes;
  }

 private:
  struct Part {
    uint64_t number;
    std::vector<Note> notes;
  };

  static void SortByAddress(std::vector<Note>* notes) {
    std::stable_sort(
        notes->begin(), notes->end(),
        [](const Note& a, const Note& b) { return a.address < b.address; });
    const auto end = std::unique(
        notes->begin(), notes->end(),
        [](const Note& a, const Note& b) { return a.address == b.address; });
    notes->erase(end, notes->end());
  }

  std::vector<Part> parts_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_ADDRESSED_RECORDS_H_
