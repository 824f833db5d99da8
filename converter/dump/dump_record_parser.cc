#include "converter/dump/dump_record_parser.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

// The keys, in the order in which lines have them, and which forms have them.
enum Key {
  kAddress,
  kType,
  kSize,
  kGc,
  kSlack,
  kResident,
  kSite,
  kCaller,
  kKind,
  kRoot,
  kName,
  kQualname,
  kModule,
  kFile,
  kLine,
  kLastLine,
  kId,
  kLen,
  kValue,
  kRefcount,
  kPairs,
  kRefs,
  kRefsLeftOut,
  kInside,
  kNames,
  kEnd,
  kLeftOut,
  kLeftOutSize,
  kPymallocExplained,
  kMallocExplained,
  kNativeExplained,
  kMallocAbsent,
  kSwapped,
  kResidentUnknown,
  kDamaged,
  kUnreadable,
  kLostRoots,
  kNativeCutShort,
  kNativeUnknown,
  kHeapgrind
};

constexpr unsigned Bit(RecordForm form) {
  return 1u << static_cast<unsigned>(form);
}

constexpr unsigned kOfObject = Bit(RecordForm::kObject);
constexpr unsigned kOfRoot = Bit(RecordForm::kRoot);
constexpr unsigned kOfSite = Bit(RecordForm::kSite);
constexpr unsigned kOfEnd = Bit(RecordForm::kEnd);

unsigned FormsOfKey(size_t key) {
  switch (key) {
    case kRoot:
    case kId:
      return kOfRoot;
    case kName:
    case kRefs:
    case kNames:
      return kOfObject | kOfRoot;
    case kSize:
      return kOfObject | kOfEnd;
    case kSite:
    case kFile:
    case kLine:
      return kOfObject | kOfSite;
    case kCaller:
      return kOfSite;
    case kEnd:
    case kLeftOut:
    case kLeftOutSize:
    case kPymallocExplained:
    case kMallocExplained:
    case kNativeExplained:
    case kMallocAbsent:
    case kSwapped:
    case kResidentUnknown:
    case kDamaged:
    case kUnreadable:
    case kLostRoots:
    case kNativeCutShort:
    case kNativeUnknown:
      return kOfEnd;
    case kHeapgrind:
      return 0;
    default:
      return kOfObject;
  }
}

std::vector<JsonField> Fields(DumpRecord* r, uint64_t* format_version) {
  return {
      {"address", &r->address},
      {"type", &r->type},
      {"size", &r->size},
      {"gc", &r->gc},
      {"slack", &r->slack},
      {"resident", &r->resident},
      {"site", &r->site},
      {"caller", &r->caller},
      {"kind", &r->kind},
      {"root", &r->root},
      {"name", &r->name},
      {"qualname", &r->qualname},
      {"module", &r->module},
      {"file", &r->file},
      {"line", &r->line},
      {"last_line", &r->last_line},
      {"id", &r->id},
      {"len", &r->len},
      {"value", TextOrNumber{&r->value}},
      {"refcount", &r->refcount},
      {"pairs", &r->pairs},
      {"refs", &r->refs},
      {"refs_left_out", &r->refs_left_out},
      {"inside", &r->inside},
      {"names", &r->names},
      {"end", &r->end},
      {"left_out", &r->left_out},
      {"left_out_size", &r->left_out_size},
      {"pymalloc_explained", &r->pymalloc_explained},
      {"malloc_explained", &r->malloc_explained},
      {"native_explained", &r->native_explained},
      {"malloc_absent", &r->malloc_absent},
      {"swapped", &r->swapped},
      {"resident_unknown", &r->resident_unknown},
      {"damaged", &r->damaged},
      {"unreadable", &r->unreadable},
      {"lost_roots", &r->lost_roots},
      {"native_cut_short", &r->native_cut_short},
      {"native_unknown", &r->native_unknown},
      {"heapgrind", format_version},
  };
}

