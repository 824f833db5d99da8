// What the attributes of all instances of a type hold: `Session.data`: 120 000
// of 511 bytes.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_ATTRIBUTE_TOTALS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_ATTRIBUTE_TOTALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

struct AttributeTotal {
  StringId owner = kNoString;  // The type of the instances.
  StringId name = kNoString;
  uint64_t count = 0;  // Of objects that the attributes are.
  uint64_t bytes = 0;  // With all that they own; each byte once.
};

// Of the rows of an ordered tree, those that join small ones aside.  The
// attributes with most bytes come first.  Linear in the rows and their depth.
std::vector<AttributeTotal> CountAttributes(const ProfileTree& tree,
                                            const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_ATTRIBUTE_TOTALS_H_
