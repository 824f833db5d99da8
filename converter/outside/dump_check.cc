#include "converter/outside/dump_check.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr uint64_t kLongestLine = uint64_t{4} << 30;  // docs/dump_format.md
constexpr size_t kLongestHead = 1 << 20;  // Bytes up to an object's size.
constexpr uint64_t kSmallRecord = 512;    // Bytes.
constexpr uint64_t kForEnd = 4096;        // Bytes kept free for the end record.
// Even a heap of empty tuples takes less text than that for each byte of it.
constexpr uint64_t kMostTextOfByte = 32;
constexpr uint64_t kMostTextBesides = 64 << 20;  // Bytes.

constexpr absl::string_view kObject = "{\"address\": ";
constexpr absl::string_view kSite = "{\"site\": ";

// Whether a line that begins so is left out where there is no room for it.
bool MayBeLeftOut(absl::string_view line) {
  return absl::StartsWith(line, kObject) || absl::StartsWith(line, kSite);
}

absl::Status NoDump(absl::string_view expected, absl::string_view got) {
  return Refusal(
      absl::StrCat("expected ", expected, " from its copy, got ", got));
}

// Takes a number and what stands behind it.
bool TakeNumber(absl::string_view* text, uint64_t* number) {
  const size_t size =
      std::min(text->find_first_not_of("0123456789"), text->size());
  if (!absl::SimpleAtoi(text->substr(0, size), number)) return false;
  text->remove_prefix(size);
  return true;
}

