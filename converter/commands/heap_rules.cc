#include "converter/commands/heap_rules.h"

namespace heapgrind {

OptionRule SourcePrefixRule(SourcePrefixes* prefixes) {
  const auto add = [prefixes](absl::string_view value) {
    const size_t equals = value.find('=');
    if (equals == 0 || equals == absl::string_view::npos) {
      return ExpectedOption("OLD=NEW in --source-prefix", value);
    }
    prefixes->emplace_back(value.substr(0, equals), value.substr(equals + 1));
    return absl::OkStatus();
  };
  return {"source-prefix", true, add};
}

OptionRule OwnershipRule(OwnershipRules* rules) {
  const auto set = [rules](absl::string_view value) {
    if (value != "modules" && value != "strict") {
      return ExpectedOption("modules or strict in --ownership", value);
    }
    *rules =
        value == "modules" ? OwnershipRules::kModules : OwnershipRules::kStrict;
    return absl::OkStatus();
  };
  return {"ownership", true, set};
}

}  // namespace heapgrind
