#include "converter/core/core_file.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/procfs.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr uint64_t kEndOfMemory = uint64_t{1} << 47;  // Of a process's.
constexpr uint64_t kMostSegments = 1 << 20;
constexpr uint64_t kMostNotes = 256 << 20;  // Bytes.

// A part of notes that is read from its beginning.
class Rest {
 public:
  explicit Rest(absl::string_view bytes) : bytes_(bytes) {}

  bool is_empty() const { return bytes_.empty(); }

  template <typename T>
  bool Take(T* value) {
    absl::string_view taken;
    if (!TakeBytes(sizeof *value, &taken)) return false;
    std::memcpy(value, taken.data(), sizeof *value);
    return true;
  }

  bool TakeBytes(uint64_t size, absl::string_view* taken) {
    if (size > bytes_.size()) return false;
    *taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return true;
  }

  // The text up to a zero byte.
  bool TakeText(std::string* text) {
    const size_t end = bytes_.find('\0');
    if (end == bytes_.npos) return false;
    *text = std::string(bytes_.substr(0, end));
    bytes_.remove_prefix(end + 1);
    return true;
  }

  // Each note, and its name, fills words of four bytes.
  void TakePadding(uint64_t size) {
    bytes_.remove_prefix(std::min<uint64_t>(-size & 3, bytes_.size()));
  }

 private:
  absl::string_view bytes_;
};

absl::Status NoCore(absl::string_view what) {
  return Refusal(absl::StrCat("expected a core file of a process, got ", what));
}

absl::Status CheckHeader(const Elf64_Ehdr& header) {
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    return NoCore("another file");
  }
  if (header.e_ident[EI_CLASS] != ELFCLASS64) {
    return NoCore("one of 32 bits: heapgrind reads cores of x86-64");
  }
  if (header.e_machine != EM_X86_64) {
    return NoCore("one of another processor: heapgrind reads cores of x86-64");
  }
  if (header.e_type != ET_CORE) return NoCore("a program or library");
  if (header.e_phentsize != sizeof(Elf64_Phdr)) {
    return NoCore("one whose program headers have another size");
  }
  return absl::OkStatus();
}

// More than 65534 segments are counted elsewhere: elf(5), PN_XNUM.
uint64_t NumSegments(const Elf64_Ehdr& header, const CoreBytes& bytes) {
  Elf64_Shdr first = {};
  if (header.e_phnum != PN_XNUM) return header.e_phnum;
  bytes.Read(header.e_shoff, &first);
  return first.sh_info;
}

uint32_t Protection(uint32_t flags) {
  return ((flags & PF_R) != 0 ? PROT_READ : 0) |
         ((flags & PF_W) != 0 ? PROT_WRITE : 0) |
         ((flags & PF_X) != 0 ? PROT_EXEC : 0);
}

class Parser {
 public:
  explicit Parser(const CoreBytes& bytes) : bytes_(bytes) {}

  absl::StatusOr<CoreFile> Run() {
    Elf64_Ehdr header;
    if (!bytes_.Read(0, &header)) return NoCore("a shorter file");
    absl::Status status = CheckHeader(header);
    if (!status.ok()) return status;
    const uint64_t num_segments = NumSegments(header, bytes_);
    if (num_segments > kMostSegments) return NoCore("too many segments");
    std::vector<Elf64_Phdr> segments(num_segments);
    if (!bytes_.Read(header.e_phoff, segments.data(),
                     num_segments * sizeof(Elf64_Phdr))) {
      return NoCore("one that is cut off in its headers");
    }
    for (const Elf64_Phdr& segment : segments) {
      if (segment.p_type == PT_LOAD) AddSegment(segment);
      if (segment.p_type == PT_NOTE) status = AddNotes(segment);
      if (!status.ok()) return status;
    }
    MakeDisjoint(&core_.segments);
    MakeDisjoint(&core_.mappings);
    if (core_.threads.empty()) return NoCore("one without a thread");
    return std::move(core_);
  }

 private:
  void AddSegment(const Elf64_Phdr& header) {
    CoreSegment segment;
    segment.start = header.p_vaddr;
    const uint64_t size = std::max(header.p_memsz, header.p_filesz);
    if (size > kEndOfMemory || segment.start > kEndOfMemory - size) return;
    segment.end = (segment.start + size + kPage - 1) / kPage * kPage;
    segment.protection = Protection(header.p_flags);
    segment.offset = header.p_offset;
    const uint64_t end = std::max(bytes_.size(), segment.offset);
    segment.size = std::min(header.p_filesz, end - segment.offset);
    if (segment.size < header.p_filesz) core_.is_cut_off = true;
    const bool is_page = segment.start % kPage == 0;
    if (is_page && size > 0) core_.segments.push_back(segment);
  }

