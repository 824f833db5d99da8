#include "tests/converter/support/generated_dump.h"

#include <cstdint>
#include <random>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

constexpr uint64_t kFirstAddress = 140264121807088;
constexpr uint64_t kAddressStep = 64;  // Bytes.

uint64_t Address(size_t object) {
  return kFirstAddress + object * kAddressStep;
}

// Appends `count` references to objects among the first `num_objects`.
void AppendReferences(size_t count, size_t num_objects, std::mt19937* random,
                      std::string* dump) {
  dump->append("\"refs\": [");
  for (size_t i = 0; i < count; ++i) {
    absl::StrAppend(dump, i == 0 ? "" : ", ",
                    Address((*random)() % num_objects));
  }
  dump->append("]}\n");
}

void AppendObject(size_t object, size_t num_objects, std::mt19937* random,
                  std::string* dump) {
  absl::StrAppend(dump, "{\"address\": ", Address(object), ", \"type\": ");
  switch ((*random)() % 10) {
    case 0:
    case 1: {
      const size_t num_pairs = (*random)() % 4;
      absl::StrAppend(dump, "\"dict\", \"size\": 248, \"gc\": 16, \"len\": ",
                      num_pairs, ", \"pairs\": ", num_pairs, ", ");
      return AppendReferences(2 * num_pairs, num_objects, random, dump);
    }
    case 2:
    case 3: {
      const size_t length = (*random)() % 9;
      absl::StrAppend(dump, "\"tuple\", \"size\": ", 56 + 8 * length,
                      ", \"gc\": 16, \"len\": ", length, ", ");
      return AppendReferences(length, num_objects, random, dump);
    }
    case 4:
    case 5:
      absl::StrAppend(dump, "\"Session\", \"size\": 72, \"gc\": 32, ");
      return AppendReferences(3, num_objects, random, dump);
    case 6:
      absl::StrAppend(dump, "\"int\", \"size\": 28, \"value\": ", (*random)(),
                      ", ");
      return AppendReferences(0, num_objects, random, dump);
    default:
      absl::StrAppend(dump, "\"str\", \"size\": 62, \"len\": 13, \"value\": \"",
                      "name ", 10000000 + object, "\", ");
      return AppendReferences(0, num_objects, random, dump);
  }
}

}  // namespace

std::string GenerateDump(size_t num_objects) {
  std::mt19937 random(1);
  std::string dump =
      "{\"heapgrind\": 1, \"scanner\": \"0.1.0\", \"python\": \"3.11.7\", "
      "\"pid\": 4711}\n"
      "{\"root\": \"modules\", \"name\": \"sys.modules\", \"refs\": [";
  absl::StrAppend(&dump, kFirstAddress, "]}\n");
  for (size_t object = 0; object < num_objects; ++object) {
    AppendObject(object, num_objects, &random, &dump);
  }
  return dump;
}

}  // namespace heapgrind