// Takes the rest of a string, and its quote.
bool TakeString(absl::string_view* text) {
  for (size_t i = 0; i < text->size(); ++i) {
    if ((*text)[i] == '\\') {
      ++i;
    } else if ((*text)[i] == '"') {
      text->remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

// The size in `{"address": 1, "type": "list", "size": 88...`.
bool SizeOfObject(absl::string_view line, uint64_t* size) {
  uint64_t address;
  return absl::ConsumePrefix(&line, kObject) && TakeNumber(&line, &address) &&
         absl::ConsumePrefix(&line, ", \"type\": \"") && TakeString(&line) &&
         absl::ConsumePrefix(&line, ", \"size\": ") &&
         TakeNumber(&line, size) && !line.empty() &&
         (line[0] == ',' || line[0] == '}');
}

// Whether a figure of the end record is about the objects that are there.
bool IsOfObjects(absl::string_view key) {
  return key == "pymalloc_explained" || key == "malloc_explained" ||
         key == "malloc_absent" || key == "native_explained";
}

// Takes a number, or a string with its quotes.
bool TakeFigure(absl::string_view* text) {
  uint64_t number;
  if (absl::ConsumePrefix(text, "\"")) return TakeString(text);
  return TakeNumber(text, &number);
}

// The figures of an end record behind its size, without those that are not
// known once objects are left out.
std::string OtherFigures(absl::string_view rest) {
  std::string figures;
  while (absl::ConsumePrefix(&rest, ", \"")) {
    const absl::string_view key = rest.substr(0, rest.find('"'));
    rest.remove_prefix(key.size());
    if (!absl::ConsumePrefix(&rest, "\": ")) break;
    const absl::string_view value = rest;
    if (!TakeFigure(&rest)) break;
    if (IsOfObjects(key)) continue;
    absl::StrAppend(&figures, ", \"", key,
                    "\": ", value.substr(0, value.size() - rest.size()));
  }
  return figures;
}

}  // namespace

uint64_t MostTextOfDump(uint64_t memory) {
  return kMostTextOfByte * memory + kMostTextBesides;
}

absl::Status DumpCheck::Take(absl::string_view bytes) {
  bytes_ += bytes.size();
  if (bytes_ > most_text_) {
    return NoDump("a dump", absl::StrCat("more than ", most_text_, " bytes"));
  }
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const absl::Status status =
        TakePart(bytes.substr(0, std::min(end, bytes.size())));
    if (!status.ok()) return status;
    if (end == bytes.npos) break;
    bytes.remove_prefix(end + 1);
    const absl::Status ended = EndLine();
    if (!ended.ok()) return ended;
  }
  return output_.status();
}

// A line waits for its end, unless it is very long and will not be left out.
absl::Status DumpCheck::TakePart(absl::string_view part) {
  if (part.empty()) return absl::OkStatus();
  if (has_end_) return NoDump("nothing behind the dump's end", "more");
  if (length_ == 0 && part[0] != '{') {
    return NoDump("lines with records", "one that begins otherwise");
  }
  length_ += part.size();
  last_ = part.back();
  if (length_ > kLongestLine) {
    return NoDump("a line of less than 4 GiB", "a longer one");
  }
  if (is_begun_) {
    output_.Append(part);
    return absl::OkStatus();
  }
  const uint64_t most =
      std::max<uint64_t>(kLongestHead, max_bytes_ == 0 ? 0 : RoomLeft());
  const uint64_t room = most - head_.size();
  head_.append(part.data(), std::min<uint64_t>(part.size(), room));
  if (part.size() > room && (max_bytes_ == 0 || !MayBeLeftOut(head_))) {
    is_begun_ = true;
    output_.Append(head_);
    output_.Append(part.substr(room));
  }
  return absl::OkStatus();
}

absl::Status DumpCheck::EndLine() {
  if (length_ == 0 || last_ != '}') {
    return NoDump("lines with records", "one that ends otherwise");
  }
  const bool is_header = absl::StartsWith(head_, "{\"heapgrind\": ");
  if (is_header != (lines_ == 0)) {
    return NoDump("one header, at the beginning", "another order");
  }
  ++lines_;
  absl::Status status;
  if (absl::StartsWith(head_, kObject)) {
    status = EndObject();
  } else if (absl::StartsWith(head_, "{\"end\": ")) {
    status = EndDump();
  } else if (!MayBeLeftOut(head_) || FindRoom()) {
    WriteLine(head_);
  }
  head_.clear();
  length_ = 0;
  is_begun_ = false;
  return status;
}

absl::Status DumpCheck::EndObject() {
  uint64_t size = 0;
  if (!SizeOfObject(head_, &size)) {
    return NoDump("objects with address, type and size", "one without");
  }
  ++objects_;
  size_ += size;
  if (FindRoom()) {
    WriteLine(head_);
  } else {
    ++left_out_;
    left_out_size_ += size;
  }
  return absl::OkStatus();
}

// How much the allocators have handed out for the objects that are there is not
// known if some are left out.
absl::Status DumpCheck::EndDump() {
  absl::string_view rest = head_;
  uint64_t objects = 0;
  uint64_t size = 0;
  if (!absl::ConsumePrefix(&rest, "{\"end\": ") ||
      !TakeNumber(&rest, &objects) ||
      !absl::ConsumePrefix(&rest, ", \"size\": ") ||
      !TakeNumber(&rest, &size)) {
    return NoDump("an end with a number of objects and a size", "none");
  }
  if (objects != objects_ || size != size_) {
    return NoDump(absl::StrCat(objects, " objects of ", size, " bytes"),
                  absl::StrCat(objects_, " objects of ", size_, " bytes"));
  }
  has_end_ = true;
  if (left_out_ == 0) {
    WriteLine(head_);
  } else {
    WriteLine(absl::StrCat(
        "{\"end\": ", this->objects(), ", \"size\": ", this->size(),
        ", \"left_out\": ", left_out_, ", \"left_out_size\": ", left_out_size_,
        OtherFigures(rest), "}"));
  }
  return absl::OkStatus();
}

// Once there is next to no room, there will be none for smaller ones either.
bool DumpCheck::FindRoom() {
  if (max_bytes_ == 0) return true;
  is_full_ |= RoomLeft() < kSmallRecord;
  return !is_full_ && length_ < RoomLeft();
}

uint64_t DumpCheck::RoomLeft() const {
  const uint64_t taken = output_.most_bytes() + kForEnd;
  return taken < max_bytes_ ? max_bytes_ - taken : 0;
}

void DumpCheck::WriteLine(absl::string_view line) {
  if (!is_begun_) output_.Append(line);
  output_.Append("\n");
}

absl::Status DumpCheck::Finish() {
  if (lines_ == 0) return NoDump("a dump", "none");
  if (!has_end_ || length_ != 0) {
    return NoDump("a dump with an end", "one that is cut off");
  }
  return absl::OkStatus();
}

}  // namespace heapgrind