  absl::Status AddNotes(const Elf64_Phdr& header) {
    if (header.p_filesz > kMostNotes) return NoCore("notes that are too long");
    std::string notes(header.p_filesz, '\0');
    if (!bytes_.Read(header.p_offset, &notes[0], notes.size())) {
      return NoCore("one that is cut off in its notes");
    }
    Rest rest(notes);
    while (!rest.is_empty() && AddNote(&rest)) continue;
    return absl::OkStatus();
  }

  bool AddNote(Rest* rest) {
    Elf64_Nhdr header;
    absl::string_view name, text;
    if (!rest->Take(&header) || !rest->TakeBytes(header.n_namesz, &name)) {
      return false;
    }
    rest->TakePadding(header.n_namesz);
    if (!rest->TakeBytes(header.n_descsz, &text)) return false;
    rest->TakePadding(header.n_descsz);
    if (name != absl::string_view("CORE\0", 5)) return true;
    if (header.n_type == NT_PRSTATUS) AddThread(Rest(text));
    if (header.n_type == NT_PRPSINFO) SetProcess(Rest(text));
    if (header.n_type == NT_AUXV) SetEntry(Rest(text));
    if (header.n_type == NT_FILE) AddMappings(Rest(text));
    return true;
  }

  void AddThread(Rest text) {
    prstatus_t status;
    if (!text.Take(&status)) return;
    user_regs_struct registers;
    static_assert(sizeof registers == sizeof status.pr_reg);
    std::memcpy(&registers, &status.pr_reg, sizeof registers);
    core_.threads.push_back({status.pr_pid, registers.fs_base});
  }

  void SetProcess(Rest text) {
    prpsinfo_t info;
    if (text.Take(&info)) core_.pid = info.pr_pid;
  }

  void SetEntry(Rest text) {
    Elf64_auxv_t item;
    while (text.Take(&item)) {
      if (item.a_type == AT_ENTRY) core_.entry = item.a_un.a_val;
    }
  }

  // A table of numbers, then as many names.
  void AddMappings(Rest text) {
    uint64_t count = 0;
    uint64_t unit = 0;  // Of offsets, bytes.
    absl::string_view table;
    struct {
      uint64_t start, end, offset;
    } range;
    if (!text.Take(&count) || !text.Take(&unit) ||
        count > kMostNotes / sizeof range ||
        !text.TakeBytes(count * sizeof range, &table)) {
      return;
    }
    Rest ranges(table);
    std::string path;
    while (ranges.Take(&range) && text.TakeText(&path)) {
      const bool is_range = range.start < range.end &&
                            range.end <= kEndOfMemory &&
                            range.start % kPage == 0 && range.end % kPage == 0;
      if (!is_range || path.empty() || path[0] != '/') continue;
      core_.mappings.push_back(
          {range.start, range.end, range.offset * unit, path});
    }
  }

  // In order; of two that overlap the first stays.
  template <typename Range>
  static void MakeDisjoint(std::vector<Range>* ranges) {
    std::stable_sort(
        ranges->begin(), ranges->end(),
        [](const Range& a, const Range& b) { return a.start < b.start; });
    uint64_t end = 0;
    const auto overlaps = [&end](const Range& range) {
      if (range.start < end) return true;
      end = range.end;
      return false;
    };
    ranges->erase(std::remove_if(ranges->begin(), ranges->end(), overlaps),
                  ranges->end());
  }

  const CoreBytes& bytes_;
  CoreFile core_;
};

}  // namespace

absl::StatusOr<CoreFile> ParseCore(const CoreBytes& bytes) {
  return Parser(bytes).Run();
}

bool ReadMemory(const CoreFile& core, const CoreBytes& bytes, uint64_t address,
                void* to, size_t size) {
  const auto next =
      std::upper_bound(core.segments.begin(), core.segments.end(), address,
                       [](uint64_t key, const CoreSegment& segment) {
                         return key < segment.end;
                       });
  if (next == core.segments.end() || address < next->start) return false;
  const uint64_t from = address - next->start;
  return from <= next->size && size <= next->size - from &&
         bytes.Read(next->offset + from, to, size);
}

}  // namespace heapgrind
