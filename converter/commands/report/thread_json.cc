#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/commands/report/report_names.h"
#include "converter/commands/report/table_json.h"
#include "converter/profile/path_names.h"
#include "converter/suspects/row_weights.h"

namespace heapgrind {
namespace {

constexpr size_t kMostThreads = 100;
constexpr size_t kMostFrames = 100;           // Of a thread.
constexpr size_t kMostLocals = 20;            // Of a frame.
constexpr size_t kMostThreadBytes = 300'000;  // Of JSON, for all threads.

// Threads, their frames, and what these hold.
ProfileTree ProfileOfThreads(AnalyzedHeap* heap) {
  const FunctionTable& functions = heap->functions();
  const auto is_of_thread = [&functions](uint32_t function) {
    const RowKind kind = functions.RawAt(function).label.kind;
    return kind == RowKind::kThread || kind == RowKind::kFrame;
  };
  std::vector<bool> is_wanted(functions.size());
  for (uint32_t i = 1; i < is_wanted.size(); ++i) {
    is_wanted[i] = is_of_thread(i) || is_of_thread(functions.sizes.parent[i]);
  }
  return BuildProfileOf(heap->owned_heap(), functions, std::move(is_wanted));
}

class ThreadWriter {
 public:
  ThreadWriter(const ShownRows& rows, AnalyzedHeap* heap, JsonWriter* json)
      : rows_(rows),
        tree_(ProfileOfThreads(heap)),
        nodes_(tree_.nodes),
        paths_(MakePaths(tree_, heap->graph().strings)),
        strings_(heap->graph().strings),
        json_(*json) {
    for (uint32_t i = 1; i < rows.size(); ++i) {
      row_of_path_.try_emplace(rows.paths[i], i);
    }
    for (uint32_t i = 1; i < nodes_.size(); ++i) {
      if (Kind(i) == RowKind::kThread) threads_.push_back(i);
      const RowKind owner = Kind(nodes_[i].parent);
      if (owner == RowKind::kThread || owner == RowKind::kFrame) {
        parts_[nodes_[i].parent].push_back(i);
      }
    }
    LargestFirst(&threads_);
  }

  void Write() {
    json_.OpenArray("threads");
    most_bytes_ = json_.size() + kMostThreadBytes;
    for (size_t i = 0; i < std::min(threads_.size(), kMostThreads); ++i) {
      if (json_.size() > most_bytes_) break;
      Open(threads_[i]);
      json_.OpenArray("frames");
      WriteFrames(threads_[i]);
      json_.CloseArray();
      json_.Close();
    }
    json_.CloseArray();
  }

 private:
  using Functions = std::vector<uint32_t>;

  RowKind Kind(uint32_t i) const { return nodes_[i].label.kind; }

  std::string_view Text(StringId text) const { return strings_.Text(text); }

  void LargestFirst(Functions* functions) const {
    const auto order = [this](uint32_t i) {
      return std::tuple(UINT64_MAX - nodes_[i].inclusive.bytes,
                        std::string_view(paths_[i]), i);
    };
    std::sort(functions->begin(), functions->end(),
              [order](uint32_t a, uint32_t b) { return order(a) < order(b); });
  }

  // Members that all have; the caller closes it.
  void Open(uint32_t i) {
    const ProfileNode& node = nodes_[i];
    json_.Open();
    json_.Text("name", ReportName(node.label.is_named() ? Text(node.label.text)
                                                        : paths_[i]));
    json_.Number("count", CountOf(node, strings_));
    json_.Number("bytes", node.inclusive.bytes);
    json_.Number("objects", node.inclusive.objects);
    const auto row = row_of_path_.find(paths_[i]);
    const bool is_shown = row != row_of_path_.end() &&
                          rows_.tree.nodes[row->second].label == node.label;
    if (is_shown) json_.Number("row", row->second);
  }

  // A thread holds its outermost frame, and each frame the one it has called.
  void WriteFrames(uint32_t thread) {
    Functions waiting = {thread};
    for (size_t num_frames = 0; !waiting.empty();) {
      const uint32_t next = waiting.back();
      waiting.pop_back();
      const bool is_frame = next != thread;
      if (is_frame && num_frames++ == kMostFrames) return;
      if (json_.size() > most_bytes_) return;
      if (is_frame) WriteFrame(next);
      Functions parts = parts_[next];
      LargestFirst(&parts);
      for (size_t i = parts.size(); i-- > 0;) {
        if (Kind(parts[i]) == RowKind::kFrame) waiting.push_back(parts[i]);
      }
    }
  }

  void WriteFrame(uint32_t frame) {
    Open(frame);
    const StringId place = nodes_[frame].label.place;
    if (place != kNoString) json_.Text("place", ReportName(Text(place)));
    Functions locals = parts_[frame];
    LargestFirst(&locals);
    size_t num_locals = 0;
    json_.OpenArray("locals");
    for (const uint32_t local : locals) {
      if (Kind(local) == RowKind::kFrame) continue;
      if (num_locals++ == kMostLocals) break;
      Open(local);
      json_.Text("type", ReportName(Text(nodes_[local].label.type)));
      json_.Close();
    }
    json_.CloseArray();
    json_.Close();
  }

  const ShownRows& rows_;
  const ProfileTree tree_;
  const std::vector<ProfileNode>& nodes_;
  const std::vector<std::string> paths_;
  const StringTable& strings_;
  JsonWriter& json_;
  absl::flat_hash_map<std::string, uint32_t> row_of_path_;
  Functions threads_;
  size_t most_bytes_ = 0;                           // Of the document.
  absl::flat_hash_map<uint32_t, Functions> parts_;  // Of threads and frames.
};

}  // namespace

void WriteThreads(const ShownRows& rows, AnalyzedHeap* heap, JsonWriter* json) {
  ThreadWriter(rows, heap, json).Write();
}

}  // namespace heapgrind
