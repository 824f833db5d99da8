// A suspect as a sentence to paste into a ticket.
//
//     shop.sessions.CACHE holds 120 000 Session, 73.1 MB, 45 % of the heap

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_SENTENCES_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_SENTENCES_H_

#include <cstdint>
#include <string>

#include "converter/suspects/suspects.h"

namespace heapgrind {

// Without a full stop; clean (clean_name.h).
std::string SentenceOf(const Suspect& suspect);

// What most of its bytes are: "46.5 MB dict, 12.0 MB str".
std::string PartsText(const Suspect& suspect);

// "120 000".
std::string GroupedDigits(uint64_t number);

// "512 bytes", "73.1 MB": powers of 1000, rounded.
std::string DecimalSize(uint64_t bytes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_SENTENCES_H_
