#include "converter/outside/relocated_blob.h"

#include <elf.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr uint64_t kLargestSpan = 256 << 20;  // Bytes.

absl::Status NoBlob(absl::string_view got) {
  return Refusal(
      absl::StrCat("expected a scanner to put into the copy, got ", got));
}

// All of the blob's memory, from address 0 in its file on.
class BlobMemory {
 public:
  BlobMemory(absl::string_view file, uint64_t base,
             const SymbolAddress& address_of)
      : file_(file), base_(base), address_of_(address_of) {}

  absl::StatusOr<RelocatedBlob> Relocate() {
    for (const auto step :
         {&BlobMemory::ReadHeader, &BlobMemory::LoadSegments,
          &BlobMemory::ReadDynamic, &BlobMemory::RelocateAll}) {
      const absl::Status status = (this->*step)();
      if (!status.ok()) return status;
    }
    return Segments();
  }

 private:
  absl::Status ReadHeader() {
    if (file_.size() < sizeof header_) return NoBlob("no ELF file");
    std::memcpy(&header_, file_.data(), sizeof header_);
    if (std::memcmp(header_.e_ident, ELFMAG, SELFMAG) != 0 ||
        header_.e_ident[EI_CLASS] != ELFCLASS64 ||
        header_.e_machine != EM_X86_64 || header_.e_type != ET_DYN ||
        header_.e_phentsize != sizeof(Elf64_Phdr)) {
      return NoBlob("no shared ELF file for x86-64");
    }
    segments_.resize(header_.e_phnum);
    const uint64_t size = segments_.size() * sizeof(Elf64_Phdr);
    if (header_.e_phoff > file_.size() ||
        size > file_.size() - header_.e_phoff) {
      return NoBlob("a file that is cut off");
    }
    std::memcpy(segments_.data(), file_.data() + header_.e_phoff, size);
    return absl::OkStatus();
  }

  absl::Status LoadSegments() {
    for (const Elf64_Phdr& segment : segments_) {
      if (segment.p_type == PT_TLS || segment.p_type == PT_INTERP) {
        return NoBlob("one that needs a dynamic linker");
      }
      if (segment.p_type != PT_LOAD) continue;
      const uint64_t end = segment.p_vaddr + segment.p_memsz;
      if (segment.p_memsz > kLargestSpan || segment.p_vaddr > kLargestSpan ||
          end > kLargestSpan || segment.p_filesz > segment.p_memsz ||
          segment.p_offset > file_.size() ||
          segment.p_filesz > file_.size() - segment.p_offset) {
        return NoBlob("one whose segments lie outside of it");
      }
      const uint64_t rounded = (end + kPage - 1) / kPage * kPage;
      memory_.resize(std::max<uint64_t>(memory_.size(), rounded));
      std::memcpy(&memory_[segment.p_vaddr], file_.data() + segment.p_offset,
                  segment.p_filesz);
    }
    if (memory_.empty()) return NoBlob("one without segments");
    return absl::OkStatus();
  }

