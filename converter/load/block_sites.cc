#include "converter/load/block_sites.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace heapgrind {
namespace {

struct RawSite {
  uint32_t number;
  uint32_t caller;
  uint32_t line;
  std::string_view file;

  std::tuple<uint32_t, uint32_t, uint32_t, std::string_view> Key() const {
    return {number, caller, line, file};
  }
};

class SiteTaker {
 public:
  SiteTaker(std::vector<RecordBlock>* blocks, HeapGraph* graph)
      : blocks_(*blocks), graph_(*graph) {}

  uint64_t Run() {
    CollectSites();
    for (const RawSite& raw : raw_) {
      graph_.sites.push_back(
          {graph_.strings.Intern(raw.file), raw.line, PlaceOf(raw.caller)});
    }
    for (RecordBlock& block : blocks_) {
      if (!block.site.empty()) TakeSitesOfObjects(block);
      block.site = {};
    }
    return num_absent_;
  }

 private:
  void CollectSites() {
    for (const RecordBlock& block : blocks_) {
      for (const BlockSite& site : block.sites) {
        raw_.push_back(
            {site.number, site.caller, site.line, block.TextOf(site.file)});
      }
    }
    std::sort(raw_.begin(), raw_.end(), [](const RawSite& a, const RawSite& b) {
      return a.Key() < b.Key();
    });
    const auto is_same_number = [](const RawSite& a, const RawSite& b) {
      return a.number == b.number;
    };
    raw_.erase(std::unique(raw_.begin(), raw_.end(), is_same_number),
               raw_.end());
  }

  void TakeSitesOfObjects(const RecordBlock& block) {
    graph_.site_of_node.resize(graph_.num_nodes(), AllocationSite::kNone);
    for (size_t i = 0; i < block.site.size(); ++i) {
      const NodeId node = block.address[i];
      if (node != kNoNode) graph_.site_of_node[node] = PlaceOf(block.site[i]);
    }
  }

  uint32_t PlaceOf(uint32_t number) {
    if (number == 0) return AllocationSite::kNone;
    const auto found =
        std::lower_bound(raw_.begin(), raw_.end(), number,
                         [](const RawSite& site, uint32_t wanted) {
                           return site.number < wanted;
                         });
    if (found != raw_.end() && found->number == number) {
      return static_cast<uint32_t>(found - raw_.begin());
    }
    ++num_absent_;
    return AllocationSite::kNone;
  }

  std::vector<RecordBlock>& blocks_;
  HeapGraph& graph_;
  std::vector<RawSite> raw_;  // In the order of their numbers.
  uint64_t num_absent_ = 0;
};

}  // namespace

uint64_t TakeSites(std::vector<RecordBlock>* blocks, HeapGraph* graph) {
  return SiteTaker(blocks, graph).Run();
}

}  // namespace heapgrind
