#include "converter/commands/analyzed_heap.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/cli/messages.h"
#include "converter/cli/option_rules.h"
#include "converter/owners/focus.h"
#include "converter/profile/hidden_keys.h"
#include "converter/profile/name_walk.h"
#include "converter/profile/objects_named.h"
#include "converter/profile/package_names.h"
#include "converter/profile/path_names.h"

namespace heapgrind {

absl::StatusOr<std::unique_ptr<AnalyzedHeap>> AnalyzedHeap::Load(
    absl::string_view program, const std::string& path,
    const HeapOptions& options, bool keeps_overhead, Progress* progress,
    absl::Span<RecordSink* const> collectors) {
  absl::StatusOr<LoadedDump> dump = LoadDump(
      path,
      {keeps_overhead, ThreadsToUse(options.num_threads), options.max_memory},
      progress, collectors);
  if (!dump.ok()) return dump.status();
  for (const std::string& loss : DescribeLosses(*dump)) Say(program, loss);
  if (options.says_size) {
    Say(program, absl::StrCat(dump->name, ": read ", dump->graph.num_nodes(),
                              " objects"));
  }
  return std::make_unique<AnalyzedHeap>(options, progress, *std::move(dump));
}

AnalyzedHeap::AnalyzedHeap(const HeapOptions& options, Progress* progress,
                           LoadedDump dump)
    : options_(options),
      progress_(progress),
      sources_(options.source_prefixes, ThreadsToUse(options.num_threads)),
      dump_(std::move(dump)) {}

const OwnerAnalysis& AnalyzedHeap::owners() {
  if (!owners_.has_value()) {
    const auto on_stage = [this](absl::string_view stage) {
      progress_->StartStage(stage);
    };
    owners_.emplace(AnalyzeOwners(options_.ownership,
                                  ThreadsToUse(options_.num_threads), on_stage,
                                  &sources_, dump_.graph));
    progress_->Erase();
  }
  return *owners_;
}

OwnedHeap AnalyzedHeap::owned_heap() {
  return owners().heap(&dump_.graph, ThreadsToUse(options_.num_threads));
}

const std::vector<uint64_t>& AnalyzedHeap::retained_bytes() {
  if (!retained_bytes_.has_value()) {
    retained_bytes_ = RetainedBytes(dump_.graph.size, owners().tree);
  }
  return *retained_bytes_;
}

const SubtreeOrder& AnalyzedHeap::subtrees() {
  if (!subtrees_.has_value()) subtrees_ = OrderSubtrees(owners().tree);
  return *subtrees_;
}

const FunctionTable& AnalyzedHeap::functions() {
  if (!functions_.has_value()) {
    const OwnedHeap heap = owned_heap();
    progress_->StartStage("building the profile");
    functions_ = FindFunctions(heap);
    progress_->Erase();
  }
  return *functions_;
}

const ProfileTree& AnalyzedHeap::profile() {
  if (!profile_.has_value()) profile_ = BuildProfile(owned_heap(), functions());
  return *profile_;
}

const std::vector<std::string>& AnalyzedHeap::paths() {
  if (!paths_.has_value()) {
    paths_ = MakePaths(functions(), dump_.graph.strings);
  }
  return *paths_;
}

std::vector<std::string> AnalyzedHeap::owner_names() {
  std::vector<std::string> names(functions().size());
  ForEachOwnerName([&names](uint32_t function, const std::string& name) {
    names[function] = name;
  });
  return names;
}

void AnalyzedHeap::ForEachOwnerName(
    absl::FunctionRef<void(uint32_t function, const std::string& name)> take) {
  ForEachName(functions(), dump_.graph.strings, Places::kHidden,
              [take](uint32_t function, const std::string& name) {
                take(function, CleanName(name));
              });
}

const Packages& AnalyzedHeap::packages() {
  if (!packages_.has_value()) {
    packages_ = FindPackages(functions(), dump_.graph.strings);
  }
  return *packages_;
}

const TypeNames& AnalyzedHeap::type_names() {
  if (!type_names_.has_value()) type_names_.emplace(&dump_.graph);
  return *type_names_;
}

void AnalyzedHeap::HideKeys() {
  owners();  // Which need texts.
  HideTexts(&dump_.graph);
}

absl::Status AnalyzedHeap::FocusOn(const std::string& text) {
  const std::vector<bool> is_focused =
      FindObjectsNamed(text, graph(), functions());
  functions_.reset();
  if (std::find(is_focused.begin(), is_focused.end(), true) ==
      is_focused.end()) {
    return absl::OutOfRangeError(
        absl::StrCat(name(), ": expected a function whose name contains \"",
                     text, "\", got none"));
  }
  owners_->ownership = Focus(owners_->ownership, is_focused);
  owners_->tree =
      Subtree(DominatorsOf(owners_->ownership), owners_->ownership.focus());
  return absl::OkStatus();
}

ProfileTree AnalyzedHeap::TakeProfile() {
  profile();
  ProfileTree tree = *std::move(profile_);
  profile_.reset();
  functions_.reset();
  owners_.reset();
  return tree;
}

}  // namespace heapgrind
