#include "converter/callgrind_writer.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "converter/version.h"

namespace heapgrind {
namespace {

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
    for (const Function& function : graph.functions) total_ += function.self;
  }

  void Write(const CallgrindHeader& header) {
    extra_events_ = header.extra_events;
    WriteHeader(header);
    for (const Function& function : graph_.functions) WriteFunction(function);
    write_(absl::StrCat("totals: ", Costs(total_), "\n"));
  }

 private:
  void WriteHeader(const CallgrindHeader& header) {
    write_(absl::StrCat(
        "# callgrind format\nversion: 1\ncreator: ", "memdump2callgrind ",
        kVersion, "\npid: ", header.pid, "\ncmd: ", header.command,
        "\npart: 1\ndesc: Trigger: ", header.description, "\n"));
    write_(
        "positions: line\n"
        "event: Bytes : Retained bytes\n"
        "event: Objects : Objects\n");
    if (extra_events_.gc_bytes) write_("event: GC_bytes : GC header bytes\n");
    if (extra_events_.slack)
      write_("event: Slack : Allocator rounding bytes\n");
    write_(absl::StrCat("events: Bytes Objects",
                        extra_events_.gc_bytes ? " GC_bytes" : "",
                        extra_events_.slack ? " Slack" : "", "\n"));
    write_(absl::StrCat("summary: ", Costs(total_), "\n"));
  }

  std::string Costs(const Cost& cost) const {
    std::string text = absl::StrCat(cost.bytes, " ", cost.objects);
    if (extra_events_.gc_bytes) absl::StrAppend(&text, " ", cost.gc_bytes);
    if (extra_events_.slack) absl::StrAppend(&text, " ", cost.slack);
    return text;
  }

  void WriteFunction(const Function& function) {
    write_(absl::StrCat("\nob=", objects_.Reference(function.object),
                        "\nfl=", files_.Reference(function.file),
                        "\nfn=", names_.Reference(function.name), "\n"));
    write_(absl::StrCat(function.line, " ", Costs(function.self), "\n"));
    for (const Call& call : function.calls) WriteCall(call);
  }

  void WriteCall(const Call& call) {
    const Function& callee = graph_.functions[call.callee];
    write_(absl::StrCat("cob=", objects_.Reference(callee.object),
                        "\ncfi=", files_.Reference(callee.file),
                        "\ncfn=", names_.Reference(callee.name), "\n"));
    write_(absl::StrCat("calls=", call.count, " ", callee.line, "\n", call.line,
                        " ", Costs(call.inclusive), "\n"));
  }

  const CallGraph& graph_;
  absl::FunctionRef<void(absl::string_view)> write_;
  ExtraEvents extra_events_;
  Cost total_;
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
