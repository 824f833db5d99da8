#include "converter/suspects/sentences.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace heapgrind {
namespace {

// "45 %"; below 10 with one decimal place.
std::string Percent(uint64_t part, uint64_t whole) {
  const double percent =
      100 * static_cast<double>(part) / static_cast<double>(whole);
  if (part > 0 && percent < 0.05) return "less than 0.1 %";
  return percent < 9.95 ? absl::StrFormat("%.1f %%", percent)
                        : absl::StrFormat("%.0f %%", percent);
}

// "one Session", "120 000 Session": names of types stay as they are, words have
// a plural.  The type bytes is not the unit.
std::string ObjectsText(const Suspect& suspect) {
  const bool is_one = suspect.count == 1;
  std::string type = suspect.type;
  if (type == "objects" && is_one) type = "object";
  if (type == "class" && !is_one) type = "classes";
  if (type == "bytes") type = is_one ? "bytes object" : "bytes objects";
  return absl::StrCat(is_one ? "one" : GroupedDigits(suspect.count), " ", type);
}

std::string HoldsClaim(const Suspect& suspect) {
  const bool is_many = suspect.count > 1;
  const char* const verb = suspect.is_group     ? " hold "
                           : suspect.is_shared  ? " share "
                           : !suspect.is_itself ? " holds "
                           : is_many            ? " are "
                                                : " is ";
  return absl::StrCat(suspect.owner, verb, ObjectsText(suspect));
}

std::string GrewClaim(const Suspect& suspect) {
  if (suspect.count == 0) return absl::StrCat(suspect.owner, " grew");
  return suspect.is_itself
             ? absl::StrCat(suspect.owner, ", ", ObjectsText(suspect), ", grew")
             : absl::StrCat(suspect.owner, " grew by ", ObjectsText(suspect));
}

std::string StayedClaim(const Suspect& suspect) {
  const bool is_plural = suspect.is_shared || suspect.is_group;
  if (suspect.count == 0) {
    return absl::StrCat(suspect.owner, is_plural ? " have" : " has", " grown");
  }
  if (suspect.is_itself) {
    return absl::StrCat(suspect.owner, ", ", ObjectsText(suspect),
                        ", came and stayed");
  }
  return absl::StrCat(suspect.owner, is_plural ? " keep " : " keeps ",
                      ObjectsText(suspect), " that came and stayed");
}

// "X holds 5 Y", without the comma and what follows.
std::string Claim(const Suspect& suspect) {
  switch (suspect.kind) {
    case SuspectKind::kGrew:
      return GrewClaim(suspect);
    case SuspectKind::kStayed:
      return StayedClaim(suspect);
    default:
      return HoldsClaim(suspect);
  }
}

}  // namespace

std::string SentenceOf(const Suspect& suspect) {
  const std::string claim =
      absl::StrCat(Claim(suspect), ", ", DecimalSize(suspect.bytes));
  if (suspect.heap_bytes == 0) return claim;  // The older heap was empty.
  return absl::StrCat(claim, ", ", Percent(suspect.bytes, suspect.heap_bytes),
                      suspect.kind == SuspectKind::kGrew ? " of the older heap"
                                                         : " of the heap");
}

std::string PartsText(const Suspect& suspect) {
  std::vector<std::string> parts;
  for (const SuspectPart& part : suspect.parts) {
    parts.push_back(absl::StrCat(DecimalSize(part.bytes), " ", part.type));
  }
  return absl::StrJoin(parts, ", ");
}

std::string GroupedDigits(uint64_t number) {
  std::string digits = absl::StrCat(number);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, " ");
  return digits;
}

std::string DecimalSize(uint64_t bytes) {
  if (bytes == 1) return "1 byte";
  if (bytes < 1000) return absl::StrCat(bytes, " bytes");
  double size = static_cast<double>(bytes);
  size_t unit = 0;
  constexpr const char* kUnits[] = {"bytes", "kB", "MB", "GB",
                                    "TB",    "PB", "EB"};
  // What rounds to 1000.0 of a unit is 1.0 of the next.
  while (size >= 999.95 && unit < 6) {
    size /= 1000;
    ++unit;
  }
  return absl::StrFormat("%.1f %s", size, kUnits[unit]);
}

}  // namespace heapgrind
