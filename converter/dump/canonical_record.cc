#include "converter/dump/canonical_record.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "converter/json/json_bytes.h"

namespace heapgrind {
namespace {

// Whether the `length` bytes at `a` and `b` are the same: eight at a time, the
// last ones twice where that makes it eight, without a call.
template <size_t length>
bool AreEqual(const char* a, const char* b) {
  if constexpr (length < 8) {
    for (size_t i = 0; i < length; ++i) {
      if (a[i] != b[i]) return false;
    }
  } else {
    for (size_t i = 0; i < length; i += 8) {
      const size_t at = std::min(i, length - 8);
      uint64_t words[2];
      std::memcpy(&words[0], a + at, 8);
      std::memcpy(&words[1], b + at, 8);
      if (words[0] != words[1]) return false;
    }
  }
  return true;
}

// Reads a line from front to back.  Each function reads what its name says and
// returns whether it stood there; after false the scan is over.
class Scan {
 public:
  explicit Scan(absl::string_view line)
      : at_(line.data()), end_(line.data() + line.size()) {}

  template <size_t size>
  bool Literal(const char (&text)[size]) {
    constexpr size_t length = size - 1;
    if (static_cast<size_t>(end_ - at_) < length) return false;
    if (!AreEqual<length>(at_, text)) return false;
    at_ += length;
    return true;
  }

  bool Number(uint64_t* number) {
    const char* const stop = ReadWholeNumber(at_, end_, number);
    if (stop == nullptr) return false;
    at_ = stop;
    return true;
  }

  bool String(std::string_view* text) {
    if (!Literal("\"")) return false;
    const char* const stop = EndOfPlainText(at_, end_);
    if (stop == end_ || *stop != '"') return false;
    *text = {at_, static_cast<size_t>(stop - at_)};
    at_ = stop + 1;
    return true;
  }

  // A number stays as it is written.
  bool StringOrNumber(std::string_view* text) {
    if (at_ != end_ && *at_ == '"') return String(text);
    const char* const stop = EndOfNumber(at_, end_);
    if (stop == nullptr) return false;
    *text = {at_, static_cast<size_t>(stop - at_)};
    at_ = stop;
    return true;
  }

  bool Numbers(std::vector<uint64_t>* numbers) {
    if (Literal("[]")) return true;
    if (!Literal("[")) return false;
    do {
      uint64_t number;
      if (!Number(&number)) return false;
      numbers->push_back(number);
    } while (Literal(", "));
    return Literal("]");
  }

  bool StringsAndNulls(std::vector<std::string_view>* texts) {
    if (Literal("[]")) return true;
    if (!Literal("[")) return false;
    do {
      std::string_view text;
      if (!Literal("null") && !String(&text)) return false;
      texts->push_back(text);
    } while (Literal(", "));
    return Literal("]");
  }

  // Keys may be missing: these read nothing then.
  template <size_t size>
  bool OptionalNumber(const char (&key)[size], uint64_t* number) {
    return !Literal(key) || Number(number);
  }
  template <size_t size>
  bool OptionalString(const char (&key)[size], std::string_view* text) {
    return !Literal(key) || String(text);
  }

  bool IsAtEnd() const { return at_ == end_; }

 private:
  const char* at_;
  const char* const end_;
};

void Clear(DumpRecord* r) {
  r->form = RecordForm::kObject;
  r->address = r->size = r->gc = r->slack = r->resident = r->site = 0;
  r->len = r->line = r->last_line = 0;
  r->refcount = r->pairs = r->refs_left_out = r->inside = r->id = r->end = 0;
  r->left_out = r->left_out_size = r->caller = 0;
  r->type = r->kind = r->name = r->qualname = r->module = r->file = {};
  r->value = r->root = {};
  r->refs.clear();
  r->names.clear();
}

bool ScanDefinition(Scan* scan, DumpRecord* r) {
  return scan->OptionalString(", \"kind\": ", &r->kind) &&
         scan->OptionalString(", \"name\": ", &r->name) &&
         scan->OptionalString(", \"qualname\": ", &r->qualname) &&
         scan->OptionalString(", \"module\": ", &r->module) &&
         scan->OptionalString(", \"file\": ", &r->file) &&
         scan->OptionalNumber(", \"line\": ", &r->line) &&
         scan->OptionalNumber(", \"last_line\": ", &r->last_line);
}

bool ScanContent(Scan* scan, DumpRecord* r) {
  return scan->OptionalNumber(", \"len\": ", &r->len) &&
         (!scan->Literal(", \"value\": ") || scan->StringOrNumber(&r->value)) &&
         scan->OptionalNumber(", \"refcount\": ", &r->refcount) &&
         scan->OptionalNumber(", \"pairs\": ", &r->pairs);
}

}  // namespace

bool ScanCanonicalRecord(absl::string_view line, DumpRecord* r) {
  Clear(r);
  r->text = std::string_view(line.data(), line.size());
  Scan scan(line);
  return scan.Literal("{\"address\": ") && scan.Number(&r->address) &&
         scan.Literal(", \"type\": ") && scan.String(&r->type) &&
         scan.Literal(", \"size\": ") && scan.Number(&r->size) &&
         scan.OptionalNumber(", \"gc\": ", &r->gc) &&
         scan.OptionalNumber(", \"slack\": ", &r->slack) &&
         scan.OptionalNumber(", \"resident\": ", &r->resident) &&
         scan.OptionalNumber(", \"site\": ", &r->site) &&
         ScanDefinition(&scan, r) && ScanContent(&scan, r) &&
         scan.Literal(", \"refs\": ") && scan.Numbers(&r->refs) &&
         scan.OptionalNumber(", \"refs_left_out\": ", &r->refs_left_out) &&
         scan.OptionalNumber(", \"inside\": ", &r->inside) &&
         (!scan.Literal(", \"names\": ") || scan.StringsAndNulls(&r->names)) &&
         scan.Literal("}") && scan.IsAtEnd() &&
         r->pairs <= r->refs.size() / 2 && r->resident <= r->size &&
         r->site <= UINT32_MAX;
}

}  // namespace heapgrind
