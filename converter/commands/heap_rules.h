// The options that say how a heap is looked at: who owns, where sources are.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_HEAP_RULES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_HEAP_RULES_H_

#include "converter/cli/option_parser.h"
#include "converter/owners/ownership.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// --source-prefix=OLD=NEW: adds one.
OptionRule SourcePrefixRule(SourcePrefixes* prefixes);

// --ownership=modules|strict.
OptionRule OwnershipRule(OwnershipRules* rules);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_HEAP_RULES_H_
