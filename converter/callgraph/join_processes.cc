#include "converter/callgraph/join_processes.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/base/unique_names.h"

namespace heapgrind {
namespace {

std::string NameOfProcess(const HeapProfile& dump) {
  if (dump.header.pid != 0) return absl::StrCat(dump.header.pid);
  return CleanName(dump.name.substr(dump.name.rfind('/') + 1));
}

class ProcessJoiner {
 public:
  ProcessJoiner() {
    Function main;
    main.name = "main";
    main.object = "(process)";
    main.file = "???";
    result_.functions.push_back(std::move(main));
  }

  void Add(HeapProfile dump) {
    const std::string process = processes_.Add(NameOfProcess(dump));
    Call call;
    call.callee = static_cast<uint32_t>(result_.functions.size());
    for (Function& function : dump.call_graph.functions) {
      call.inclusive += function.self;
      const std::string name =
          function.name == "main"
              ? absl::StrCat("process::", process)
              : absl::StrCat(function.name, " in ", process);
      AddFunction(name, call.callee, std::move(function));
    }
    total_ += call.inclusive;
    result_.functions[0].calls.push_back(call);
  }

  const Cost& total() const { return total_; }
  CallGraph Take() { return std::move(result_); }

 private:
  // `offset`: where the first function of the process is.
  void AddFunction(std::string name, uint32_t offset, Function function) {
    function.name = names_.Add(std::move(name));
    for (Call& call : function.calls) call.callee += offset;
    result_.functions.push_back(std::move(function));
  }

  UniqueNames processes_;
  UniqueNames names_;
  Cost total_;
  CallGraph result_;
};

}  // namespace

absl::StatusOr<HeapProfile> JoinProcesses(std::vector<HeapProfile> dumps) {
  std::stable_sort(dumps.begin(), dumps.end(),
                   [](const HeapProfile& a, const HeapProfile& b) {
                     return a.header.pid < b.header.pid;
                   });
  HeapProfile result;
  result.name = absl::StrCat(dumps.size(), " processes");
  result.header = dumps[0].header;
  ProcessJoiner joiner;
  for (HeapProfile& dump : dumps) joiner.Add(std::move(dump));
  if (joiner.total().bytes > kMaxTotalBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected processes of at most ", kMaxTotalBytes,
                     " bytes altogether, got more"));
  }
  result.call_graph = joiner.Take();
  return result;
}

}  // namespace heapgrind
