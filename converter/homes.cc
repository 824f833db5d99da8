#include "converter/homes.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heapgrind {
namespace {

class HomeFinder {
 public:
  HomeFinder(const HeapGraph& graph, const Namespaces& namespaces,
             const ModuleTable& modules)
      : graph_(graph),
        namespaces_(namespaces),
        modules_(modules),
        globals_name_(graph.strings.Find("__globals__")),
        constants_name_(graph.strings.Find("co_consts")) {}

  Homes Find() {
    for (const auto& [module, name] : modules_.modules()) {
      homes_[module] = HomeOfModule(name);
    }
    if (modules_.sys_modules() != kNoNode) {
      homes_[modules_.sys_modules()] = kRootHome;
    }
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      FindHomeOf(node);
    }
    return std::move(homes_);
  }

 private:
  void FindHomeOf(NodeId node) {
    switch (graph_.kind(node)) {
      case NodeKind::kModule:
        ClaimDict(node);
        break;
      case NodeKind::kClass:
        ClaimDict(node);
        FindHomeOfNamed(node, ModuleNamed(node));
        break;
      case NodeKind::kFunction:
        FindHomeOfNamed(node, ModuleOfFunction(node));
        break;
      case NodeKind::kCode:
        ClaimNestedCode(node);
        break;
      default:
        if (IsSingleton(graph_, node)) homes_[node] = kRootHome;
    }
  }

  // The package that `name` is in, or the root.
  NodeId HomeOfModule(StringId name) const {
    std::string_view text = graph_.strings.Text(name);
    for (size_t dot = text.rfind('.'); dot != std::string_view::npos;
         dot = text.rfind('.')) {
      text = text.substr(0, dot);
      const NodeId package = modules_.Find(text);
      if (package != kNoNode) return package;
    }
    return kRootHome;
  }

  void ClaimDict(NodeId owner) {
    const NodeId dict = namespaces_.DictOf(owner);
    if (dict != kNoNode) homes_.try_emplace(dict, owner);
  }

  void ClaimNestedCode(NodeId code) {
    const NodeId constants = graph_.Follow(code, constants_name_);
    if (constants == kNoNode) return;
    for (const NodeId constant : graph_.References(constants)) {
      if (constant != kNoNode && graph_.kind(constant) == NodeKind::kCode) {
        homes_.try_emplace(constant, constants);
      }
    }
  }

  NodeId ModuleNamed(NodeId definition) const {
    const auto found = graph_.definitions.find(definition);
    if (found == graph_.definitions.end()) return kNoNode;
    return modules_.Find(graph_.strings.Text(found->second.module));
  }

  NodeId ModuleOfFunction(NodeId function) const {
    const NodeId globals = graph_.Follow(function, globals_name_);
    if (globals != kNoNode) return modules_.ModuleOfDict(globals);
    for (const NodeId target : graph_.References(function)) {
      if (target == kNoNode) continue;
      const NodeId module = modules_.ModuleOfDict(target);
      if (module != kNoNode) return module;
    }
    return kNoNode;
  }

  // Follows the qualified name, part by part, from the module inwards.
  void FindHomeOfNamed(NodeId definition, NodeId module) {
    const auto found = graph_.definitions.find(definition);
    if (module == kNoNode || found == graph_.definitions.end()) return;
    std::string_view path = graph_.strings.Text(found->second.qualname);
    NodeId holder = module;
    for (size_t dot = path.find('.'); dot != std::string_view::npos;
         dot = path.find('.')) {
      holder = modules_.Member(holder, NameFind(path.substr(0, dot)));
      if (holder == kNoNode) return;
      path.remove_prefix(dot + 1);
    }
    const NodeId member = modules_.Member(holder, NameFind(path));
    if (member == kNoNode) return;
    if (member == definition) {
      homes_.try_emplace(definition, namespaces_.DictOf(holder));
    } else if (Wraps(member, definition)) {
      homes_.try_emplace(definition, member);
    }
  }

  StringId NameFind(std::string_view name) const {
    return graph_.strings.Find(name);
  }

  // Whether `wrapper` holds `function` as a part: itself, in its __dict__, or
  // in its closure (wrapper -> tuple -> cell -> function).
  bool Wraps(NodeId wrapper, NodeId function) const {
    const NodeKind kind = graph_.kind(wrapper);
    if (kind == NodeKind::kModule || kind == NodeKind::kClass) return false;
    std::vector<NodeId> level = {wrapper};
    for (int depth = 0; depth < 3; ++depth) {
      std::vector<NodeId> next;
      for (const NodeId part : level) {
        for (const NodeId target : graph_.References(part)) {
          if (target == function) return true;
          if (target != kNoNode && IsPartOfWrapper(target)) {
            next.push_back(target);
          }
        }
      }
      level = std::move(next);
    }
    return false;
  }

  bool IsPartOfWrapper(NodeId node) const {
    constexpr size_t kMaxReferences = 64;  // A wrapper's parts are small.
    if (graph_.References(node).size() > kMaxReferences) return false;
    const std::string_view type = graph_.type(node);
    return type == "tuple" || type == "cell" ||
           (namespaces_.IsNamespace(node) &&
            modules_.ModuleOfDict(node) == kNoNode);
  }

  const HeapGraph& graph_;
  const Namespaces& namespaces_;
  const ModuleTable& modules_;
  const StringId globals_name_;
  const StringId constants_name_;
  Homes homes_;
};

bool IsSmallInteger(std::string_view text) {
  // CPython keeps -5 to 256: Objects/longobject.c, 3.11.
  if (text.empty() || text.size() > 3) return false;
  int value = 0;
  const bool is_negative = text[0] == '-';
  for (const char digit : text.substr(is_negative ? 1 : 0)) {
    if (digit < '0' || digit > '9') return false;
    value = 10 * value + (digit - '0');
  }
  return is_negative ? value <= 5 : value <= 256;
}

}  // namespace

bool IsSingleton(const HeapGraph& graph, NodeId node) {
  const std::string_view type = graph.type(node);
  if (type == "NoneType" || type == "bool" || type == "ellipsis" ||
      type == "NotImplementedType") {
    return true;
  }
  const StringId value = graph.text[node];
  if (value == kNoString) return false;
  const std::string_view text = graph.strings.Text(value);
  if (type == "int") return IsSmallInteger(text);
  const bool is_text = type == "str" || type == "bytes" || type == "unicode";
  return is_text && text.size() <= 1;
}

Homes FindHomes(const HeapGraph& graph, const Namespaces& namespaces,
                const ModuleTable& modules) {
  return HomeFinder(graph, namespaces, modules).Find();
}

}  // namespace heapgrind
