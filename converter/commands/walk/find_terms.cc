#include "converter/commands/walk/find_terms.h"

#include <fnmatch.h>

#include <algorithm>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/commands/walk/python_text.h"
#include "converter/heap/dict_items.h"

namespace heapgrind {
namespace {

struct KeyRule {
  const char* name;
  FindTerm::Key key;
  const char* comparisons;
};

constexpr KeyRule kRules[] = {
    {"type", FindTerm::Key::kType, "=~"},
    {"value", FindTerm::Key::kValue, "=~"},
    {"name", FindTerm::Key::kName, "=~"},
    {"size", FindTerm::Key::kSize, "<>="},
    {"retained", FindTerm::Key::kRetained, "<>="},
};

absl::Status NoTerm(const std::string& word) {
  return absl::InvalidArgumentError(absl::StrCat(
      "expected type=GLOB, value~TEXT, name~TEXT, size>N or retained>N, got ",
      word));
}

// "64K" as 65536.
bool ParseBytes(std::string text, uint64_t* bytes) {
  constexpr std::string_view kUnits = "KMGT";
  int shift = 0;
  const size_t unit = text.empty() ? kUnits.npos : kUnits.find(text.back());
  if (unit != kUnits.npos) {
    shift = 10 * (static_cast<int>(unit) + 1);
    text.pop_back();
  }
  if (!absl::SimpleAtoi(text, bytes) || *bytes > UINT64_MAX >> shift) {
    return false;
  }
  *bytes <<= shift;
  return true;
}

absl::StatusOr<FindTerm> ParseTerm(const std::string& word) {
  const size_t place = word.find_first_of("=~<>");
  if (place == word.npos) return NoTerm(word);
  FindTerm term;
  term.comparison = word[place];
  const std::string name = word.substr(0, place);
  const std::string value = word.substr(place + 1);
  const auto rule =
      std::find_if(std::begin(kRules), std::end(kRules),
                   [&name](const KeyRule& r) { return name == r.name; });
  if (rule == std::end(kRules)) return NoTerm(word);
  const std::string_view comparisons = rule->comparisons;
  if (comparisons.find(term.comparison) == comparisons.npos) {
    return NoTerm(word);
  }
  term.key = rule->key;
  const bool is_size =
      term.key == FindTerm::Key::kSize || term.key == FindTerm::Key::kRetained;
  if (is_size && !ParseBytes(value, &term.bytes)) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a number of bytes (17, 64K, 3M, 2G) in ", word,
                     ", got \"", value, "\""));
  }
  size_t size = 0;
  const bool is_quoted =
      UnquoteText(value, &term.text, &size) && size == value.size();
  if (!is_quoted) term.text = value;
  return term;
}

bool Fits(std::string_view text, const FindTerm& term) {
  return term.comparison == '=' ? text == term.text
                                : text.find(term.text) != text.npos;
}

bool Fits(uint64_t bytes, const FindTerm& term) {
  if (term.comparison == '=') return bytes == term.bytes;
  return term.comparison == '<' ? bytes < term.bytes : bytes > term.bytes;
}

// Goes through the objects once for each term.
class Finder {
 public:
  explicit Finder(const WalkHeap& heap)
      : heap_(heap), graph_(heap.graph()), fits_(graph_.num_nodes(), true) {}

  void Apply(const FindTerm& term) {
    switch (term.key) {
      case FindTerm::Key::kType:
        return ApplyType(term);
      case FindTerm::Key::kValue:
        return ApplyValue(term);
      case FindTerm::Key::kName:
        return ApplyName(term);
      case FindTerm::Key::kSize:
      case FindTerm::Key::kRetained:
        return ApplyBytes(term);
    }
  }

  std::vector<Place> Found() const {
    std::vector<Place> found;
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (fits_[node]) found.push_back(node);
    }
    return found;
  }

 private:
  void Keep(const std::vector<bool>& kept) {
    for (size_t i = 0; i < fits_.size(); ++i) fits_[i] = fits_[i] && kept[i];
  }

  void ApplyType(const FindTerm& term) {
    absl::flat_hash_map<std::string, bool> fits_of_type;
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (!fits_[node]) continue;
      const std::string type = heap_.Type(node);
      const auto [entry, is_new] = fits_of_type.try_emplace(type);
      if (is_new) {
        entry->second = term.comparison == '='
                            ? fnmatch(term.text.c_str(), type.c_str(), 0) == 0
                            : Fits(type, term);
      }
      fits_[node] = entry->second;
    }
  }

  void ApplyValue(const FindTerm& term) {
    std::vector<bool> kept(graph_.num_nodes());
    heap_.values().ForEach([&](NodeId node, std::string_view text) {
      kept[node] = Fits(text, term);
    });
    Keep(kept);
  }

  void ApplyName(const FindTerm& term) {
    std::vector<bool> fits(graph_.strings.size());
    for (StringId id = kNoString + 1; id < fits.size(); ++id) {
      fits[id] = Fits(graph_.strings.Text(id), term);
    }
    std::vector<bool> kept(graph_.num_nodes());
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      const bool is_definition = graph_.definitions.contains(node);
      if (is_definition && fits[graph_.text[node]]) kept[node] = true;
      KeepTargets(node, fits, &kept);
    }
    for (const Root& root : graph_.roots) {
      const size_t num_names =
          std::min(root.names.size(), root.references.size());
      for (size_t i = 0; i < num_names; ++i) {
        const NodeId target = root.references[i];
        if (fits[root.names[i]] && target != kNoNode) kept[target] = true;
      }
    }
    Keep(kept);
  }

  // What a node refers to by names that fit.
  void KeepTargets(NodeId node, const std::vector<bool>& fits,
                   std::vector<bool>* kept) {
    for (const auto [key, value] : DictItems(graph_, node)) {
      const bool is_known = key != kNoNode && value != kNoNode;
      if (is_known && fits[graph_.text[key]]) (*kept)[value] = true;
    }
    const absl::Span<const NodeId> targets = graph_.References(node);
    const size_t num_pairs = graph_.NumPairReferences(node);
    const std::vector<StringId>& names = graph_.shape(node).names;
    const size_t num_names = std::min(names.size(), targets.size() - num_pairs);
    for (size_t i = 0; i < num_names; ++i) {
      const NodeId target = targets[num_pairs + i];
      if (fits[names[i]] && target != kNoNode) (*kept)[target] = true;
    }
  }

  void ApplyBytes(const FindTerm& term) {
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      const uint64_t bytes = term.key == FindTerm::Key::kSize
                                 ? heap_.Size(node)
                                 : heap_.Retained(node);
      if (!Fits(bytes, term)) fits_[node] = false;
    }
  }

  const WalkHeap& heap_;
  const HeapGraph& graph_;
  std::vector<bool> fits_;  // By node: all terms so far.
};

}  // namespace

absl::StatusOr<std::vector<FindTerm>> ParseFindTerms(
    const std::vector<std::string>& words) {
  if (words.empty()) return NoTerm("nothing");
  std::vector<FindTerm> terms;
  for (const std::string& word : words) {
    const absl::StatusOr<FindTerm> term = ParseTerm(word);
    if (!term.ok()) return term.status();
    terms.push_back(*term);
  }
  return terms;
}

std::vector<Place> FindObjects(const WalkHeap& heap,
                               const std::vector<FindTerm>& terms) {
  Finder finder(heap);
  for (const FindTerm& term : terms) finder.Apply(term);
  return finder.Found();
}

}  // namespace heapgrind
