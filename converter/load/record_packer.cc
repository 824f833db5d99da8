#include "converter/load/record_packer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"
#include "converter/load/name_texts.h"
#include "converter/load/shape_key.h"

namespace heapgrind {
namespace {

uint32_t Clamp(uint64_t number) {
  return static_cast<uint32_t>(std::min<uint64_t>(number, UINT32_MAX));
}

// Tells most shapes apart by a few bytes of the type and of the last name.
size_t CheapHash(const DumpRecord& record) {
  const auto ends = [](std::string_view text) {
    if (text.empty()) return size_t{0};
    return text.size() + 7 * static_cast<unsigned char>(text.front()) +
           31 * static_cast<unsigned char>(text.back());
  };
  size_t hash = ends(record.type) + 3 * record.names.size();
  if (!record.names.empty()) hash += 5 * ends(record.names.back());
  return hash;
}

// Copies an array to one of just its size, and keeps the memory of the first.
template <typename Array>
void MoveExactly(Array* from, Array* to) {
  to->assign(from->begin(), from->end());
  from->clear();
}

}  // namespace

void RecordPacker::StartSection(uint64_t number) {
  FinishBlock();
  block_.section = number;
}

absl::Status RecordPacker::Take(const DumpRecord& record) {
  if (record.form == RecordForm::kRoot) PackRoot(record);
  if (record.form == RecordForm::kObject) PackObject(record);
  if (record.form == RecordForm::kSite) PackSite(record);
  return absl::OkStatus();
}

PackedRecords RecordPacker::TakeRecords() {
  FinishBlock();
  block_ = RecordBlock();
  shape_of_key_.clear();
  packer_ = std::make_shared<AddressPacker>();
  return std::exchange(packed_, PackedRecords());
}

// The arrays grow in one place, and what is kept has no room to spare.
void RecordPacker::FinishBlock() {
  if (block_.address.empty() && block_.roots.empty() && block_.sites.empty()) {
    return;
  }
  RecordBlock exact;
  exact.section = block_.section;
  exact.packer = packer_;
  MoveExactly(&block_.address, &exact.address);
  MoveExactly(&block_.size, &exact.size);
  MoveExactly(&block_.gc_bytes, &exact.gc_bytes);
  MoveExactly(&block_.slack, &exact.slack);
  MoveExactly(&block_.site, &exact.site);
  MoveExactly(&block_.shape, &exact.shape);
  MoveExactly(&block_.num_references, &exact.num_references);
  MoveExactly(&block_.text_size, &exact.text_size);
  MoveExactly(&block_.references, &exact.references);
  MoveExactly(&block_.texts, &exact.texts);
  MoveExactly(&block_.far_addresses, &exact.far_addresses);
  MoveExactly(&block_.far_references, &exact.far_references);
  MoveExactly(&block_.large_sizes, &exact.large_sizes);
  MoveExactly(&block_.virtual_sizes, &exact.virtual_sizes);
  MoveExactly(&block_.refcounts, &exact.refcounts);
  MoveExactly(&block_.num_inside, &exact.num_inside);
  MoveExactly(&block_.definitions, &exact.definitions);
  MoveExactly(&block_.definition_texts, &exact.definition_texts);
  MoveExactly(&block_.sites, &exact.sites);
  exact.roots = std::move(block_.roots);
  block_.roots.clear();
  packed_.blocks.push_back(std::move(exact));
}

void RecordPacker::PackRoot(const DumpRecord& record) {
  BlockRoot root;
  root.kind = std::string(record.root);
  root.name = std::string(record.name);
  root.references = record.refs;
  for (const std::string_view name : record.names) {
    root.names.emplace_back(name);
    root.has_name.push_back(name.data() != nullptr);
  }
  block_.roots.push_back(std::move(root));
}

void RecordPacker::PackSite(const DumpRecord& record) {
  block_.sites.push_back({static_cast<uint32_t>(record.site),
                          static_cast<uint32_t>(record.caller),
                          Clamp(record.line), Keep(record.file)});
}

void RecordPacker::PackObject(const DumpRecord& record) {
  const NodeKind kind = KindOfRecord(record);
  const uint32_t place = static_cast<uint32_t>(block_.address.size());
  const bool is_definition = IsDefinitionRecord(record, kind);
  if (is_definition) PackDefinition(record);
  PackText(record, is_definition);
  if (record.refcount > 0) block_.refcounts.push_back({place, record.refcount});
  if (record.inside > 0) block_.num_inside.push_back({place, record.inside});
  if (!record.names.empty()) packed_.has_reference_names = true;
  packed_.references_left_out += record.refs_left_out;
  block_.address.push_back(
      packer_->Pack(record.address, &block_.far_addresses));
  PackSize(record, place);
  if (keeps_overhead_) {
    block_.gc_bytes.push_back(Clamp(record.gc));
    block_.slack.push_back(Clamp(record.slack));
  }
  if (record.site != 0 || !block_.site.empty()) {
    block_.site.resize(place);  // Those before have none.
    block_.site.push_back(static_cast<uint32_t>(record.site));
  }
  block_.shape.push_back(ShapeOf(record, kind));
  block_.num_references.push_back(static_cast<uint32_t>(record.refs.size()));
  for (const uint64_t address : record.refs) {
    block_.references.push_back(packer_->Pack(address, &block_.far_references));
  }
}

void RecordPacker::PackSize(const DumpRecord& record, uint32_t place) {
  const uint64_t bytes = record.resident != 0 ? record.resident : record.size;
  block_.size.push_back(Clamp(bytes));
  if (block_.size.back() == RecordBlock::kLargeSize) {
    block_.large_sizes.push_back({place, bytes});
  }
  if (bytes != record.size)
    block_.virtual_sizes.push_back({place, record.size});
}

// The text of a definition is with the definition.
void RecordPacker::PackText(const DumpRecord& record, bool is_definition) {
  std::string_view text;
  if (!is_definition) text = TextOfRecord(record, false);
  if (text.data() == nullptr) {
    block_.text_size.push_back(RecordBlock::kNoText);
    return;
  }
  text = text.substr(0, kMaxTextBytes);
  block_.text_size.push_back(static_cast<uint8_t>(text.size()));
  block_.texts.insert(block_.texts.end(), text.begin(), text.end());
}

void RecordPacker::PackDefinition(const DumpRecord& record) {
  BlockDefinition definition;
  definition.record = static_cast<uint32_t>(block_.address.size());
  definition.line = Clamp(record.line);
  definition.last_line = Clamp(record.last_line);
  definition.name = Keep(TextOfRecord(record, true));
  definition.qualname =
      Keep(record.qualname.data() == nullptr ? record.name : record.qualname);
  definition.module = Keep(record.module);
  definition.file = Keep(record.file);
  block_.definitions.push_back(definition);
}

BlockText RecordPacker::Keep(std::string_view text) {
  if (text.data() == nullptr) return {};
  const BlockText kept = {static_cast<uint32_t>(block_.definition_texts.size()),
                          static_cast<uint32_t>(text.size())};
  block_.definition_texts.append(text);
  return kept;
}

uint32_t RecordPacker::ShapeOf(const DumpRecord& record, NodeKind kind) {
  uint32_t& recent = recent_shapes_[CheapHash(record) % kNumRecentShapes];
  const bool is_recent = recent < packed_.shape_keys.size() &&
                         HasShapeKey(record, kind, packed_.shape_keys[recent]);
  if (!is_recent) recent = FindShape(record, kind);
  return recent;
}

uint32_t RecordPacker::FindShape(const DumpRecord& record, NodeKind kind) {
  WriteShapeKey(record, kind, &shape_key_);
  const auto found = shape_of_key_.find(
      absl::string_view(shape_key_.data(), shape_key_.size()));
  if (found != shape_of_key_.end()) return found->second;
  const uint32_t shape = static_cast<uint32_t>(packed_.shape_keys.size());
  shape_of_key_.emplace(shape_key_, shape);
  packed_.shape_keys.push_back(shape_key_);
  return shape;
}

}  // namespace heapgrind
