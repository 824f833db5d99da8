#include "converter/outside/blob_run.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/outside/refusal.h"
#include "scanner/blob/blob_input.h"

namespace heapgrind {
namespace {

constexpr uint64_t kStackSize = 8 << 20;  // Bytes.
constexpr uint64_t kRoom = 256 << 20;     // Bytes.
// Far from where Linux, allocators with hints of their own (mimalloc: 2 to 30
// TiB), Go and sanitizers map.
constexpr uint64_t kFirstBase = 0x300000000000;
constexpr uint64_t kNextBase = uint64_t{1} << 40;
constexpr int kPipeSize = 1 << 20;  // Bytes.
constexpr int kDumpNumber = 1;      // Of the first pipe's end to write to.
constexpr int kMessageNumber = 3;   // Of the second one's.

uint64_t RoundUp(uint64_t size) { return (size + kPage - 1) / kPage * kPage; }

absl::Status Expected(absl::string_view what, int64_t result) {
  return Refusal(absl::StrCat("expected its copy to ", what, ", got \"",
                              std::strerror(static_cast<int>(-result)), "\""));
}

bool IsFree(const MemoryMap& map, uint64_t start, uint64_t end) {
  for (const Mapping& mapping : map) {
    if (mapping.start < end && mapping.end > start) return false;
  }
  return true;
}

absl::Status MapMemory(uint64_t start, uint64_t size, uint32_t protection,
                       TracedCopy* copy) {
  constexpr uint64_t kFlags =
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
  const absl::StatusOr<int64_t> result =
      copy->Call(SYS_mmap, {start, size, protection, kFlags, ~uint64_t{0}, 0});
  if (!result.ok()) return result.status();
  if (*result < 0 && *result > -4096) return Expected("map memory", *result);
  if (*result != static_cast<int64_t>(start)) {
    return Expected("map memory", -EEXIST);
  }
  return absl::OkStatus();
}

// Through the file, which writes where the copy itself may not.
absl::Status WriteMemory(const Descriptor& memory, uint64_t address,
                         const std::string& bytes) {
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t count =
        pwrite(memory.get(), &bytes[done], bytes.size() - done,
               static_cast<off_t>(address + done));
    if (count <= 0) return Expected("have its memory written", -errno);
    done += static_cast<size_t>(count);
  }
  return absl::OkStatus();
}

// hg_blob_input and what it points to, as it lies at `address`.
class InputBytes {
 public:
  explicit InputBytes(uint64_t address)
      : address_(address), bytes_(sizeof(hg_blob_input), '\0') {}

  // Appends an array, and returns its address.
  uint64_t Add(const void* array, size_t size) {
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    const uint64_t place = address_ + bytes_.size();
    bytes_.append(static_cast<const char*>(array), size);
    return place;
  }

  std::string Finish(const hg_blob_input& input) {
    std::memcpy(&bytes_[0], &input, sizeof input);
    return std::move(bytes_);
  }

