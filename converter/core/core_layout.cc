#include "converter/core/core_layout.h"

#include <sys/mman.h>

#include <algorithm>

namespace heapgrind {
namespace {

uint64_t EndOfBytes(const CoreSegment& segment) {
  return segment.start + (segment.size + kPage - 1) / kPage * kPage;
}

// The one that ends first behind `address`; null if there is none.
template <typename Range>
const Range* NextBehind(const std::vector<Range>& ranges, uint64_t address) {
  const auto next = std::upper_bound(
      ranges.begin(), ranges.end(), address,
      [](uint64_t key, const Range& range) { return key < range.end; });
  return next == ranges.end() ? nullptr : &*next;
}

// The one that `address` lies in; null if there is none.
template <typename Range>
const Range* At(const std::vector<Range>& ranges, uint64_t address) {
  const Range* const next = NextBehind(ranges, address);
  return next != nullptr && next->start <= address ? next : nullptr;
}

// Numbers files as inodes do: those of one path alike.
uint64_t NumberOf(const CoreFile& core, const CoreMapping& mapping) {
  const auto first = std::find_if(core.mappings.begin(), core.mappings.end(),
                                  [&mapping](const CoreMapping& other) {
                                    return other.path == mapping.path;
                                  });
  return static_cast<uint64_t>(first - core.mappings.begin()) + 1;
}

class Layout {
 public:
  Layout(const CoreFile& core, const ImageFiles& files)
      : core_(core), files_(files) {
    for (const CoreSegment& segment : core.segments) {
      if (segment.size > 0 && segment.protection != 0) {
        in_core_.push_back(segment);
        in_core_.back().end = std::min(segment.end, EndOfBytes(segment));
      }
    }
  }

  std::vector<CorePiece> Run() {
    for (const CoreSegment& segment : in_core_) {
      Add(segment.start, segment.end, segment.protection, -1, segment.offset);
    }
    for (const CoreMapping& mapping : core_.mappings) AddFile(mapping);
    std::sort(pieces_.begin(), pieces_.end(),
              [](const CorePiece& a, const CorePiece& b) {
                return a.mapping.start < b.mapping.start;
              });
    return std::move(pieces_);
  }

 private:
  // What the core does not have of it, if there is its file.
  void AddFile(const CoreMapping& mapping) {
    const auto file = files_.files.find(mapping.path);
    if (file == files_.files.end()) return;
    uint64_t start = mapping.start;
    while (start < mapping.end) {
      const CoreSegment* const next = NextBehind(in_core_, start);
      const uint64_t end =
          next == nullptr ? mapping.end : std::min(mapping.end, next->start);
      if (end > start) {
        Add(start, end, ProtectionAt(start), file->second.get(),
            mapping.offset + (start - mapping.start));
      }
      start = next == nullptr ? mapping.end : std::max(end, next->end);
    }
  }

  // gcore leaves out what it has no bytes of: that is code and constants.
  uint32_t ProtectionAt(uint64_t address) const {
    const CoreSegment* const segment = At(core_.segments, address);
    return segment == nullptr ? PROT_READ | PROT_EXEC : segment->protection;
  }

  void Add(uint64_t start, uint64_t end, uint32_t protection, int file,
           uint64_t offset) {
    if (protection == 0) return;
    CorePiece piece;
    piece.mapping.start = start;
    piece.mapping.end = end;
    piece.mapping.protection = protection | PROT_READ;
    piece.file = file;
    piece.offset = offset;
    const CoreMapping* const mapping = At(core_.mappings, start);
    if (mapping != nullptr) {
      piece.mapping.path = mapping->path;
      piece.mapping.offset = mapping->offset + (start - mapping->start);
      piece.mapping.inode = NumberOf(core_, *mapping);
    }
    pieces_.push_back(std::move(piece));
  }

  const CoreFile& core_;
  const ImageFiles& files_;
  std::vector<CoreSegment> in_core_;  // Up to where their bytes end.
  std::vector<CorePiece> pieces_;
};

}  // namespace

MemoryMap MapOfCore(const CoreFile& core) {
  MemoryMap map;
  const auto add = [&map](uint64_t start, uint64_t end) {
    Mapping mapping;
    mapping.start = start;
    mapping.end = end;
    map.push_back(mapping);
  };
  for (const CoreSegment& segment : core.segments) {
    add(segment.start, segment.end);
  }
  for (const CoreMapping& mapping : core.mappings) {
    add(mapping.start, mapping.end);
  }
  return map;
}

void AddMissing(const CoreFile& core, MemoryMap* map) {
  const auto is_before = [](const Mapping& a, const Mapping& b) {
    return a.start < b.start;
  };
  MemoryMap told = MapOfCore(core);
  std::sort(told.begin(), told.end(), is_before);
  MemoryMap missing;
  uint64_t done = 0;
  for (const Mapping& range : told) {
    for (done = std::max(done, range.start); done < range.end;) {
      const Mapping* const next = NextBehind(*map, done);
      const bool is_last = next == nullptr || next->start >= range.end;
      Mapping gap;
      gap.start = done;
      gap.end = is_last ? range.end : next->start;
      if (gap.start < gap.end) missing.push_back(gap);
      done = is_last ? range.end : next->end;
    }
  }
  map->insert(map->end(), missing.begin(), missing.end());
  std::sort(map->begin(), map->end(), is_before);
}

uint64_t BytesLeftOut(const CoreFile& core, const MemoryMap& map) {
  bool has_unnamed = false;
  uint64_t unnamed = 0, of_files = 0;
  for (const CoreSegment& segment : core.segments) {
    if ((segment.protection & PROT_WRITE) == 0) continue;
    const bool is_of_file = At(core.mappings, segment.start) != nullptr;
    has_unnamed = has_unnamed || (segment.size > 0 && !is_of_file);
    if (segment.size > 0 || At(map, segment.start) != nullptr) continue;
    (is_of_file ? of_files : unnamed) += segment.end - segment.start;
  }
  // The kernel leaves out what nobody has written to also where its filter asks
  // for such memory (Linux, fs/coredump.c, vma_dump_size).
  return of_files + (has_unnamed ? 0 : unnamed);
}

std::vector<CorePiece> LayOut(const CoreFile& core, const ImageFiles& files) {
  return Layout(core, files).Run();
}

}  // namespace heapgrind
