#include "converter/commands/prune_rules.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"

namespace heapgrind {
namespace {

absl::Status SetMinPercent(absl::string_view value, PruneLimits* limits) {
  double percent;
  // Also false for what is not a number.
  const bool is_percent =
      absl::SimpleAtod(value, &percent) && percent >= 0 && percent <= 100;
  if (!is_percent) {
    return ExpectedOption("a number from 0 to 100 in --min-percent", value);
  }
  limits->min_percent = percent;
  return absl::OkStatus();
}

}  // namespace

std::vector<OptionRule> PruneRules(PruneLimits* limits) {
  return {{"min-percent", true,
           [limits](absl::string_view value) {
             return SetMinPercent(value, limits);
           }},
          {"max-functions", true, [limits](absl::string_view value) {
             return ParseWholeNumber("max-functions", value, 2, UINT64_MAX,
                                     &limits->max_functions);
           }}};
}

}  // namespace heapgrind
