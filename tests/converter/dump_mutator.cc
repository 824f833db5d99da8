#include "tests/converter/dump_mutator.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/converter/random_dump.h"

namespace heapgrind {
namespace {

using Lines = std::vector<std::string>;

const char* const kNumbers[] = {"0",
                                "1",
                                "7",
                                "-1",
                                "1.5",
                                "65536",
                                "2147483648",
                                "4294967295",
                                "4294967296",
                                "9007199254740993",
                                "9223372036854775808",
                                "18446744073709551615",
                                "18446744073709551616",
                                "1e400"};

const char* const kTexts[] = {
    "\"thread\"",   "\"frame\"",          "\"modules\"", "\"dict\"",
    "\"module\"",   "\"function\"",       "\"code\"",    "\"class\"",
    "\"__dict__\"", "\"__class__\"",      "\"called\"",  "\"f_globals\"",
    "\"__code__\"", "\"__name__\"",       "\"str\"",     "\"\"",
    "\"/\"",        "\"\\u202e\\u0000\"", "\"\\ud800\"", "null"};

const char* const kMembers[] = {
    "\"pairs\": 1",
    "\"names\": [\"thread\", \"thread\", \"thread\", \"thread\", \"thread\"]",
    "\"refs\": [16, 16, 16, 32, 48, 18446744073709551615, 17, 0]",
    "\"refs_left_out\": 4294967296",
    "\"line\": 4294967296",
    "\"last_line\": 1",
    "\"file\": \"/a.py\"",
    "\"qualname\": \"a.b.<locals>.c\"",
    "\"module\": \"a\"",
    "\"name\": \"a\"",
    "\"kind\": \"frame\"",
    "\"kind\": \"module\"",
    "\"kind\": \"function\"",
    "\"kind\": \"code\"",
    "\"kind\": \"class\"",
    "\"value\": \"abcdefgh\"",
    "\"value\": 123456789",
    "\"len\": 18446744073709551615",
    "\"refcount\": 1",
    "\"site\": 2",
    "\"caller\": 1",
    "\"gc\": 4294967296",
    "\"slack\": 18446744073709551615",
    "\"root\": \"thread\"",
    "\"pid\": 7",
    "\"time\": 18446744073709551615",
    "\"rss\": 18446744073709551615",
    "\"pointer_size\": 3"};

const char* const kLines[] = {
    "{\"root\": \"modules\", \"name\": \"a\", \"refs\": [16, 32], "
    "\"names\": [\"thread\"]}",
    "{\"root\": \"thread\", \"refs\": []}",
    "{\"site\": 1, \"file\": \"/a.py\", \"line\": 3}",
    "{\"site\": 2, \"file\": \"/b.py\", \"line\": 4, \"caller\": 1}",
    "{\"end\": 0, \"size\": 18446744073709551615, \"left_out\": 3}",
    "{\"address\": 16, \"type\": \"dict\", \"size\": 64, \"pairs\": 1, "
    "\"refs\": [16, 16, 16], \"names\": [\"__dict__\"]}",
    "{\"heapgrind\": 1}"};

class Mutation {
 public:
  Mutation(std::mt19937* random, Lines* lines)
      : random_(*random), lines_(*lines) {}

  void Run() {
    std::string& line = lines_[Pick(lines_.size())];
    switch (Pick(8)) {
      case 0:
        return ChangeRun(absl::ascii_isdigit, AnyOf(kNumbers), &line);
      case 1:
        return ChangeText(&line);
      case 2:
        return AddMember(&line);
      case 3:
        return MoveElement(&line);
      case 4:
        return ChangeRun(absl::ascii_isdigit, NumberOfDump(), &line);
      case 5:
        return RepeatElement(&line);
      case 6:
        lines_.insert(lines_.begin() + Pick(lines_.size() + 1),
                      Pick(2) == 0 ? line : AnyOf(kLines));
        return;
      default:
        return MoveLine();
    }
  }

 private:
  size_t Pick(size_t count) { return count == 0 ? 0 : random_() % count; }

