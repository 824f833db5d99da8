#include "converter/outside/loaded_image.h"

#include <elf.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>

namespace heapgrind {
namespace {

constexpr size_t kMostHeaders = 256;       // As many as any file has.
constexpr size_t kMostDynamic = 1024;      // Entries.
constexpr uint32_t kMostInChain = 100000;  // Symbols; of what may be damaged.
constexpr size_t kLongestName = 4096;      // Bytes.
constexpr uint16_t kHiddenVersion = 0x8000;

uint32_t GnuHash(absl::string_view name) {
  uint32_t hash = 5381;
  for (const char byte : name) hash = hash * 33 + static_cast<uint8_t>(byte);
  return hash;
}

uint32_t SystemVHash(absl::string_view name) {
  uint32_t hash = 0;
  for (const char byte : name) {
    hash = (hash << 4) + static_cast<uint8_t>(byte);
    const uint32_t high = hash & 0xf0000000;
    hash = (hash ^ high >> 24) & ~high;
  }
  return hash;
}

// The address of the symbol with that number, if it has that name and is
// defined; else 0.
uint64_t AddressOfSymbol(const LoadedImage& image, const RemoteMemory& memory,
                         uint64_t number, absl::string_view name) {
  Elf64_Sym symbol;
  if (!memory.Read(image.symbols + number * sizeof symbol, &symbol)) return 0;
  const int type = ELF64_ST_TYPE(symbol.st_info);
  if (symbol.st_shndx == SHN_UNDEF || symbol.st_value == 0) return 0;
  if (type != STT_FUNC && type != STT_OBJECT && type != STT_NOTYPE) return 0;
  uint16_t version = 0;  // Old ones, for old programs, are hidden.
  if (image.versions != 0) {
    memory.Read(image.versions + number * sizeof version, &version);
  }
  if ((version & kHiddenVersion) != 0) return 0;
  const std::string found =
      memory.ReadText(image.strings + symbol.st_name, name.size() + 1);
  return found == name ? image.bias + symbol.st_value : 0;
}

uint64_t LookUpGnu(const LoadedImage& image, const RemoteMemory& memory,
                   absl::string_view name) {
  struct {
    uint32_t num_buckets, first_symbol, num_filters, shift;
  } header;
  if (!memory.Read(image.gnu_hash, &header) || header.num_buckets == 0) {
    return 0;
  }
  const uint32_t hash = GnuHash(name);
  const uint64_t buckets = image.gnu_hash + sizeof header +
                           uint64_t{header.num_filters} * sizeof(uint64_t);
  const uint64_t chains = buckets + uint64_t{header.num_buckets} * 4;
  uint32_t number = 0;
  if (!memory.Read(buckets + uint64_t{hash % header.num_buckets} * 4,
                   &number) ||
      number < header.first_symbol) {
    return 0;
  }
  for (uint32_t count = 0; count < kMostInChain; ++count, ++number) {
    uint32_t entry;
    if (!memory.Read(chains + uint64_t{number - header.first_symbol} * 4,
                     &entry)) {
      return 0;
    }
    const uint64_t address = (entry | 1) == (hash | 1)
                                 ? AddressOfSymbol(image, memory, number, name)
                                 : 0;
    if (address != 0) return address;
    if ((entry & 1) != 0) return 0;
  }
  return 0;
}

uint64_t LookUpSystemV(const LoadedImage& image, const RemoteMemory& memory,
                       absl::string_view name) {
  struct {
    uint32_t num_buckets, num_chains;
  } header;
  if (!memory.Read(image.hash, &header) || header.num_buckets == 0) return 0;
  const uint64_t buckets = image.hash + sizeof header;
  const uint64_t chains = buckets + uint64_t{header.num_buckets} * 4;
  uint32_t number = 0;
  memory.Read(buckets + SystemVHash(name) % header.num_buckets * uint64_t{4},
              &number);
  for (uint32_t count = 0; number != 0 && count < kMostInChain; ++count) {
    const uint64_t address = AddressOfSymbol(image, memory, number, name);
    if (address != 0) return address;
    if (!memory.Read(chains + uint64_t{number} * 4, &number)) return 0;
  }
  return 0;
}

// Tables as the dynamic linker left them: that of glibc makes addresses of
// what musl's leaves as it is in the file.
uint64_t TableAddress(const LoadedImage& image, uint64_t value) {
  return value < image.bias ? image.bias + value : value;
}

void ReadDynamic(const RemoteMemory& memory, uint64_t address,
                 LoadedImage* image) {
  uint64_t own_name = 0;
  bool has_own_name = false;
  for (size_t i = 0; i < kMostDynamic; ++i) {
    Elf64_Dyn entry;
    if (!memory.Read(address + i * sizeof entry, &entry)) return;
    if (entry.d_tag == DT_NULL) break;
    const uint64_t value = entry.d_un.d_val;
    if (entry.d_tag == DT_SYMTAB) image->symbols = TableAddress(*image, value);
    if (entry.d_tag == DT_STRTAB) image->strings = TableAddress(*image, value);
    if (entry.d_tag == DT_HASH) image->hash = TableAddress(*image, value);
    if (entry.d_tag == DT_VERSYM) {
      image->versions = TableAddress(*image, value);
    }
    if (entry.d_tag == DT_GNU_HASH) {
      image->gnu_hash = TableAddress(*image, value);
    }
    if (entry.d_tag == DT_SONAME) {
      own_name = value;
      has_own_name = true;
    }
  }
  if (has_own_name && image->strings != 0) {
    image->own_name = memory.ReadText(image->strings + own_name, kLongestName);
  }
}

std::vector<Elf64_Phdr> ReadSegments(const RemoteMemory& memory,
                                     uint64_t start) {
  Elf64_Ehdr header;
  if (!memory.Read(start, &header) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_phentsize != sizeof(Elf64_Phdr) ||
      header.e_phnum > kMostHeaders) {
    return {};
  }
  std::vector<Elf64_Phdr> segments(header.e_phnum);
  if (!memory.Read(start + header.e_phoff, segments.data(),
                   segments.size() * sizeof(Elf64_Phdr))) {
    return {};
  }
  return segments;
}

// Whether the segments were loaded, and the file not only mapped to be read.
bool IsLoaded(const MemoryMap& map, const Mapping& first,
              const LoadedImage& image) {
  return std::any_of(map.begin(), map.end(), [&](const Mapping& mapping) {
    return mapping.start >= image.start && mapping.start < image.end &&
           (mapping.protection & PROT_EXEC) != 0 &&
           mapping.inode == first.inode && mapping.path == first.path;
  });
}

bool ReadImage(const MemoryMap& map, const Mapping& first,
               const RemoteMemory& memory, LoadedImage* image) {
  const std::vector<Elf64_Phdr> segments = ReadSegments(memory, first.start);
  const auto is_load = [](const Elf64_Phdr& segment) {
    return segment.p_type == PT_LOAD;
  };
  const auto load = std::find_if(segments.begin(), segments.end(), is_load);
  if (load == segments.end()) return false;
  image->start = first.start;
  image->path = first.path;
  image->bias = first.start - (load->p_vaddr - load->p_offset);
  uint64_t dynamic = 0;
  for (const Elf64_Phdr& segment : segments) {
    const uint64_t start = image->bias + segment.p_vaddr;
    if (segment.p_type == PT_DYNAMIC) dynamic = start;
    if (!is_load(segment)) continue;
    image->end = std::max(image->end, start + segment.p_memsz);
    if ((segment.p_flags & PF_W) != 0) {
      image->variables.push_back({start, start + segment.p_memsz});
    }
  }
  if (!IsLoaded(map, first, *image)) return false;
  if (dynamic != 0) ReadDynamic(memory, dynamic, image);
  return true;
}

}  // namespace

std::vector<LoadedImage> FindImages(const MemoryMap& map,
                                    const RemoteMemory& memory) {
  std::vector<LoadedImage> images;
  for (const Mapping& mapping : map) {
    LoadedImage image;
    if (mapping.inode != 0 && mapping.offset == 0 &&
        ReadImage(map, mapping, memory, &image)) {
      images.push_back(std::move(image));
    }
  }
  return images;
}

uint64_t LookUp(const LoadedImage& image, const RemoteMemory& memory,
                absl::string_view name) {
  if (image.symbols == 0 || image.strings == 0) return 0;
  if (image.gnu_hash != 0) return LookUpGnu(image, memory, name);
  return image.hash != 0 ? LookUpSystemV(image, memory, name) : 0;
}

}  // namespace heapgrind
