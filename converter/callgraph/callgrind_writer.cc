#include "converter/callgraph/callgrind_writer.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "converter/base/version.h"

namespace heapgrind {
namespace {

constexpr absl::string_view kDifferenceEvents =
    "event: After : Retained bytes now\n"
    "event: Before : Retained bytes before\n"
    "event: Grown : Bytes more in rows that grew\n"
    "event: Shrunk : Bytes less in rows that shrank\n"
    "events: After Before Grown Shrunk\n";

// Numbers names from 1, in the order in which they are first used.
class NameIds {
 public:
  // "(id) name" the first time, "(id)" after that.
  std::string Reference(const std::string& name) {
    const auto [entry, is_new] = ids_.try_emplace(name, ids_.size() + 1);
    return is_new ? absl::StrCat("(", entry->second, ") ", name)
                  : absl::StrCat("(", entry->second, ")");
  }

 private:
  absl::flat_hash_map<std::string, uint64_t> ids_;
};

class Writer {
 public:
  Writer(const CallGraph& graph,
         absl::FunctionRef<void(absl::string_view)> write)
      : graph_(graph), write_(write) {
    for (const Function& function : graph.functions) {
      total_ += function.self;
      total_change_ += function.self_change;
    }
  }

  void Write(const CallgrindHeader& header) {
    extra_events_ = header.extra_events;
    is_difference_ = header.is_difference;
    WriteHeader(header);
    for (const Function& function : graph_.functions) WriteFunction(function);
    write_(absl::StrCat("totals: ", Costs(total_, total_change_), "\n"));
  }

 private:
  void WriteHeader(const CallgrindHeader& header) {
    write_(absl::StrCat("# callgrind format\nversion: 1\ncreator: ",
                        "memdump2callgrind ", kVersion, "\npid: ", header.pid,
                        "\ncmd: ", header.command, "\npart: ", header.part,
                        "\ndesc: Trigger: ", header.description, "\n"));
    if (!graph_.sentence.empty()) {
      write_(absl::StrCat("desc: Suspect: ", graph_.sentence, "\n"));
    }
    write_("positions: line\n");
    if (is_difference_) {
      write_(kDifferenceEvents);
    } else {
      WriteEvents();
    }
    write_(absl::StrCat("summary: ", Costs(total_, total_change_), "\n"));
  }

  void WriteEvents() {
    write_(
        "event: Bytes : Retained bytes\n"
        "event: Objects : Objects\n");
    if (extra_events_.gc_bytes) write_("event: GC_bytes : GC header bytes\n");
    if (extra_events_.slack) {
      write_("event: Slack : Allocator rounding bytes\n");
    }
    if (extra_events_.virtual_bytes) {
      write_("event: Virtual : Bytes asked for\n");
    }
    if (extra_events_.native_bytes) {
      write_("event: Native : Bytes of native blocks\n");
    }
    write_(absl::StrCat("events: Bytes Objects",
                        extra_events_.gc_bytes ? " GC_bytes" : "",
                        extra_events_.slack ? " Slack" : "",
                        extra_events_.virtual_bytes ? " Virtual" : "",
                        extra_events_.native_bytes ? " Native" : "", "\n"));
  }

  std::string Costs(const Cost& cost, const CostChange& change) const {
    if (is_difference_) {
      return absl::StrCat(cost.bytes, " ", change.before, " ", change.grown,
                          " ", change.shrunk);
    }
    std::string text = absl::StrCat(cost.bytes, " ", cost.objects);
    if (extra_events_.gc_bytes) absl::StrAppend(&text, " ", cost.gc_bytes);
    if (extra_events_.slack) absl::StrAppend(&text, " ", cost.slack);
    if (extra_events_.virtual_bytes) {
      absl::StrAppend(&text, " ", cost.virtual_bytes);
    }
    if (extra_events_.native_bytes) {
      absl::StrAppend(&text, " ", cost.native_bytes);
    }
    return text;
  }

  void WriteFunction(const Function& function) {
    write_(absl::StrCat("\nob=", objects_.Reference(function.object),
                        "\nfl=", files_.Reference(function.file),
                        "\nfn=", names_.Reference(function.name), "\n"));
    if (function.lines.empty()) {
      write_(absl::StrCat(function.line, " ",
                          Costs(function.self, function.self_change), "\n"));
    }
    WriteLines(function);
    for (const Call& call : function.calls) WriteCall(call);
  }

  // What comes from other files stands between their names and that of the
  // function's own, to which the calls belong.
  void WriteLines(const Function& function) {
    const std::string* file = &function.file;
    for (const LineCost& line : function.lines) {
      const std::string& next = line.file.empty() ? function.file : line.file;
      if (next != *file) {
        write_(absl::StrCat("fi=", files_.Reference(next), "\n"));
        file = &next;
      }
      write_(absl::StrCat(line.line, " ", Costs(line.self, {}), "\n"));
    }
    if (*file != function.file) {
      write_(absl::StrCat("fe=", files_.Reference(function.file), "\n"));
    }
  }

  void WriteCall(const Call& call) {
    const Function& callee = graph_.functions[call.callee];
    write_(absl::StrCat("cob=", objects_.Reference(callee.object),
                        "\ncfi=", files_.Reference(callee.file),
                        "\ncfn=", names_.Reference(callee.name), "\n"));
    write_(absl::StrCat("calls=", call.count, " ", callee.line, "\n", call.line,
                        " ", Costs(call.inclusive, call.inclusive_change),
                        "\n"));
  }

  const CallGraph& graph_;
  absl::FunctionRef<void(absl::string_view)> write_;
  ExtraEvents extra_events_;
  bool is_difference_ = false;
  Cost total_;
  CostChange total_change_;
  NameIds objects_;
  NameIds files_;
  NameIds names_;
};

}  // namespace

void WriteCallgrind(const CallGraph& graph, const CallgrindHeader& header,
                    absl::FunctionRef<void(absl::string_view)> write) {
  Writer(graph, write).Write(header);
}

}  // namespace heapgrind
