#include "converter/commands/report/row_json.h"

#include <algorithm>
#include <utility>

#include "converter/callgraph/path_call_graph.h"
#include "converter/commands/heap_sentences.h"
#include "converter/commands/report/report_names.h"
#include "converter/files/gzip_text.h"

namespace heapgrind {
namespace {

constexpr char kNoFile[] = "???";

const char* KindOf(const ProfileNode& row) {
  if (row.num_pruned > 0) return "rest";
  switch (row.label.kind) {
    case RowKind::kModule:
      return "module";
    case RowKind::kClass:
      return "class";
    case RowKind::kFunction:
      return "function";
    case RowKind::kFrame:
      return "frame";
    case RowKind::kThread:
      return "thread";
    case RowKind::kShared:
      return "shared";
    case RowKind::kUnreachable:
      return "unreachable";
    case RowKind::kOther:
      return "other";
    default:
      return "objects";
  }
}

// Of a page's rows, compressed: 0.75 MB are 1 MB of base64.
constexpr size_t kMostRowBytes = 750'000;
constexpr uint64_t kFewRows = 100;  // They fit whatever their names are.

class RowWriter {
 public:
  RowWriter(const ReportRows& rows, const StringTable& strings, bool compares,
            ReportFiles* files, JsonWriter* json)
      : rows_(rows),
        strings_(strings),
        compares_(compares),
        files_(*files),
        json_(*json) {}

  void Write(uint32_t i) {
    const ProfileNode& row = rows_.rows.tree.nodes[i];
    json_.Open();
    json_.Number("parent", row.parent);
    json_.Text("name", ReportName(rows_.rows.names[i]));
    json_.Text("path", i == 0 ? "main" : ReportName(rows_.rows.paths[i]));
    json_.Text("kind", i == 0 ? "other" : KindOf(row));
    json_.Text("type", i == 0 ? "main" : Text(row.label.type));
    json_.Text("package", ReportName(rows_.rows.packages.Of(i)));
    WriteCosts(row);
    WriteRemarks(row);
    WritePlace(rows_.call_graph.functions[i]);
    json_.Close();
  }

 private:
  std::string Text(StringId text) const {
    return ReportName(strings_.Text(text));
  }

  void WriteCosts(const ProfileNode& row) {
    json_.Number("self_bytes", row.self.bytes);
    json_.Number("self_objects", row.self.objects);
    json_.Number("bytes", row.inclusive.bytes);
    json_.Number("objects", row.inclusive.objects);
    json_.Number("count", std::max<uint64_t>(row.num_topmost, 1));
    if (!compares_) return;
    json_.Number("self_before", row.self_change.before);
    json_.Number("self_grown", row.self_change.grown);
    json_.Number("self_shrunk", row.self_change.shrunk);
    json_.Number("before", row.inclusive_change.before);
    json_.Number("grown", row.inclusive_change.grown);
    json_.Number("shrunk", row.inclusive_change.shrunk);
  }

  void WriteRemarks(const ProfileNode& row) {
    if (row.label.sharers != kNoString) {
      json_.Text("shared_by", Text(row.label.sharers));
    }
    if (row.label.place != kNoString) json_.Text("at", Text(row.label.place));
    if (row.is_recursive) json_.Flag("recursive", true);
    if (row.num_pruned > 0) json_.Number("rest", row.num_pruned);
    if (row.num_pruned_types > 0) {
      json_.Number("rest_types", row.num_pruned_types);
    }
  }

  void WritePlace(const Function& function) {
    if (function.file == kNoFile) return;
    json_.Number("file", files_.PlaceOf(function.file));
    json_.Number("line", function.line);
    if (function.lines.empty() || compares_) return;
    json_.OpenArray("allocated");
    for (const LineCost& cost : function.lines) {
      json_.Open();
      const bool is_own = cost.file.empty();
      json_.Number("file", files_.PlaceOf(is_own ? function.file : cost.file));
      json_.Number("line", cost.line);
      json_.Number("bytes", cost.self.bytes);
      json_.Number("objects", cost.self.objects);
      json_.Close();
    }
    json_.CloseArray();
  }

  const ReportRows& rows_;
  const StringTable& strings_;
  const bool compares_;
  ReportFiles& files_;
  JsonWriter& json_;
};

size_t CompressedSize(const ReportRows& rows, const StringTable& strings,
                      bool compares) {
  JsonWriter json;
  ReportFiles files;
  json.Open();
  WriteRows(rows, strings, compares, &files, &json);
  files.Write(&json);
  json.Close();
  const std::string text = json.TakeLine();
  const absl::StatusOr<std::string> compressed = Gzip(text);
  return compressed.ok() ? compressed->size() : text.size();
}

}  // namespace

uint64_t ReportFiles::PlaceOf(const std::string& file) {
  const auto [entry, is_new] = place_of_file_.try_emplace(file, files_.size());
  if (is_new) files_.push_back(file);
  return entry->second;
}

void ReportFiles::Write(JsonWriter* json) const {
  json->OpenArray("files");
  for (const std::string& file : files_) json->Text(ReportName(file));
  json->CloseArray();
}

ReportRows::ReportRows(ShownRows shown, AnalyzedHeap* heap)
    : rows(std::move(shown)),
      call_graph(MakePathCallGraph(heap->graph(), rows, *heap->sources())) {}

size_t ReportRows::Find(const std::string& name) const {
  return std::find(rows.names.begin(), rows.names.end(), name) -
         rows.names.begin();
}

void WriteRows(const ReportRows& rows, const StringTable& strings,
               bool compares, ReportFiles* files, JsonWriter* json) {
  RowWriter writer(rows, strings, compares, files, json);
  json->OpenArray("rows");
  for (uint32_t i = 0; i < rows.rows.size(); ++i) writer.Write(i);
  json->CloseArray();
}

ReportRows FitReportRows(
    absl::FunctionRef<ProfileTree(const PruneLimits& limits)> prune,
    bool compares, uint64_t most_rows, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  PruneLimits limits;
  limits.max_functions = std::min(limits.max_functions, most_rows);
  for (;;) {
    ReportRows rows(MakeShownRows(graph, prune(limits), /*ascii_names=*/false,
                                  heap->sources()),
                    heap);
    const size_t size = CompressedSize(rows, graph.strings, compares);
    const bool fits = size <= kMostRowBytes;
    if (fits || limits.max_functions <= kFewRows) return rows;
    limits.max_functions = std::max<uint64_t>(
        kFewRows, limits.max_functions * kMostRowBytes / size * 9 / 10);
  }
}

void WriteReportSentences(const std::vector<Suspect>& suspects,
                          const ReportRows& rows, ReportFiles* files,
                          JsonWriter* json) {
  json->OpenArray("sentences");
  for (const Suspect& suspect : suspects) {
    json->Open();
    WriteSuspect(suspect, json);
    const size_t row = rows.Find(suspect.name);
    if (row < rows.rows.size()) {
      json->Number("row", row);
      const Function& function = rows.call_graph.functions[row];
      if (function.file != kNoFile) {
        json->Number("file", files->PlaceOf(function.file));
        json->Number("line", function.line);
      }
    }
    json->Close();
  }
  json->CloseArray();
}

}  // namespace heapgrind
