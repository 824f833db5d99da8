#include "converter/heap_graph_builder.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/address_index.h"

namespace heapgrind {
namespace {

// A longer text names nothing that a reader could tell apart.
constexpr size_t kMaxTextBytes = 100;
constexpr size_t kMaxNumberBytes = 6;

NodeKind KindOf(const DumpRecord& record) {
  static const auto* const kKinds =
      new absl::flat_hash_map<absl::string_view, NodeKind>{
          {"module", NodeKind::kModule},
          {"class", NodeKind::kClass},
          {"function", NodeKind::kFunction},
          {"code", NodeKind::kCode},
          {"frame", NodeKind::kFrame},
          // Meliae has types, but no kinds.
          {"type", NodeKind::kClass},
          {"classobj", NodeKind::kClass},
      };
  const std::string_view key =
      record.kind.data() == nullptr ? record.type : record.kind;
  const auto found = kKinds->find({key.data(), key.size()});
  if (found != kKinds->end()) return found->second;
  // Of other types Meliae names the instances of metaclasses alone.
  const bool is_class = record.name.data() && !record.file.data();
  return is_class ? NodeKind::kClass : NodeKind::kObject;
}

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("-0123456789") == std::string_view::npos;
}

// A dictionary without `pairs` is Meliae's: key, value, key, value throughout.
uint64_t NumPairs(const DumpRecord& record) {
  if (record.pairs > 0) return record.pairs;
  const bool is_old_dict = record.type == "dict" && record.names.empty() &&
                           record.refs.size() % 2 == 0;
  return is_old_dict ? record.refs.size() / 2 : 0;
}

uint32_t Clamp(uint64_t number) {
  return static_cast<uint32_t>(std::min<uint64_t>(number, UINT32_MAX));
}

void AppendNumber(uint64_t number, std::string* key) {
  key->append(reinterpret_cast<const char*>(&number), sizeof(number));
}

}  // namespace

void HeapGraphBuilder::Add(const DumpRecord& record) {
  if (record.form == RecordForm::kRoot) AddRoot(record);
  if (record.form == RecordForm::kObject) AddObject(record);
}

void HeapGraphBuilder::AddRoot(const DumpRecord& record) {
  RawRoot raw;
  raw.root.kind = graph_.strings.Intern(record.root);
  raw.root.name = graph_.strings.Intern(record.name);
  raw.root.names = InternAll(record.names);
  raw.addresses = record.refs;
  roots_.push_back(std::move(raw));
}

void HeapGraphBuilder::AddObject(const DumpRecord& record) {
  const NodeKind kind = KindOf(record);
  StringId text = kNoString;
  if (kind != NodeKind::kObject || record.file.data() != nullptr) {
    AddDefinition(record);
    // Meliae calls the name of a frame its value.
    const auto name = record.name.data() ? record.name : record.value;
    if (name.data() != nullptr) text = graph_.strings.Intern(name);
  } else if (record.value.data() != nullptr &&
             (!IsNumber(record.value) ||
              record.value.size() <= kMaxNumberBytes)) {
    text = graph_.strings.Intern(record.value.substr(0, kMaxTextBytes));
  } else if (record.name.data() != nullptr) {
    text = graph_.strings.Intern(record.name);
  }
  const uint32_t arrival = static_cast<uint32_t>(address_.size());
  if (record.refcount > 0) graph_.refcounts[arrival] = record.refcount;
  if (!record.names.empty()) graph_.has_reference_names = true;
  losses_.references_left_out += record.refs_left_out;
  address_.push_back(record.address);
  size_.push_back(record.size);
  if (keeps_overhead_) {
    gc_bytes_.push_back(Clamp(record.gc));
    slack_.push_back(Clamp(record.slack));
  }
  shape_.push_back(ShapeOf(record, kind));
  text_.push_back(text);
  reference_addresses_.insert(reference_addresses_.end(), record.refs.begin(),
                              record.refs.end());
  first_reference_.push_back(reference_addresses_.size());
}

void HeapGraphBuilder::AddDefinition(const DumpRecord& record) {
  Definition definition;
  StringTable& strings = graph_.strings;
  const auto intern = [&strings](std::string_view text) {
    return text.data() == nullptr ? kNoString : strings.Intern(text);
  };
  definition.qualname = intern(record.qualname);
  definition.module = intern(record.module);
  definition.file = intern(record.file);
  definition.line = Clamp(record.line);
  if (definition.qualname == kNoString)
    definition.qualname = intern(record.name);
  graph_.definitions[static_cast<NodeId>(address_.size())] = definition;
}

uint32_t HeapGraphBuilder::ShapeOf(const DumpRecord& record, NodeKind kind) {
  Shape shape;
  shape.type = graph_.strings.Intern(record.type);
  shape.kind = kind;
  shape.names = InternAll(record.names);
  const uint64_t num_pairs = NumPairs(record);
  shape.is_mapping = num_pairs > 0 && 2 * num_pairs <= record.refs.size();
  if (shape.is_mapping) {
    shape.num_after_pairs =
        static_cast<uint32_t>(record.refs.size() - 2 * num_pairs);
  }
  shape_key_.clear();
  AppendNumber(shape.type, &shape_key_);
  AppendNumber(static_cast<uint64_t>(kind) << 1 | shape.is_mapping,
               &shape_key_);
  AppendNumber(shape.num_after_pairs, &shape_key_);
  for (const StringId name : shape.names) AppendNumber(name, &shape_key_);
  const auto [entry, is_new] = shape_of_key_.try_emplace(
      shape_key_, static_cast<uint32_t>(graph_.shapes.size()));
  if (is_new) graph_.shapes.push_back(std::move(shape));
  return entry->second;
}

