#include "memory/visited_set.h"

namespace heapgrind {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 20;  // Untouched pages are free.
constexpr size_t kFirstTableSize = 1024;

// Fibonacci hashing: Knuth, The Art of Computer Programming 3, 1998, 6.4.
size_t Hash(uintptr_t number) {
  return static_cast<size_t>((uint64_t{number} * 0x9E3779B97F4A7C15u) >> 20);
}

}  // namespace

VisitedSet::~VisitedSet() {
  for (size_t i = 0; i < chunks_.size(); ++i) munmap(chunks_[i], kChunkBytes);
  if (table_ != nullptr) munmap(table_, table_size_ * sizeof(Page*));
}

bool VisitedSet::Insert(uintptr_t address) {
  Page* page = FindOrAddPage(address >> kPageBits);
  if (page == nullptr) return false;
  const Bit bit = BitOf(address);
  uint64_t& word = page->visited[bit.word];
  if ((word & bit.mask) != 0) return false;
  word |= bit.mask;
  return true;
}

bool VisitedSet::Contains(uintptr_t address) {
  Page* page = FindPage(address >> kPageBits);
  const Bit bit = BitOf(address);
  return page != nullptr && (page->visited[bit.word] & bit.mask) != 0;
}

void VisitedSet::Postpone(uintptr_t address) {
  Page* page = FindOrAddPage(address >> kPageBits);
  if (page == nullptr || !SetPostponedBit(page, address)) return;
  if (page->next_with_postponed == nullptr) {  // The list ends in itself.
    page->next_with_postponed =
        first_with_postponed_ == nullptr ? page : first_with_postponed_;
    first_with_postponed_ = page;
    postponed_word_ = 0;
  } else if (page == first_with_postponed_) {
    postponed_word_ = 0;
  }
}

bool VisitedSet::SetPostponedBit(Page* page, uintptr_t address) {
  const bool is_odd = address % kGranule != 0;
  if (page->postponed == nullptr) page->postponed = AllocateBits();
  if (is_odd && page->is_odd == nullptr) page->is_odd = AllocateBits();
  if (out_of_memory_) return false;
  const Bit bit = BitOf(address);
  page->postponed[bit.word] |= bit.mask;
  if (is_odd) page->is_odd[bit.word] |= bit.mask;
  return true;
}

uintptr_t VisitedSet::TakePostponed() {
  while (first_with_postponed_ != nullptr) {
    Page* page = first_with_postponed_;
    for (; postponed_word_ < kWords; ++postponed_word_) {
      uint64_t& word = page->postponed[postponed_word_];
      if (word == 0) continue;
      const uint64_t mask = word & -word;
      const int bit = __builtin_ctzll(word);
      word ^= mask;
      const bool is_odd = page->is_odd != nullptr &&
                          (page->is_odd[postponed_word_] & mask) != 0;
      return (page->number << kPageBits) +
             (postponed_word_ * 64 + bit) * kGranule +
             (is_odd ? kGranule / 2 : 0);
    }
    Page* next = page->next_with_postponed;
    page->next_with_postponed = nullptr;
    first_with_postponed_ = next == page ? nullptr : next;
    postponed_word_ = 0;
  }
  return 0;
}

VisitedSet::Page* VisitedSet::FindOrAddPage(uintptr_t number) {
  CacheSlot& slot = cache_[number % kCacheSize];
  if (slot.page != nullptr && slot.number == number) return slot.page;
  Page* page = FindPageInTable(number);
  if (page == nullptr) page = AddPage(number);
  if (page == nullptr) return nullptr;
  slot = {number, page, true};
  return page;
}

VisitedSet::Page* VisitedSet::FindPage(uintptr_t number) {
  CacheSlot& slot = cache_[number % kCacheSize];
  if (!slot.is_in_use || slot.number != number) {
    slot = {number, FindPageInTable(number), true};
  }
  return slot.page;
}

VisitedSet::Page* VisitedSet::FindPageInTable(uintptr_t number) {
  if (table_ == nullptr) return nullptr;
  for (size_t i = Hash(number);; ++i) {
    Page* page = table_[i & (table_size_ - 1)];
    if (page == nullptr || page->number == number) return page;
  }
}

VisitedSet::Page* VisitedSet::AddPage(uintptr_t number) {
  if (2 * (num_pages_ + 1) > table_size_ && !GrowTable()) return nullptr;
  Page* page = static_cast<Page*>(Allocate(sizeof(Page)));
  if (page == nullptr) return nullptr;
  page->number = number;
  Place(page);
  ++num_pages_;
  return page;
}

void VisitedSet::Place(Page* page) {
  size_t i = Hash(page->number) & (table_size_ - 1);
  while (table_[i] != nullptr) i = (i + 1) & (table_size_ - 1);
  table_[i] = page;
}

bool VisitedSet::GrowTable() {
  const size_t old_size = table_size_;
  Page** old_table = table_;
  const size_t new_size = old_size == 0 ? kFirstTableSize : 2 * old_size;
  void* memory = MapBytes(new_size * sizeof(Page*));
  if (memory == nullptr) {
    out_of_memory_ = true;
    return false;
  }
  table_ = static_cast<Page**>(memory);
  table_size_ = new_size;
  for (size_t i = 0; i < old_size; ++i) {
    if (old_table[i] != nullptr) Place(old_table[i]);
  }
  if (old_table != nullptr) munmap(old_table, old_size * sizeof(Page*));
  return true;
}

uint64_t* VisitedSet::AllocateBits() {
  return static_cast<uint64_t*>(Allocate(kWords * sizeof(uint64_t)));
}

// Zeroed memory that lives as long as the set.
void* VisitedSet::Allocate(size_t bytes) {
  if (chunk_left_ < bytes) {
    void* chunk = MapBytes(kChunkBytes);
    if (chunk == nullptr || !chunks_.Append(chunk)) {
      if (chunk != nullptr) munmap(chunk, kChunkBytes);
      out_of_memory_ = true;
      return nullptr;
    }
    chunk_ = static_cast<char*>(chunk);
    chunk_left_ = kChunkBytes;
  }
  void* memory = chunk_;
  chunk_ += bytes;
  chunk_left_ -= bytes;
  return memory;
}

}  // namespace heapgrind
