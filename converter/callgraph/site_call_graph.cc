#include "converter/callgraph/site_call_graph.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/base/unique_names.h"
#include "converter/callgraph/site_callers.h"
#include "converter/callgraph/site_functions.h"
#include "converter/graph/levels.h"

namespace heapgrind {
namespace {

constexpr uint32_t kMain = 0;  // Place in the call graph.

class SiteGraphMaker {
 public:
  SiteGraphMaker(const HeapGraph& graph, bool ascii_names,
                 const SourceFiles& sources)
      : sites_(graph.sites),
        ascii_names_(ascii_names),
        functions_(FindSiteFunctions(graph, sources)),
        caller_(FindSiteCallers(graph)),
        deep_(static_cast<uint32_t>(functions_.functions.size())),
        main_(deep_ + 1) {}

  CallGraph Make(const HeapGraph& graph, absl::Span<const NodeId> nodes) {
    AddOwnCosts(graph, nodes);
    SumCosts();
    RankFunctions();
    StartMain();
    PlaceSites();
    AddLines();
    AddCalls();
    AddRest();
    return std::move(result_);
  }

 private:
  void AddOwnCosts(const HeapGraph& graph, absl::Span<const NodeId> nodes) {
    own_.resize(sites_.size());
    for (const NodeId node : nodes) {
      if (node >= graph.num_nodes()) continue;
      const uint32_t site = graph.site_of_node[node];
      (site == AllocationSite::kNone ? rest_ : own_[site]) +=
          graph.OwnCost(node);
    }
  }

  // Callers come before what they call.
  void SumCosts() {
    inclusive_ = own_;
    for (size_t site = sites_.size(); site > 0; --site) {
      const uint32_t caller = caller_[site - 1];
      if (caller != AllocationSite::kNone) {
        inclusive_[caller] += inclusive_[site - 1];
      }
    }
  }

  // Sites of other objects alone are not shown.
  bool IsShown(uint32_t site) const { return inclusive_[site].objects > 0; }

  void RankFunctions() {
    std::vector<std::pair<uint32_t, uint32_t>> calls;
    for (uint32_t site = 0; site < sites_.size(); ++site) {
      if (caller_[site] == AllocationSite::kNone) continue;
      calls.emplace_back(functions_.function_of_site[caller_[site]],
                         functions_.function_of_site[site]);
    }
    std::sort(calls.begin(), calls.end());
    calls.erase(std::unique(calls.begin(), calls.end()), calls.end());
    level_rules_.emplace(main_ + 1, calls, deep_);
  }

  void StartMain() {
    Function main;
    main.name = names_.Add("main");
    main.object = "(process)";
    main.file = "???";
    result_.functions.push_back(std::move(main));
    levels_.push_back({main_, 0});
  }

  void PlaceSites() {
    place_.resize(sites_.size());
    for (uint32_t site = 0; site < sites_.size(); ++site) {
      if (!IsShown(site)) continue;
      place_[site] = PlaceOf(level_rules_->Below(
          levels_[PlaceOfCaller(site)], functions_.function_of_site[site]));
    }
  }

  uint32_t PlaceOfCaller(uint32_t site) const {
    const uint32_t caller = caller_[site];
    return caller == AllocationSite::kNone ? kMain : place_[caller];
  }

  uint32_t PlaceOf(NodeAtLevel level) {
    const auto [entry, is_new] = place_of_level_.try_emplace(
        level, static_cast<uint32_t>(result_.functions.size()));
    if (!is_new) return entry->second;
    levels_.push_back(level);
    Function function;
    if (level.first == deep_) {
      function.name = "nested::deeper";
      function.object = "(other)";
      function.file = "???";
    } else {
      function = functions_.functions[level.first];
    }
    if (level.second > 0) {
      absl::StrAppend(&function.name, " (nested ", level.second, ")");
    }
    if (ascii_names_) function.name = AsciiName(function.name);
    function.name = names_.Add(function.name);
    result_.functions.push_back(std::move(function));
    return entry->second;
  }

  void AddLines() {
    std::map<std::pair<uint32_t, uint32_t>, Cost> costs;  // By place and line.
    for (uint32_t site = 0; site < sites_.size(); ++site) {
      if (own_[site].objects == 0) continue;
      const bool is_deep = levels_[place_[site]].first == deep_;
      costs[{place_[site], is_deep ? 0 : sites_[site].line}] += own_[site];
    }
    for (const auto& [key, cost] : costs) {
      Function& function = result_.functions[key.first];
      function.self += cost;
      function.lines.push_back({"", key.second, cost});
    }
  }

  void AddCalls() {
    // By caller, callee and the line of the caller.
    std::map<std::tuple<uint32_t, uint32_t, uint32_t>, Cost> calls;
    for (uint32_t site = 0; site < sites_.size(); ++site) {
      if (!IsShown(site)) continue;
      const uint32_t caller = PlaceOfCaller(site);
      if (caller == place_[site]) continue;
      const uint32_t line = caller == kMain || levels_[caller].first == deep_
                                ? 0
                                : sites_[caller_[site]].line;
      calls[{caller, place_[site], line}] += inclusive_[site];
    }
    for (const auto& [key, cost] : calls) {
      const auto& [caller, callee, line] = key;
      result_.functions[caller].calls.push_back(
          {callee, cost.objects, line, cost});
    }
  }

  void AddRest() {
    if (rest_.objects == 0) return;
    Function rest;
    rest.name = names_.Add("no site::not traced");
    rest.object = "(not traced)";
    rest.file = "???";
    rest.self = rest_;
    result_.functions[kMain].calls.push_back(
        {static_cast<uint32_t>(result_.functions.size()), rest_.objects, 0,
         rest_});
    result_.functions.push_back(std::move(rest));
  }

  const std::vector<AllocationSite>& sites_;
  const bool ascii_names_;
  const SiteFunctions functions_;
  const std::vector<uint32_t> caller_;  // By site.
  // What is nested too deep and main, as functions behind the others.
  const uint32_t deep_;
  const uint32_t main_;
  std::vector<Cost> own_;        // By site.
  std::vector<Cost> inclusive_;  // By site.
  Cost rest_;
  std::optional<Levels> level_rules_;
  std::vector<uint32_t> place_;      // By site.
  std::vector<NodeAtLevel> levels_;  // By place.
  absl::flat_hash_map<NodeAtLevel, uint32_t> place_of_level_;
  UniqueNames names_;
  CallGraph result_;
};

}  // namespace

absl::StatusOr<CallGraph> MakeSiteCallGraph(const HeapGraph& graph,
                                            absl::Span<const NodeId> nodes,
                                            bool ascii_names,
                                            const SourceFiles& sources) {
  if (graph.site_of_node.empty()) {
    return absl::InvalidArgumentError(
        "expected objects that say where they were allocated, got none\n"
        "hint: take the dump while tracemalloc runs, for instance with: "
        "python -m heapgrind run --sites (Python 3.12 or later)");
  }
  return SiteGraphMaker(graph, ascii_names, sources).Make(graph, nodes);
}

}  // namespace heapgrind