  absl::Status ReadDynamic() {
    for (const Elf64_Phdr& segment : segments_) {
      if (segment.p_type != PT_DYNAMIC) continue;
      for (uint64_t at = 0; at + sizeof(Elf64_Dyn) <= segment.p_memsz;
           at += sizeof(Elf64_Dyn)) {
        Elf64_Dyn entry;
        if (!Read(segment.p_vaddr + at, &entry)) break;
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_NEEDED) return NoBlob("one that needs libraries");
        const uint64_t value = entry.d_un.d_val;
        if (entry.d_tag == DT_SYMTAB) symbols_ = value;
        if (entry.d_tag == DT_STRTAB) strings_ = value;
        if (entry.d_tag == DT_RELA) relocations_[0].start = value;
        if (entry.d_tag == DT_RELASZ) relocations_[0].size = value;
        if (entry.d_tag == DT_JMPREL) relocations_[1].start = value;
        if (entry.d_tag == DT_PLTRELSZ) relocations_[1].size = value;
        if (entry.d_tag == DT_RELR)
          return NoBlob("one with packed relocations");
      }
    }
    return absl::OkStatus();
  }

  absl::Status RelocateAll() {
    for (const Table& table : relocations_) {
      for (uint64_t at = 0; at + sizeof(Elf64_Rela) <= table.size;
           at += sizeof(Elf64_Rela)) {
        Elf64_Rela relocation;
        if (!Read(table.start + at, &relocation)) {
          return NoBlob("one whose relocations lie outside of it");
        }
        const absl::Status status = RelocateOne(relocation);
        if (!status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status RelocateOne(const Elf64_Rela& relocation) {
    const uint64_t type = ELF64_R_TYPE(relocation.r_info);
    uint64_t value = base_ + relocation.r_addend;
    if (type == R_X86_64_64 || type == R_X86_64_GLOB_DAT ||
        type == R_X86_64_JUMP_SLOT) {
      const absl::StatusOr<uint64_t> symbol =
          AddressOf(ELF64_R_SYM(relocation.r_info));
      if (!symbol.ok()) return symbol.status();
      value = *symbol + (type == R_X86_64_64 ? relocation.r_addend : 0);
    } else if (type != R_X86_64_RELATIVE) {
      return NoBlob(absl::StrCat("one with a relocation of type ", type));
    }
    if (relocation.r_offset > memory_.size() - sizeof value) {
      return NoBlob("one whose relocations lie outside of it");
    }
    std::memcpy(&memory_[relocation.r_offset], &value, sizeof value);
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> AddressOf(uint64_t number) {
    Elf64_Sym symbol;
    if (!Read(symbols_ + number * sizeof symbol, &symbol)) {
      return NoBlob("one whose symbols lie outside of it");
    }
    if (symbol.st_shndx != SHN_UNDEF) return base_ + symbol.st_value;
    const uint64_t place = strings_ + symbol.st_name;
    if (place >= memory_.size()) {
      return NoBlob("one whose symbols lie outside of it");
    }
    const std::string name(&memory_[place],
                           strnlen(&memory_[place], memory_.size() - place));
    const uint64_t address = name.empty() ? 0 : address_of_(name);
    if (address == 0 && ELF64_ST_BIND(symbol.st_info) != STB_WEAK) {
      return Refusal(
          absl::StrCat("expected \"", name, "\" in its CPython, found none"));
    }
    return address;
  }

  RelocatedBlob Segments() const {
    RelocatedBlob blob;
    for (const Elf64_Phdr& segment : segments_) {
      if (segment.p_type != PT_LOAD || segment.p_memsz == 0) continue;
      const uint64_t start = segment.p_vaddr / kPage * kPage;
      const uint64_t end =
          (segment.p_vaddr + segment.p_memsz + kPage - 1) / kPage * kPage;
      uint32_t protection = 0;
      if ((segment.p_flags & PF_R) != 0) protection |= PROT_READ;
      if ((segment.p_flags & PF_W) != 0) protection |= PROT_WRITE;
      if ((segment.p_flags & PF_X) != 0) protection |= PROT_EXEC;
      blob.segments.push_back(
          {base_ + start, protection, memory_.substr(start, end - start)});
    }
    blob.end = base_ + memory_.size();
    blob.entry = base_ + header_.e_entry;
    return blob;
  }

  template <typename T>
  bool Read(uint64_t address, T* value) const {
    if (memory_.size() < sizeof *value ||
        address > memory_.size() - sizeof *value) {
      return false;
    }
    std::memcpy(value, &memory_[address], sizeof *value);
    return true;
  }

  struct Table {
    uint64_t start = 0;
    uint64_t size = 0;  // Bytes.
  };

  const absl::string_view file_;
  const uint64_t base_;
  const SymbolAddress& address_of_;
  Elf64_Ehdr header_ = {};
  std::vector<Elf64_Phdr> segments_;
  std::string memory_;
  uint64_t symbols_ = 0;
  uint64_t strings_ = 0;
  Table relocations_[2];  // Of data and of calls.
};

}  // namespace

absl::StatusOr<RelocatedBlob> RelocateBlob(absl::string_view blob,
                                           uint64_t base,
                                           const SymbolAddress& address_of) {
  return BlobMemory(blob, base, address_of).Relocate();
}

}  // namespace heapgrind