  template <size_t kSize>
  std::string AnyOf(const char* const (&texts)[kSize]) {
    return texts[Pick(kSize)];
  }

  // The places of `line` that begin with what `is_part` takes.
  static std::vector<size_t> Starts(const std::function<bool(char)>& is_part,
                                    const std::string& line) {
    std::vector<size_t> starts;
    for (size_t i = 0; i < line.size(); ++i) {
      if (is_part(line[i]) && (i == 0 || !is_part(line[i - 1]))) {
        starts.push_back(i);
      }
    }
    return starts;
  }

  void ChangeRun(const std::function<bool(char)>& is_part,
                 const std::string& text, std::string* line) {
    const std::vector<size_t> starts = Starts(is_part, *line);
    if (starts.empty()) return;
    const size_t start = starts[Pick(starts.size())];
    size_t end = start;
    while (end < line->size() && is_part((*line)[end])) ++end;
    line->replace(start, end - start, text);
  }

  std::string NumberOfDump() {
    const std::string& line = lines_[Pick(lines_.size())];
    const std::vector<size_t> starts = Starts(absl::ascii_isdigit, line);
    if (starts.empty()) return "16";
    const size_t start = starts[Pick(starts.size())];
    return line.substr(start,
                       line.find_first_not_of("0123456789", start) - start);
  }

  void ChangeText(std::string* line) {
    std::vector<size_t> quotes;
    for (size_t i = 0; i < line->size(); ++i) {
      if ((*line)[i] == '"') quotes.push_back(i);
    }
    if (quotes.size() < 2) return;
    const size_t text = Pick(quotes.size() / 2);
    const size_t start = quotes[2 * text];
    line->replace(start, quotes[2 * text + 1] + 1 - start, AnyOf(kTexts));
  }

  void AddMember(std::string* line) {
    const size_t brace = Pick(2) == 0 ? line->find('{') : line->rfind('}');
    if (brace == std::string::npos) return;
    const std::string member = AnyOf(kMembers);
    if ((*line)[brace] == '{') {
      line->insert(brace + 1, member + ", ");
    } else {
      line->insert(brace, ", " + member);
    }
  }

  // Elements and members both stand between commas.
  void MoveElement(std::string* line) {
    std::vector<std::string> parts = absl::StrSplit(*line, ", ");
    if (parts.size() < 3) return;
    const size_t part = 1 + Pick(parts.size() - 2);
    const std::string moved = parts[part];
    parts.erase(parts.begin() + part);
    if (Pick(2) == 0)
      parts.insert(parts.begin() + 1 + Pick(parts.size() - 1), moved);
    *line = absl::StrJoin(parts, ", ");
  }

  void RepeatElement(std::string* line) {
    std::vector<std::string> parts = absl::StrSplit(*line, ", ");
    if (parts.size() < 3) return;
    const size_t part = 1 + Pick(parts.size() - 2);
    const std::string repeated = parts[part];
    parts.insert(parts.begin() + part, size_t{1} << Pick(6), repeated);
    *line = absl::StrJoin(parts, ", ");
  }

  void MoveLine() {
    const size_t from = Pick(lines_.size());
    const std::string moved = lines_[from];
    if (lines_.size() > 1) lines_.erase(lines_.begin() + from);
    if (Pick(2) == 0) {
      lines_.insert(lines_.begin() + Pick(lines_.size() + 1), moved);
    }
  }

  std::mt19937& random_;
  Lines& lines_;
};

}  // namespace

void MutateDump(std::mt19937* random, std::string* dump) {
  Lines lines = absl::StrSplit(*dump, '\n');
  Mutation(random, &lines).Run();
  *dump = absl::StrJoin(lines, "\n");
}

std::string HostileDump(uint32_t seed, uint32_t num_changes) {
  const Lines lines =
      seed % 4 == 0 ? RandomMeliaeDump(seed, 12) : RandomDump(seed, 12);
  std::string dump = absl::StrJoin(lines, "\n") + "\n";
  std::mt19937 random(seed);
  for (uint32_t i = 0; i < num_changes; ++i) MutateDump(&random, &dump);
  return dump;
}

}  // namespace heapgrind
