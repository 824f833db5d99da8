#include "converter/commands/heap_options.h"

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "converter/base/tilde_hint.h"
#include "converter/cli/option_rules.h"

namespace heapgrind {
namespace {

OptionRule SourcePrefixRule(SourcePrefixes* prefixes) {
  const auto add = [prefixes](absl::string_view value) {
    const size_t equals = value.find('=');
    if (equals == 0 || equals == absl::string_view::npos) {
      return ExpectedOption("OLD=NEW in --source-prefix", value);
    }
    const std::string place(value.substr(equals + 1));
    if (place[0] == '~' && access(place.c_str(), F_OK) != 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("expected a folder in --source-prefix, got \"", place,
                       "\"", HintAboutTilde(place)));
    }
    prefixes->emplace_back(value.substr(0, equals), place);
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

}  // namespace

std::vector<OptionRule> HeapRules(HeapOptions* options) {
  return {ThreadsRule(&options->num_threads),
          MaxMemoryRule(&options->max_memory),
          SourcePrefixRule(&options->source_prefixes),
          OwnershipRule(&options->ownership)};
}

}  // namespace heapgrind
