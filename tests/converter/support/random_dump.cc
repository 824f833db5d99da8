#include "tests/converter/support/random_dump.h"

#include <random>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "tests/converter/support/random_heap.h"

namespace heapgrind {
namespace {

std::string Quoted(const std::string& text) {
  return text.empty() ? "null" : absl::StrCat("\"", text, "\"");
}

std::string NamesField(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(Quoted(name));
  return names.empty()
             ? ""
             : absl::StrCat(", \"names\": [", absl::StrJoin(quoted, ", "), "]");
}

std::string Start(const RandomObject& object) {
  return absl::StrCat("{\"address\": ", object.address, ", \"type\": \"",
                      object.type, "\", \"size\": ", object.size);
}

std::string Value(const RandomObject& object) {
  return object.value.empty() ? ""
                              : absl::StrCat(", \"value\": ", object.value);
}

std::string Refs(const RandomObject& object) {
  return absl::StrCat(", \"refs\": [", absl::StrJoin(object.refs, ", "), "]");
}

// ", "key": number", or nothing for 0.
std::string UnlessZero(absl::string_view key, uint64_t number) {
  return number == 0 ? "" : absl::StrCat(", \"", key, "\": ", number);
}

std::string Line(const RandomRoot& root) {
  return absl::StrCat("{\"root\": \"", root.kind,
                      "\", \"name\": ", Quoted(root.name), ", \"refs\": [",
                      absl::StrJoin(root.refs, ", "), "]",
                      NamesField(root.names), "}");
}

std::string Line(const RandomObject& object) {
  return absl::StrCat(Start(object), object.facts, Value(object),
                      UnlessZero("refcount", object.refcount),
                      UnlessZero("pairs", object.num_pairs), Refs(object),
                      NamesField(object.names), "}");
}

// Of the facts, Meliae knows the name alone.
std::string MeliaeLine(const RandomObject& object) {
  const std::string& facts = object.facts;
  const size_t name = facts.find(", \"name\"");
  return absl::StrCat(
      Start(object),
      name == std::string::npos
          ? ""
          : facts.substr(name, facts.find(',', name + 1) - name),
      Value(object), Refs(object), "}");
}

}  // namespace

std::vector<std::string> RandomDump(uint32_t seed, uint32_t num_objects) {
  std::mt19937 random(seed);
  const RandomHeap heap = MakeRandomHeap(num_objects, &random);
  std::vector<std::string> lines = {"{\"heapgrind\": 1, \"pid\": 4711}"};
  for (const RandomRoot& root : heap.roots) lines.push_back(Line(root));
  for (const RandomObject& object : heap.objects) {
    lines.push_back(Line(object));
    if (random() % 100 == 0) lines.push_back(lines.back());
  }
  lines.push_back("{\"end\": 1, \"size\": 1}");
  return lines;
}

std::vector<std::string> RandomMeliaeDump(uint32_t seed, uint32_t num_objects) {
  std::mt19937 random(seed);
  const RandomHeap heap = MakeRandomHeap(num_objects, &random);
  std::vector<std::string> lines;
  for (const RandomObject& object : heap.objects) {
    lines.push_back(MeliaeLine(object));
  }
  return lines;
}

std::vector<std::string> Shuffled(std::vector<std::string> lines,
                                  uint32_t seed) {
  std::mt19937 random(seed);
  // Fisher and Yates; std::shuffle differs between libraries.
  const auto shuffle = [&random, &lines](size_t begin, size_t end) {
    for (size_t i = end; i > begin + 1; --i) {
      std::swap(lines[i - 1], lines[begin + random() % (i - begin)]);
    }
  };
  size_t begin = 0;
  size_t end = lines.size();
  if (absl::StartsWith(lines[0], "{\"heapgrind\"")) {
    begin = 1;
    while (absl::StartsWith(lines[begin], "{\"root\"")) ++begin;
    --end;
    shuffle(1, begin);
  }
  shuffle(begin, end);
  return lines;
}

}  // namespace heapgrind