 private:
  const uint64_t address_;
  std::string bytes_;
};

std::vector<hg_blob_mapping> MappingsOfInput(const MemoryMap& map) {
  std::vector<hg_blob_mapping> mappings;
  for (const Mapping& mapping : map) {
    uint32_t flags = 0;
    if (mapping.inode != 0) flags |= HG_BLOB_MAPPING_FILE;
    if (mapping.is_shared) flags |= HG_BLOB_MAPPING_SHARED;
    mappings.push_back({mapping.start, mapping.end, mapping.protection, flags});
  }
  return mappings;
}

std::vector<hg_blob_image> ImagesOfInput(const BlobFacts& facts,
                                         InputBytes* bytes) {
  std::vector<hg_blob_image> images;
  for (const LoadedImage& image : facts.images) {
    const uint64_t name = bytes->Add(image.path.c_str(), image.path.size() + 1);
    images.push_back({image.start, image.end, name});
  }
  return images;
}

std::string MakeInput(const BlobFacts& facts, const MemoryMap& map,
                      uint64_t address) {
  InputBytes bytes(address);
  const std::vector<hg_blob_mapping> mappings = MappingsOfInput(map);
  const std::vector<hg_blob_image> images = ImagesOfInput(facts, &bytes);
  std::vector<hg_blob_thread> threads;
  for (const ThreadOfTarget& thread : facts.threads) {
    threads.push_back({static_cast<uint64_t>(thread.id), thread.fs_base});
  }
  hg_blob_input input = {};
  input.abi = HG_BLOB_ABI;
  input.size = sizeof input;
  input.dump_fd = kDumpNumber;
  input.message_fd = kMessageNumber;
  input.pid = facts.pid;
  input.time = facts.time;
  input.rss = facts.rss;
  input.swap = facts.swap;
  input.value_length = facts.value_length;
  input.max_references = facts.max_references;
  input.native = facts.native;
  input.num_mappings = mappings.size();
  input.mappings =
      bytes.Add(mappings.data(), mappings.size() * sizeof(hg_blob_mapping));
  input.num_images = images.size();
  input.images =
      bytes.Add(images.data(), images.size() * sizeof(hg_blob_image));
  input.num_threads = threads.size();
  input.threads =
      bytes.Add(threads.data(), threads.size() * sizeof(hg_blob_thread));
  input.malloc_info = facts.malloc_info;
  input.malloc_info_old = facts.malloc_info_old;
  input.fmemopen = facts.fmemopen;
  input.fclose = facts.fclose;
  return bytes.Finish(input);
}

// Kernels before 5.9 have no close_range.
absl::Status CloseOneByOne(TracedCopy* copy) {
  const absl::StatusOr<ProcessFiles> files = ProcessFiles::Open(copy->pid());
  if (!files.ok()) return files.status();
  for (const int number : files->Numbers("fd")) {
    const absl::StatusOr<int64_t> result =
        copy->Call(SYS_close, {static_cast<uint64_t>(number)});
    if (!result.ok()) return result.status();
  }
  return absl::OkStatus();
}

absl::Status CloseAll(TracedCopy* copy) {
  constexpr uint64_t kLast = ~0u;
  const absl::StatusOr<int64_t> result =
      copy->Call(SYS_close_range, {0, kLast, 0});
  if (!result.ok()) return result.status();
  if (*result == -ENOSYS) return CloseOneByOne(copy);
  return *result < 0 ? Expected("close its files", *result) : absl::OkStatus();
}

// Our own descriptor for what `number` is in the copy, on kernels before 5.6
// through /proc.
Descriptor Take(pid_t copy, int number) {
  const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, copy, 0)));
  Descriptor taken(
      static_cast<int>(syscall(SYS_pidfd_getfd, process.get(), number, 0)));
  if (taken.is_open()) {
    fcntl(taken.get(), F_SETFL, O_NONBLOCK);
    return taken;
  }
  const std::string path = absl::StrCat("/proc/", copy, "/fd/", number);
  return Descriptor(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
}

absl::StatusOr<Descriptor> OpenPipe(uint64_t scratch, int number,
                                    TracedCopy* copy) {
  const absl::StatusOr<int64_t> result = copy->Call(SYS_pipe2, {scratch, 0});
  if (!result.ok()) return result.status();
  if (*result < 0) return Expected("open a pipe", *result);
  Descriptor taken = Take(copy->pid(), number);
  if (!taken.is_open()) return Expected("lend a pipe", -errno);
  fcntl(taken.get(), F_SETPIPE_SZ, kPipeSize);
  return taken;
}

}  // namespace

uint64_t ChooseBase(const MemoryMap& map) {
  uint64_t base = kFirstBase;
  while (!IsFree(map, base - kRoom, base + kRoom)) base += kNextBase;
  return base;
}

absl::StatusOr<BlobPipes> OpenPipes(uint64_t base, TracedCopy* copy) {
  const uint64_t scratch = base - kPage;
  absl::Status status = CloseAll(copy);
  if (status.ok()) {
    status = MapMemory(scratch, kPage, PROT_READ | PROT_WRITE, copy);
  }
  if (!status.ok()) return status;
  absl::StatusOr<Descriptor> dump = OpenPipe(scratch, kDumpNumber - 1, copy);
  if (!dump.ok()) return dump.status();
  absl::StatusOr<Descriptor> message =
      OpenPipe(scratch, kMessageNumber - 1, copy);
  if (!message.ok()) return message.status();
  return BlobPipes{*std::move(dump), *std::move(message)};
}

absl::StatusOr<BlobStart> PlaceBlob(const RelocatedBlob& blob,
                                    const BlobFacts& facts,
                                    const MemoryMap& map, TracedCopy* copy) {
  const std::string input = MakeInput(facts, map, blob.end);
  const uint64_t stack = blob.end + RoundUp(input.size()) + kPage;
  std::vector<BlobSegment> parts = blob.segments;
  parts.push_back({blob.end, PROT_READ | PROT_WRITE, input});
  const Descriptor memory(open(
      absl::StrCat("/proc/", copy->pid(), "/mem").c_str(), O_RDWR | O_CLOEXEC));
  for (const BlobSegment& part : parts) {
    absl::Status status = MapMemory(part.address, RoundUp(part.bytes.size()),
                                    part.protection, copy);
    if (status.ok()) status = WriteMemory(memory, part.address, part.bytes);
    if (!status.ok()) return status;
  }
  const absl::Status status =
      MapMemory(stack, kStackSize, PROT_READ | PROT_WRITE, copy);
  if (!status.ok()) return status;
  // The return address is 0, where nothing is.
  return BlobStart{blob.entry, blob.end, stack + kStackSize - 8};
}

}  // namespace heapgrind
