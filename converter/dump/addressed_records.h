// What several threads note of the objects that they read, in one list.
//
// A thread sees some sections of a dump, in their order (record_sink.h).  The
// list that comes of all notes does not depend on which thread saw what.

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
  void StartSection(uint64_t number) { sections_.push_back({number, {}}); }

  void Add(Note note) {
    if (sections_.empty()) StartSection(0);
    sections_.back().notes.push_back(std::move(note));
  }

  // The notes of all threads, by address.  Of several of one address the first
  // in the dump counts, as it does in the graph.  Nothing stays in `threads`.
  static std::vector<Note> Join(std::vector<AddressedRecords*> threads) {
    std::vector<Section> sections;
    size_t num_notes = 0;
    for (AddressedRecords* thread : threads) {
      for (Section& section : thread->sections_) {
        num_notes += section.notes.size();
        sections.push_back(std::move(section));
      }
      thread->sections_.clear();
    }
    std::sort(
        sections.begin(), sections.end(),
        [](const Section& a, const Section& b) { return a.number < b.number; });
    std::vector<Note> notes;
    notes.reserve(num_notes);
    for (Section& section : sections) {
      std::move(section.notes.begin(), section.notes.end(),
                std::back_inserter(notes));
      std::vector<Note>().swap(section.notes);
    }
    SortByAddress(&notes);
    return notes;
  }

 private:
  struct Section {
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

  std::vector<Section> sections_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_ADDRESSED_RECORDS_H_
