// Tells equal names apart.

#ifndef HEAPGRIND_CONVERTER_BASE_UNIQUE_NAMES_H_
#define HEAPGRIND_CONVERTER_BASE_UNIQUE_NAMES_H_

#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"

namespace heapgrind {

class UniqueNames {
 public:
  // `name`, or if it was handed out before, "name #2", "name #3" and so on.
  std::string Add(std::string name);

 private:
  absl::flat_hash_map<std::string, uint64_t> num_uses_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_UNIQUE_NAMES_H_