// The column of the last byte of the record, its closing brace.
size_t EndColumn(absl::string_view line) { return line.rfind('}') + 1; }

}  // namespace

DumpRecordParser::DumpRecordParser()
    : parser_(Fields(&record_, &format_version_)) {}

absl::Status DumpRecordParser::Parse(absl::string_view line) {
  absl::Status status = parser_.Parse(line);
  record_.text = std::string_view(line.data(), line.size());
  if (status.ok()) status = FindForm(line);
  if (!status.ok() || record_.form == RecordForm::kHeader) return status;
  status = CheckKeys(line);
  if (status.ok() && record_.pairs > record_.refs.size() / 2) {
    status = CheckPairs(line);
  }
  if (status.ok()) status = CheckResident(line);
  if (status.ok()) status = CheckSite(line);
  return status;
}

absl::Status DumpRecordParser::FindForm(absl::string_view line) {
  const std::vector<JsonField>& fields = parser_.fields();
  if (fields[kAddress].is_present) {
    record_.form = RecordForm::kObject;
  } else if (fields[kHeapgrind].is_present) {
    record_.form = RecordForm::kHeader;
  } else if (fields[kRoot].is_present) {
    record_.form = RecordForm::kRoot;
  } else if (fields[kEnd].is_present) {
    record_.form = RecordForm::kEnd;
  } else if (fields[kType].is_present || fields[kRefs].is_present) {
    record_.form =
        RecordForm::kObject;  // Of which CheckKeys misses the address.
  } else if (fields[kSite].is_present) {
    record_.form = RecordForm::kSite;
  } else {
    return absl::InvalidArgumentError(absl::StrCat(
        line.find('{') + 1,
        ": expected a record with \"address\", \"root\", \"end\" or "
        "\"heapgrind\", got an object without them"));
  }
  return absl::OkStatus();
}

absl::Status DumpRecordParser::CheckKeys(absl::string_view line) const {
  const unsigned form = Bit(record_.form);
  for (const MistypedField& mistyped : parser_.mistyped()) {
    if (FormsOfKey(mistyped.field) & form) {
      return absl::InvalidArgumentError(mistyped.message);
    }
  }
  for (const Key key : {kAddress, kType, kSize, kRefs, kFile}) {
    const bool is_needed = key == kFile ? record_.form == RecordForm::kSite
                                        : record_.form == RecordForm::kObject;
    const JsonField& field = parser_.fields()[key];
    if (!is_needed || field.is_present) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(EndColumn(line), ": expected \"", std::string(field.key),
                     "\", got the end of the record"));
  }
  return absl::OkStatus();
}

absl::Status DumpRecordParser::CheckSite(absl::string_view line) const {
  const bool is_site = record_.form == RecordForm::kSite;
  if (!is_site && record_.form != RecordForm::kObject) return absl::OkStatus();
  if (record_.site > UINT32_MAX || (is_site && record_.site == 0)) {
    return absl::InvalidArgumentError(absl::StrCat(
        EndColumn(line), ": expected a \"site\" from ", is_site ? 1 : 0, " to ",
        UINT32_MAX, ", got ", record_.site));
  }
  if (!is_site || record_.caller < record_.site) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(EndColumn(line), ": expected a \"caller\" below the site, ",
                   record_.site, ", got ", record_.caller));
}

absl::Status DumpRecordParser::CheckResident(absl::string_view line) const {
  if (record_.form != RecordForm::kObject) return absl::OkStatus();
  if (record_.resident <= record_.size) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      EndColumn(line), ": expected a \"resident\" up to the size, ",
      record_.size, ", got ", record_.resident));
}

absl::Status DumpRecordParser::CheckPairs(absl::string_view line) const {
  if (record_.form != RecordForm::kObject) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(EndColumn(line), ": expected ", record_.pairs,
                   " pairs of references, as \"pairs\" says, got ",
                   record_.refs.size(), " references"));
}

}  // namespace heapgrind
