#include "converter/core/build_id.h"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace heapgrind {
namespace {

constexpr uint64_t kMostNotes = 1 << 16;  // Bytes.
constexpr absl::string_view kOwner("GNU\0", 4);

uint64_t RoundUp(uint64_t size, uint64_t unit) {
  return (size + unit - 1) / unit * unit;
}

// "" if the notes have none.
std::string FindInNotes(absl::string_view notes, uint64_t unit) {
  while (notes.size() >= sizeof(Elf64_Nhdr)) {
    Elf64_Nhdr header;
    std::memcpy(&header, notes.data(), sizeof header);
    notes.remove_prefix(sizeof header);
    const uint64_t name_size = RoundUp(header.n_namesz, unit);
    if (name_size > notes.size() ||
        header.n_descsz > notes.size() - name_size) {
      return "";
    }
    const absl::string_view text = notes.substr(name_size, header.n_descsz);
    if (header.n_type == NT_GNU_BUILD_ID &&
        notes.substr(0, header.n_namesz) == kOwner) {
      return absl::BytesToHexString(text);
    }
    notes.remove_prefix(std::min<uint64_t>(
        name_size + RoundUp(header.n_descsz, unit), notes.size()));
  }
  return "";
}

}  // namespace

ElfIdentity Identify(const ReadFileBytes& read) {
  ElfIdentity found;
  Elf64_Ehdr header;
  if (!read(0, &header, sizeof header) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != EM_X86_64 ||
      header.e_phentsize != sizeof(Elf64_Phdr)) {
    return found;
  }
  found.is_elf = true;
  std::vector<Elf64_Phdr> segments(header.e_phnum);
  if (!read(header.e_phoff, segments.data(),
            segments.size() * sizeof(Elf64_Phdr))) {
    return found;
  }
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type != PT_NOTE || segment.p_filesz > kMostNotes) continue;
    std::string notes(segment.p_filesz, '\0');
    if (!read(segment.p_offset, &notes[0], notes.size())) continue;
    found.build_id = FindInNotes(notes, segment.p_align == 8 ? 8 : 4);
    if (!found.build_id.empty()) return found;
  }
  return found;
}

}  // namespace heapgrind
