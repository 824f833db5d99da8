#include "scan/scan.h"

#include <errno.h>

#include "record/allocation_sites.h"
#include "scan/one_pass.h"

namespace heapgrind {

PreparedScan::PreparedScan(int fd, const ScanOptions& options,
                           Compressor* compressor, ScanProgress* progress) {
  hg_learn_images();
  hg_learn_signals();
  hg_learn_allocators();
  // Which strings are keys is not known until all dictionaries were seen: if
  // only they have values, the first of two scans collects them.
  if (options.value_length == 0) {
    if (keys_.Make() == nullptr) error_ = ENOMEM;
    if (error_ == 0 && options.low_memory) error_ = keys_.get()->UseFiles();
    if (error_ == 0) {
      error_ = Make(&first_, -1, options, nullptr, true, nullptr);
    }
  }
  if (error_ != 0) return;
  error_ = Make(&last_, fd, options, compressor, false, progress);
}

PreparedScan::~PreparedScan() = default;

int PreparedScan::Make(MappedObject<OnePass>* pass, int fd,
                       const ScanOptions& options, Compressor* compressor,
                       bool collects_keys, ScanProgress* progress) {
  pass->Make(fd, options, compressor, keys_.get(), collects_keys, progress);
  return pass->get() == nullptr ? ENOMEM : pass->get()->error();
}

void PreparedScan::AddDescriptors(DescriptorList* list) const {
  if (keys_.get() != nullptr) keys_.get()->AddDescriptors(list);
  if (first_.get() != nullptr) first_.get()->AddDescriptors(list);
  if (last_.get() != nullptr) last_.get()->AddDescriptors(list);
}

void PreparedScan::UseSites(const SitesLock& lock) {
  if (lock.is_locked()) last_.get()->UseSites();
}

void PreparedScan::KeepResidentPages(bool low_memory) {
  last_.get()->KeepResidentPages(low_memory);
}

ScanResult PreparedScan::Run() {
  if (first_.get() != nullptr) {
    const ScanResult result = first_.get()->Run();
    if (result.error != 0) return result;
  }
  return last_.get()->Run();
}

}  // namespace heapgrind
