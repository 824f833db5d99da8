#include "tests/converter/support/call_graph_faults.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"

namespace heapgrind {
namespace {

constexpr uint32_t kMaxDepth = 2000;
constexpr size_t kMaxCallees = 5000;

std::string Text(const Cost& cost) {
  return absl::StrCat(cost.bytes, " bytes ", cost.objects, " objects");
}

class Checker {
 public:
  Checker(const CallGraph& graph, const Cost& total)
      : functions_(graph.functions), total_(total) {}

  std::vector<std::string> Check() {
    if (functions_.empty()) return {"no functions"};
    CheckTexts();
    CheckCalls();
    if (faults_.empty()) CheckCosts();
    if (faults_.empty()) CheckDepth();
    return std::move(faults_);
  }

 private:
  void Fault(std::string text) {
    if (faults_.size() < 10) faults_.push_back(std::move(text));
  }

  void CheckTexts() {
    if (functions_[0].name != "main") Fault("the first function is not main");
    std::set<std::string> names;
    for (const Function& function : functions_) {
      if (!names.insert(function.name).second) {
        Fault(absl::StrCat("two functions are called ", function.name));
      }
      for (const std::string& text :
           {function.name, function.object, function.file}) {
        if (CleanName(text) != text) Fault(absl::StrCat("not clean: ", text));
      }
    }
  }

  void CheckCalls() {
    for (uint32_t i = 0; i < functions_.size(); ++i) {
      if (functions_[i].calls.size() > kMaxCallees) {
        Fault(absl::StrCat(functions_[i].name, " has too many callees"));
      }
      std::set<std::pair<uint32_t, uint32_t>>
          callees;  // From one line each once.
      for (const Call& call : functions_[i].calls) {
        if (call.callee >= functions_.size() || call.callee == 0 ||
            call.callee == i ||
            !callees.insert({call.callee, call.line}).second) {
          Fault(absl::StrCat(functions_[i].name, " has a wrong callee"));
        }
        if (call.count == 0) {
          Fault(absl::StrCat(functions_[i].name, " calls zero times"));
        }
      }
    }
  }

  void CheckCosts() {
    std::vector<Cost> incoming(functions_.size());
    std::vector<Cost> outgoing(functions_.size());
    Cost sum;
    for (size_t i = 0; i < functions_.size(); ++i) {
      sum += functions_[i].self;
      outgoing[i] += functions_[i].self;
      for (const Call& call : functions_[i].calls) {
        incoming[call.callee] += call.inclusive;
        outgoing[i] += call.inclusive;
      }
    }
    if (!(sum == total_)) {
      Fault(absl::StrCat("self costs are ", Text(sum), ", the heap has ",
                         Text(total_)));
    }
    incoming[0] = total_;
    for (size_t i = 0; i < functions_.size(); ++i) {
      if (!(incoming[i] == outgoing[i])) {
        Fault(absl::StrCat(functions_[i].name, ": ", Text(incoming[i]), " in, ",
                           Text(outgoing[i]), " out"));
      }
      if (incoming[i].bytes > total_.bytes ||
          incoming[i].objects > total_.objects) {
        Fault(absl::StrCat(functions_[i].name, " is above the total"));
      }
    }
  }

  // Takes away functions without callers until none is left: the order also
  // gives the longest paths.
  void CheckDepth() {
    std::vector<uint32_t> num_callers(functions_.size());
    for (const Function& function : functions_) {
      for (const Call& call : function.calls) ++num_callers[call.callee];
    }
    std::vector<uint32_t> depth(functions_.size());
    std::vector<uint32_t> free = {0};
    for (size_t i = 1; i < functions_.size(); ++i) {
      if (num_callers[i] == 0) Fault(functions_[i].name + " has no caller");
    }
    size_t num_seen = 0;
    for (; num_seen < free.size(); ++num_seen) {
      const uint32_t caller = free[num_seen];
      for (const Call& call : functions_[caller].calls) {
        depth[call.callee] = std::max(depth[call.callee], depth[caller] + 1);
        if (--num_callers[call.callee] == 0) free.push_back(call.callee);
      }
    }
    if (num_seen != functions_.size()) Fault("there is a cycle");
    if (*std::max_element(depth.begin(), depth.end()) >= kMaxDepth) {
      Fault("a path is too long");
    }
  }

  const std::vector<Function>& functions_;
  const Cost total_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> CallGraphFaults(const CallGraph& graph,
                                         const Cost& total) {
  return Checker(graph, total).Check();
}

}  // namespace heapgrind
