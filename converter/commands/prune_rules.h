// The options that say how many rows a profile has.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_PRUNE_RULES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_PRUNE_RULES_H_

#include <vector>

#include "converter/cli/option_parser.h"
#include "converter/profile/prune.h"

namespace heapgrind {

// --min-percent=P, --max-functions=N.
std::vector<OptionRule> PruneRules(PruneLimits* limits);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_PRUNE_RULES_H_
