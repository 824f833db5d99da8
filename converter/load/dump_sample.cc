#include "converter/load/dump_sample.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "converter/base/abseil_view.h"
#include "converter/dump/dump_reader.h"
#include "converter/dump/record_sink.h"
#include "converter/files/dump_source.h"
#include "converter/files/piece_source.h"
#include "converter/load/name_texts.h"

namespace heapgrind {
namespace {

constexpr uint64_t kNumPieces = 64;

// Counts what is in records.
class CountingSink : public RecordSink {
 public:
  void StartSection(uint64_t) override {}

  absl::Status Take(const DumpRecord& record) override {
    if (record.form != RecordForm::kObject) return absl::OkStatus();
    ++sample_.objects;
    sample_.references += record.refs.size();
    for (const std::string_view name :
         {record.name, record.qualname, record.module, record.file}) {
      AddName(name);
    }
    if (LooksLikeAName(record.value)) {
      AddName(record.value);
    } else {
      sample_.content_bytes += record.value.size();
    }
    return absl::OkStatus();
  }

  const DumpSample& sample() const { return sample_; }

 private:
  void AddName(std::string_view name) {
    if (name.empty() || !names_.insert(absl::HashOf(View(name))).second) return;
    ++sample_.names;
    sample_.name_bytes += name.size();
  }

  DumpSample sample_;
  absl::flat_hash_set<size_t> names_;  // Their hashes.
};

// The beginning of another source.
class BeginningSource : public ByteSource {
 public:
  BeginningSource(ByteSource* whole, uint64_t size)
      : whole_(whole), num_left_(size) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    if (num_left_ == 0) return 0;
    absl::StatusOr<size_t> count =
        whole_->Read(buffer, std::min<uint64_t>(capacity, num_left_));
    if (count.ok()) num_left_ -= *count;
    return count;
  }
  uint64_t position() const override { return whole_->position(); }
  uint64_t total_size() const override { return whole_->total_size(); }

 private:
  ByteSource* const whole_;
  uint64_t num_left_;
};

// Reads `source` and says what the whole dump has, of which `source` is the
// part position() / total_size().
absl::StatusOr<DumpSample> CountAll(const std::string& path,
                                    ByteSource* source) {
  CountingSink sink;
  RecordSink* const sinks[] = {&sink};
  const absl::StatusOr<DumpFacts> facts =
      ReadDump(path, source,
               {[](const DumpHeader&) {}, [](uint64_t, uint64_t) {}}, sinks);
  if (!facts.ok()) return facts.status();
  const double factor =
      static_cast<double>(source->total_size()) /
      static_cast<double>(std::max<uint64_t>(source->position(), 1));
  DumpSample sample = sink.sample();
  for (uint64_t* const number :
       {&sample.objects, &sample.references, &sample.names, &sample.name_bytes,
        &sample.content_bytes}) {
    *number = static_cast<uint64_t>(static_cast<double>(*number) * factor);
  }
  return sample;
}

}  // namespace

absl::StatusOr<DumpSample> SampleDump(const std::string& path,
                                      const SampleSizes& sizes) {
  const absl::StatusOr<bool> is_compressed = IsCompressed(path);
  if (!is_compressed.ok()) return is_compressed.status();
  if (*is_compressed) {
    absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
    if (!source.ok()) return source.status();
    BeginningSource beginning(source->get(), sizes.beginning);
    return CountAll(path, &beginning);
  }
  absl::StatusOr<std::unique_ptr<PieceSource>> pieces =
      PieceSource::Open(path, kNumPieces, sizes.piece);
  if (!pieces.ok()) return pieces.status();
  return CountAll(path, pieces->get());
}

}  // namespace heapgrind
