#include "converter/core/image_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "converter/core/build_id.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

// What a mapped file is, as far as the core has its first page.
struct Image {
  std::string path;
  ElfIdentity identity;
  bool is_program = false;
};

// Other files are mapped, too: fonts, databases, arrays.
bool IsNamedLikeImage(absl::string_view path) {
  const absl::string_view name = FileName(path);
  return absl::EndsWith(name, ".so") || absl::StrContains(name, ".so.");
}

class Opener {
 public:
  Opener(const CoreFile& core, const CoreBytes& bytes,
         const std::string& sysroot)
      : core_(core), bytes_(bytes), sysroot_(sysroot) {}

  absl::StatusOr<ImageFiles> Run() {
    for (const auto& [path, image] : FindImages()) {
      std::string fault;
      Descriptor file = Open(image, &fault);
      if (file.is_open()) {
        found_.files.emplace(path, std::move(file));
        continue;
      }
      if (IsNeeded(image)) return CannotDoWithout(image, fault);
      found_.missing.push_back(absl::StrCat(Describe(image), ": ", fault));
    }
    return std::move(found_);
  }

 private:
  std::map<std::string, Image> FindImages() const {
    std::map<std::string, Image> images;
    for (const CoreMapping& mapping : core_.mappings) {
      Image image{mapping.path, {}, false};
      if (mapping.offset == 0) image.identity = IdentifyInCore(mapping);
      if (image.identity.is_elf || IsNamedLikeImage(mapping.path)) {
        images.emplace(mapping.path, image);
      }
    }
    for (const CoreMapping& mapping : core_.mappings) {
      if (core_.entry < mapping.start || core_.entry >= mapping.end) continue;
      const auto [program, is_new] =
          images.try_emplace(mapping.path, Image{mapping.path, {}, true});
      program->second.is_program = true;
    }
    return images;
  }

  ElfIdentity IdentifyInCore(const CoreMapping& mapping) const {
    return Identify([this, &mapping](uint64_t offset, void* to, size_t size) {
      return ReadMemory(core_, bytes_, mapping.start + offset, to, size);
    });
  }

  Descriptor Open(const Image& image, std::string* fault) const {
    const std::string path = absl::StrCat(sysroot_, image.path);
    Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status;
    if (!file.is_open() || fstat(file.get(), &status) != 0) {
      *fault = std::strerror(errno);
      return {};
    }
    if (!S_ISREG(status.st_mode)) {
      *fault = "no regular file";
      return {};
    }
    const CoreBytes contents(Descriptor(dup(file.get())),
                             static_cast<uint64_t>(status.st_size), 0);
    *fault = Compare(
        image, Identify([&contents](uint64_t offset, void* to, size_t size) {
          return contents.Read(offset, to, size);
        }));
    return fault->empty() ? std::move(file) : Descriptor();
  }

  // What speaks against the file that was found; "" if nothing does.
  static std::string Compare(const Image& wanted, const ElfIdentity& found) {
    if (!found.is_elf) return "no program or library for x86-64";
    if (!wanted.identity.is_elf || wanted.identity.build_id == found.build_id) {
      return "";
    }
    return found.build_id.empty()
               ? "that file has no build-id"
               : absl::StrCat("that file has build-id ", found.build_id);
  }

  // The scanner calls functions of CPython, and these some of the C library's.
  static bool IsNeeded(const Image& image) {
    return image.is_program || IsLibc(image.path) ||
           absl::StartsWith(FileName(image.path), "libpython");
  }

  static std::string Describe(const Image& image) {
    const std::string& build_id = image.identity.build_id;
    return build_id.empty()
               ? image.path
               : absl::StrCat(image.path, " (build-id ", build_id, ")");
  }

  absl::Status CannotDoWithout(const Image& image,
                               const std::string& fault) const {
    return Refusal(absl::StrCat("expected ", Describe(image), " below ",
                                sysroot_.empty() ? "/" : sysroot_, ", got \"",
                                fault, "\""),
                   "a core has no code; --sysroot=FOLDER names the root of the "
                   "image that the process ran in");
  }

  const CoreFile& core_;
  const CoreBytes& bytes_;
  const std::string sysroot_;
  ImageFiles found_;
};

std::string WithoutSlash(std::string folder) {
  while (!folder.empty() && folder.back() == '/') folder.pop_back();
  return folder;
}

}  // namespace

absl::StatusOr<ImageFiles> OpenImageFiles(const CoreFile& core,
                                          const CoreBytes& bytes,
                                          const std::string& sysroot) {
  return Opener(core, bytes, WithoutSlash(sysroot)).Run();
}

}  // namespace heapgrind
