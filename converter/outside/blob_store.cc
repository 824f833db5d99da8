#include "converter/outside/blob_store.h"

#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "converter/outside/descriptor.h"

namespace heapgrind {
namespace {

constexpr char kSection[] = ".heapgrind.blobs";
constexpr char kMagic[] = "HGBLOBS1";
constexpr absl::string_view kPrefix = "heapgrind-";
constexpr absl::string_view kSuffix = ".blob";
constexpr uint64_t kMostBlobs = 1000;
constexpr uint64_t kLargestBlob = 64 << 20;  // Bytes.

struct IndexEntry {
  char tag[16];
  uint64_t offset;
  uint64_t size;
  uint64_t full_size;
};

absl::Status CannotRead(const std::string& path) {
  return absl::UnavailableError(absl::StrCat(
      path, ": expected to read it, got \"", std::strerror(errno), "\""));
}

absl::Status Damaged(const std::string& path) {
  return absl::UnavailableError(
      absl::StrCat(path,
                   ": expected blobs in the program's file, got a "
                   "damaged section ",
                   kSection));
}

bool ReadAt(const Descriptor& file, uint64_t offset, void* to, size_t size) {
  return pread(file.get(), to, size, static_cast<off_t>(offset)) ==
         static_cast<ssize_t>(size);
}

// Where in an ELF file the section is; {0, 0} if it has none.
std::pair<uint64_t, uint64_t> FindSection(const Descriptor& file) {
  Elf64_Ehdr header;
  if (!ReadAt(file, 0, &header, sizeof header) ||
      std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_shentsize != sizeof(Elf64_Shdr)) {
    return {0, 0};
  }
  std::vector<Elf64_Shdr> sections(header.e_shnum);
  if (header.e_shstrndx >= sections.size() ||
      !ReadAt(file, header.e_shoff, sections.data(),
              sections.size() * sizeof(Elf64_Shdr))) {
    return {0, 0};
  }
  for (const Elf64_Shdr& section : sections) {
    char name[sizeof kSection] = {};
    ReadAt(file, sections[header.e_shstrndx].sh_offset + section.sh_name, name,
           sizeof name);
    if (std::memcmp(name, kSection, sizeof kSection) == 0) {
      return {section.sh_offset, section.sh_size};
    }
  }
  return {0, 0};
}

absl::StatusOr<std::string> Decompressed(const std::string& path,
                                         const std::string& text,
                                         uint64_t size) {
  std::string blob(size, '\0');
  const size_t count =
      ZSTD_decompress(&blob[0], blob.size(), text.data(), text.size());
  if (ZSTD_isError(count) || count != size) return Damaged(path);
  return blob;
}

// Numbers compare by their length first.
std::pair<size_t, std::string> TagOrder(const std::string& tag) {
  const size_t end = tag.find_last_of("0123456789");
  return {end == tag.npos ? 0 : end, tag};
}

}  // namespace

absl::StatusOr<BlobStore> BlobStore::OfProgram(const std::string& program) {
  const Descriptor file(open(program.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return CannotRead(program);
  BlobStore store;
  const auto [offset, size] = FindSection(file);
  if (size == 0) return store;
  const absl::Status status = store.ReadIndex(program, offset, size);
  if (!status.ok()) return status;
  return store;
}

absl::Status BlobStore::ReadIndex(const std::string& program, uint64_t offset,
                                  uint64_t size) {
  const Descriptor file(open(program.c_str(), O_RDONLY | O_CLOEXEC));
  struct {
    char magic[8];
    uint64_t count;
  } header;
  if (!ReadAt(file, offset, &header, sizeof header) ||
      std::memcmp(header.magic, kMagic, sizeof header.magic) != 0 ||
      header.count > kMostBlobs) {
    return Damaged(program);
  }
  std::vector<IndexEntry> index(header.count);
  const size_t index_size = index.size() * sizeof(IndexEntry);
  if (!ReadAt(file, offset + sizeof header, index.data(), index_size)) {
    return Damaged(program);
  }
  for (const IndexEntry& entry : index) {
    const bool is_inside = entry.offset <= size && entry.size > 0 &&
                           entry.size <= size - entry.offset;
    if (!is_inside || entry.full_size > kLargestBlob) return Damaged(program);
    const std::string tag(entry.tag, strnlen(entry.tag, sizeof entry.tag));
    places_[tag] = {program, offset + entry.offset, entry.size,
                    entry.full_size};
  }
  return absl::OkStatus();
}

absl::StatusOr<BlobStore> BlobStore::OfFolder(const std::string& folder) {
  DIR* const entries = opendir(folder.c_str());
  if (entries == nullptr) return CannotRead(folder);
  BlobStore store;
  while (const dirent* entry = readdir(entries)) {
    absl::string_view tag = entry->d_name;
    if (absl::ConsumePrefix(&tag, kPrefix) &&
        absl::ConsumeSuffix(&tag, kSuffix)) {
      store.places_[std::string(tag)].file =
          absl::StrCat(folder, "/", entry->d_name);
    }
  }
  closedir(entries);
  return store;
}

std::vector<std::string> BlobStore::Tags() const {
  std::vector<std::string> tags;
  for (const auto& [tag, place] : places_) tags.push_back(tag);
  std::sort(tags.begin(), tags.end(),
            [](const std::string& one, const std::string& other) {
              return TagOrder(one) < TagOrder(other);
            });
  return tags;
}

absl::StatusOr<std::string> BlobStore::Load(const std::string& tag) const {
  const Place& place = places_.at(tag);
  const Descriptor file(open(place.file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status;
  if (!file.is_open() || fstat(file.get(), &status) != 0) {
    return CannotRead(place.file);
  }
  const bool is_whole_file = place.size == 0;
  const uint64_t size =
      is_whole_file ? static_cast<uint64_t>(status.st_size) : place.size;
  if (size > kLargestBlob) return Damaged(place.file);
  std::string text(size, '\0');
  if (!ReadAt(file, place.offset, &text[0], size))
    return CannotRead(place.file);
  if (is_whole_file) return text;
  return Decompressed(place.file, text, place.full_size);
}

}  // namespace heapgrind
