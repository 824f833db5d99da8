#include "converter/outside/python_version.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr char kInterpreter[] = "PyGILState_Ensure";
constexpr char kPyPy[] = "PyPyGILState_Ensure";
constexpr char kHexVersion[] =
    "Py_Version";  // From 3.11 on; as PY_VERSION_HEX.
// Include/refcount.h of 3.13.
constexpr char kFreeThreaded[] = "_Py_MergeZeroLocalRefcount";
// Of builds with Py_REF_DEBUG, which Py_DEBUG defines: Include/object.h up to
// 3.11, Include/cpython/object.h from 3.12 on.
constexpr const char* kDebug[] = {"_Py_RefTotal", "_Py_INCREF_IncRefTotal",
                                  "_Py_NegativeRefcount"};
// Of 2.7 with characters of 32 bits: Include/unicodeobject.h.
constexpr char kWide[] = "PyUnicodeUCS4_AsUTF8String";

// Of musl's C library, and of no other: src/stdio/ext2.c there.
constexpr char kMusl[] = "__freadahead";
constexpr char kMuslSuffix[] = "musl";

constexpr uint64_t kMostVariables = 64 << 20;  // Bytes that are searched.

bool IsDigit(char byte) { return absl::ascii_isdigit(byte); }

// "3.8" if `text` begins with such a number; takes it off.
std::string TakeVersion(absl::string_view* text) {
  size_t end = 2;
  if (text->size() < 3 || !IsDigit((*text)[0]) || (*text)[1] != '.') return "";
  while (end < text->size() && IsDigit((*text)[end])) ++end;
  if (end == 2 || end > 4) return "";
  const std::string version(text->substr(0, end));
  text->remove_prefix(end);
  return version;
}

std::string HexVersion(const LoadedImage& image, const RemoteMemory& memory) {
  const uint64_t address = LookUp(image, memory, kHexVersion);
  uint32_t number = 0;
  if (address == 0 || !memory.Read(address, &number)) return "";
  return absl::StrCat(number >> 24, ".", number >> 16 & 0xff);
}

// The text that Py_GetVersion has made for sys.version: Python/getversion.c.
std::string VersionInVariables(const LoadedImage& image,
                               const RemoteMemory& memory) {
  for (const AddressRange& range : image.variables) {
    std::string bytes(std::min(range.end - range.start, kMostVariables), '\0');
    if (!memory.Read(range.start, &bytes[0], bytes.size())) continue;
    for (size_t at = bytes.find('.'); at != bytes.npos;
         at = bytes.find('.', at + 1)) {
      const bool is_start = at == 1 || (at > 1 && bytes[at - 2] == '\0');
      if (!is_start) continue;
      const std::string version =
          VersionInText(absl::string_view(bytes).substr(at - 1, 64));
      if (!version.empty()) return version;
    }
  }
  return "";
}

std::string FindVersion(const LoadedImage& image, const RemoteMemory& memory) {
  std::string version = HexVersion(image, memory);
  if (version.empty()) version = VersionInVariables(image, memory);
  if (version.empty()) version = VersionInName(image.own_name);
  if (version.empty()) version = VersionInName(image.path);
  return version;
}

// What is behind "cp27": sys.abiflags from 3.2 on, and for 2.7 what wheels have
// there (PEP 425).  That a Python before 3.8 is built without pymalloc cannot
// be told, and is not done.
std::string Flags(const LoadedImage& image, const RemoteMemory& memory,
                  const std::string& version) {
  std::string flags;
  if (LookUp(image, memory, kFreeThreaded) != 0) flags += 't';
  if (std::any_of(std::begin(kDebug), std::end(kDebug), [&](const char* name) {
        return LookUp(image, memory, name) != 0;
      })) {
    flags += 'd';
  }
  if (version == "2.7" || version == "3.6" || version == "3.7") flags += 'm';
  if (version == "2.7" && LookUp(image, memory, kWide) != 0) flags += 'u';
  return flags;
}

// With musl the interpreter's structs are others: pyconfig.h leaves parts out.
bool HasMusl(const std::vector<LoadedImage>& images,
             const RemoteMemory& memory) {
  return std::any_of(
      images.begin(), images.end(), [&memory](const LoadedImage& image) {
        return LookUp(image, memory, kMusl) != 0;
      });
}

absl::Status NoPython(const std::vector<LoadedImage>& images) {
  const bool is_called_so =
      std::any_of(images.begin(), images.end(), [](const LoadedImage& image) {
        return absl::StrContains(image.path, "/python");
      });
  return Refusal("expected a Python process, found no CPython in its code",
                 is_called_so ? "the program hides Python's functions (linked "
                                "without --export-dynamic)"
                              : "");
}

}  // namespace

absl::StatusOr<PythonVersion> FindPython(const std::vector<LoadedImage>& images,
                                         const RemoteMemory& memory) {
  for (size_t i = 0; i < images.size(); ++i) {
    if (LookUp(images[i], memory, kPyPy) != 0) {
      return Refusal("expected CPython, got PyPy");
    }
    if (LookUp(images[i], memory, kInterpreter) == 0) continue;
    PythonVersion found;
    found.image = i;
    found.version = FindVersion(images[i], memory);
    if (found.version.empty()) {
      return Refusal("expected a version in the code of CPython, found none");
    }
    found.tag = absl::StrCat("cp", found.version,
                             Flags(images[i], memory, found.version),
                             HasMusl(images, memory) ? kMuslSuffix : "");
    found.tag.erase(found.tag.find('.'), 1);
    return found;
  }
  return NoPython(images);
}

std::string VersionInName(absl::string_view path) {
  absl::string_view name = FileName(path);
  absl::ConsumePrefix(&name, "lib");
  if (!absl::ConsumePrefix(&name, "python")) return "";
  return TakeVersion(&name);
}

std::string VersionInText(absl::string_view text) {
  if (text.empty() || (text[0] != '2' && text[0] != '3')) return "";
  const std::string version = TakeVersion(&text);
  if (version.empty()) return "";
  // "3.8.0rc1+ (heads/...": PY_VERSION, a blank, and what Py_GetBuildInfo says.
  if (!absl::ConsumePrefix(&text, ".") || text.empty() || !IsDigit(text[0])) {
    return "";
  }
  const size_t end = text.find_first_not_of("0123456789abrc+");
  return end != text.npos && absl::StartsWith(text.substr(end), " (") ? version
                                                                      : "";
}

std::string DescribeTag(absl::string_view tag) {
  absl::string_view rest = tag;
  if (!absl::ConsumePrefix(&rest, "cp") || rest.size() < 2) {
    return std::string(tag);
  }
  const size_t end =
      std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (end < 2) return std::string(tag);
  std::string text =
      absl::StrCat("CPython ", rest.substr(0, 1), ".", rest.substr(1, end - 1));
  absl::string_view flags = rest.substr(end);
  const bool has_musl = absl::ConsumeSuffix(&flags, kMuslSuffix);
  const bool is_27 = rest.substr(0, end) == "27";
  if (is_27) text += absl::StrContains(flags, "u") ? ", UCS-4" : ", UCS-2";
  if (absl::StrContains(flags, "t")) text += ", free-threaded";
  if (absl::StrContains(flags, "d")) text += ", debug build";
  if (has_musl) text += ", with musl";
  return text;
}

}  // namespace heapgrind
