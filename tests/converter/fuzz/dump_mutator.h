// Makes a dump hostile: changes that a JSON-lines dump survives as JSON, but
// that no scanner writes.

#ifndef HEAPGRIND_TESTS_CONVERTER_FUZZ_DUMP_MUTATOR_H_
#define HEAPGRIND_TESTS_CONVERTER_FUZZ_DUMP_MUTATOR_H_

#include <cstdint>
#include <random>
#include <string>

namespace heapgrind {

// Changes one thing: a number becomes another of the dump or one at the limit
// of a type; a member or an element of a list is put in, taken out, repeated or
// moved; a text becomes one that means something; a line is repeated, taken out
// or moved.  The same state of `random` makes the same change.
void MutateDump(std::mt19937* random, std::string* dump);

// A small dump of every shape (random_dump.h), or its Meliae sister, changed in
// `num_changes` places, or in none.  One seed gives one dump.
std::string HostileDump(uint32_t seed, uint32_t num_changes);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_FUZZ_DUMP_MUTATOR_H_