std::vector<StringId> HeapGraphBuilder::InternAll(
    const std::vector<std::string_view>& names) {
  std::vector<StringId> ids;
  ids.reserve(names.size());
  for (const std::string_view name : names) {
    ids.push_back(name.data() == nullptr ? kNoString
                                         : graph_.strings.Intern(name));
  }
  return ids;
}

absl::StatusOr<HeapGraph> HeapGraphBuilder::Build() {
  if (address_.size() >= kNoNode) {
    return absl::ResourceExhaustedError(
        "expected at most 4294967294 objects, got more");
  }
  const std::vector<uint32_t> arrivals = DistinctObjectsByAddress();
  ResolveReferences(arrivals);
  HeapGraph graph = std::move(graph_);
  *this = [this] {
    HeapGraphBuilder empty;
    empty.losses_ = losses_;
    return empty;
  }();
  return graph;
}

bool HeapGraphBuilder::SameObject(uint32_t a, uint32_t b) const {
  const auto references = [this](uint32_t arrival) {
    return absl::MakeConstSpan(reference_addresses_)
        .subspan(first_reference_[arrival],
                 first_reference_[arrival + 1] - first_reference_[arrival]);
  };
  return size_[a] == size_[b] && shape_[a] == shape_[b] &&
         text_[a] == text_[b] && references(a) == references(b);
}

// Sorts the arrivals by address and drops, and counts, what was dumped before.
std::vector<uint32_t> HeapGraphBuilder::DistinctObjectsByAddress() {
  std::vector<uint32_t> arrivals(address_.size());
  std::iota(arrivals.begin(), arrivals.end(), 0);
  std::sort(arrivals.begin(), arrivals.end(), [this](uint32_t a, uint32_t b) {
    return address_[a] != address_[b] ? address_[a] < address_[b] : a < b;
  });
  size_t num_kept = 0;
  for (const uint32_t arrival : arrivals) {
    if (num_kept == 0 ||
        address_[arrivals[num_kept - 1]] != address_[arrival]) {
      arrivals[num_kept++] = arrival;
    } else if (SameObject(arrivals[num_kept - 1], arrival)) {
      ++losses_.repeated_objects;
    } else {
      ++losses_.contradicting_objects;
    }
  }
  arrivals.resize(num_kept);
  return arrivals;
}

void HeapGraphBuilder::ResolveReferences(
    const std::vector<uint32_t>& arrivals) {
  std::vector<uint32_t> node_of_arrival(address_.size(), kNoNode);
  for (NodeId node = 0; node < arrivals.size(); ++node) {
    const uint32_t arrival = arrivals[node];
    node_of_arrival[arrival] = node;
    graph_.address.push_back(address_[arrival]);
    graph_.size.push_back(size_[arrival]);
    if (keeps_overhead_) {
      graph_.gc_bytes.push_back(gc_bytes_[arrival]);
      graph_.slack.push_back(slack_[arrival]);
    }
    graph_.shape_of_node.push_back(shape_[arrival]);
    graph_.text.push_back(text_[arrival]);
  }
  const AddressIndex index(graph_.address);
  graph_.first_reference.reserve(arrivals.size() + 1);
  graph_.first_reference.push_back(0);
  graph_.references.reserve(reference_addresses_.size());
  for (const uint32_t arrival : arrivals) {
    for (uint64_t i = first_reference_[arrival];
         i < first_reference_[arrival + 1]; ++i) {
      // Absent targets keep their place, so that names stay aligned.
      const NodeId target = index.Find(reference_addresses_[i]);
      if (target == kNoNode) ++losses_.absent_references;
      graph_.references.push_back(target);
    }
    graph_.first_reference.push_back(graph_.references.size());
  }
  SortRoots();
  for (RawRoot& raw : roots_) {
    for (const uint64_t address : raw.addresses) {
      raw.root.references.push_back(index.Find(address));
      if (raw.root.references.back() == kNoNode) ++losses_.absent_references;
    }
    graph_.roots.push_back(std::move(raw.root));
  }
  MoveSideTables(node_of_arrival);
}

// Like that of objects, the order of roots must not depend on that of the
// lines.
void HeapGraphBuilder::SortRoots() {
  using Key = std::tuple<std::string_view, std::string_view,
                         const std::vector<uint64_t>&>;
  const auto key = [this](const RawRoot& raw) {
    return Key(graph_.strings.Text(raw.root.kind),
               graph_.strings.Text(raw.root.name), raw.addresses);
  };
  std::stable_sort(
      roots_.begin(), roots_.end(),
      [&key](const RawRoot& a, const RawRoot& b) { return key(a) < key(b); });
}

// Side tables were keyed by arrival; they become keyed by node.
void HeapGraphBuilder::MoveSideTables(
    const std::vector<uint32_t>& node_of_arrival) {
  absl::flat_hash_map<NodeId, Definition> definitions;
  for (const auto& [arrival, definition] : graph_.definitions) {
    if (node_of_arrival[arrival] == kNoNode) continue;
    definitions.emplace(node_of_arrival[arrival], definition);
  }
  graph_.definitions = std::move(definitions);
  absl::flat_hash_map<NodeId, uint64_t> refcounts;
  for (const auto& [arrival, refcount] : graph_.refcounts) {
    if (node_of_arrival[arrival] == kNoNode) continue;
    refcounts.emplace(node_of_arrival[arrival], refcount);
  }
  graph_.refcounts = std::move(refcounts);
}

}  // namespace heapgrind
