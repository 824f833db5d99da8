#include "converter/outside/blob_choice.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

// Only glibc exports it.
constexpr char kGlibc[] = "gnu_get_libc_version";

// The free-threaded build that there can be a blob for: build_blob.py.
constexpr char kFreeThreaded[] = "cp313t";

absl::Status NoBlob(const PythonVersion& python) {
  if (absl::StrContains(python.tag, "t") && python.tag != kFreeThreaded) {
    return Refusal(absl::StrCat("expected a Python with a GIL or 3.13t, got ",
                                DescribeTag(python.tag), " (", python.tag,
                                "), which is dumped from inside alone"),
                   "call heapgrind.dump() in the program, or set HEAPGRIND");
  }
  return Refusal(
      absl::StrCat("expected a scanner for ", DescribeTag(python.tag), " (",
                   python.tag, ") in this program, found none"),
      "./run release --python PATH adds that of an interpreter; heapgrind dump "
      "--list says which there are");
}

// A symbol of its CPython: where the program has one of that name, everybody
// uses that (copy relocations).
uint64_t AddressInPython(const PythonImages& process,
                         const RemoteMemory& memory, const std::string& name) {
  for (const LoadedImage& image : process.images) {
    if (image.path != process.program) continue;
    const uint64_t address = LookUp(image, memory, name);
    if (address != 0) return address;
  }
  return LookUp(process.images[process.python.image], memory, name);
}

}  // namespace

absl::StatusOr<RelocatedBlob> LoadBlob(const BlobStore& blobs, uint64_t base,
                                       const PythonImages& process,
                                       const RemoteMemory& memory) {
  const std::string& tag = process.python.tag;
  if (!blobs.Has(tag)) return NoBlob(process.python);
  const absl::StatusOr<std::string> file = blobs.Load(tag);
  if (!file.ok()) return file.status();
  return RelocateBlob(*file, base, [&](const std::string& name) {
    return AddressInPython(process, memory, name);
  });
}

void AddImages(const PythonImages& process, const RemoteMemory& memory,
               BlobFacts* facts) {
  facts->images = process.images;
  for (const LoadedImage& image : process.images) {
    if (LookUp(image, memory, kGlibc) == 0) continue;
    facts->malloc_info = LookUp(image, memory, "mallinfo2");
    facts->malloc_info_old = LookUp(image, memory, "mallinfo");
    facts->fmemopen = LookUp(image, memory, "fmemopen");
    facts->fclose = LookUp(image, memory, "fclose");
    return;
  }
}

}  // namespace heapgrind
