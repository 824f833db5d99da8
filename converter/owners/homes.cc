#include "converter/owners/homes.h"

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "converter/heap/dict_items.h"
#include "converter/owners/code_homes.h"
#include "converter/python/builtin_types.h"
#include "converter/python/namespace_members.h"
#include "converter/python/wrapped_functions.h"
#include "converter/python/wrapper_names.h"

namespace heapgrind {
namespace {

class HomeFinder {
 public:
  HomeFinder(const HeapGraph& graph, const Namespaces& namespaces,
             const ModuleTable& modules)
      : graph_(graph),
        namespaces_(namespaces),
        modules_(modules),
        members_(graph, namespaces),
        wrapper_names_(graph, namespaces),
        has_singletons_(FindSingletonShapes(graph)),
        globals_name_(graph.strings.Find("__globals__")),
        class_name_(graph.strings.Find("__class__")),
        module_name_(graph.strings.Find("ht_module")) {}

  Homes Find() {
    for (const auto& [module, name] : modules_.modules()) {
      homes_[module] = HomeOfModule(name);
    }
    if (modules_.sys_modules() != kNoNode) ClaimSysModules();
    FindCodeHomes(graph_, &homes_);
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
        FindHomeOfNamed(node, ModuleNamed(node), QualifiedName(node));
        ClaimForModule(node);
        ClaimForExtension(node);
        ClaimOwnInstances(node);
        break;
      case NodeKind::kFunction:
        FindHomeOfNamed(node, ModuleOfFunction(node), QualifiedName(node));
        // A decorator of another module made it, and lent it these names.
        FindHomeOfNamed(node, ModuleNamed(node), QualifiedName(node));
        break;
      default:
        FindHomeOfObject(node);
    }
  }

  void FindHomeOfObject(NodeId node) {
    const bool is_singleton = has_singletons_[graph_.shape_of_node[node]] &&
                              IsSingleton(graph_, node);
    if (is_singleton) homes_[node] = kRootHome;
    const auto copy = graph_.module_of_copy.find(node);
    if (copy != graph_.module_of_copy.end()) {
      homes_.try_emplace(node, copy->second);
    }
    const WrapperNames::Names names = wrapper_names_.Of(node);
    if (names.qualname == kNoString) return;
    FindHomeOfNamed(node, modules_.Find(graph_.strings.Text(names.module)),
                    names.qualname);
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

  // sys.modules is the interpreter's.  What stands in it and is no module (a
  // proxy, a lazy module, an object in a module's place) belongs to the package
  // that its name tells.
  void ClaimSysModules() {
    homes_[modules_.sys_modules()] = HomeOfSysModules();
    for (const auto [key, value] : DictItems(graph_, modules_.sys_modules())) {
      if (key == kNoNode || value == kNoNode) continue;
      const bool is_stranger = graph_.kind(value) == NodeKind::kObject &&
                               !namespaces_.IsNamespace(value);
      const NodeId package = HomeOfModule(graph_.text[key]);
      if (!is_stranger || package == kRootHome) continue;
      const NodeId dict = namespaces_.DictOf(package);
      homes_.try_emplace(value, dict == kNoNode ? package : dict);
    }
  }

  NodeId HomeOfSysModules() const {
    for (size_t i = 0; i < graph_.roots.size(); ++i) {
      if (graph_.roots[i].kind == RootKind::kInterpreter)
        return HomeAtRoot(graph_, i);
    }
    return kRootHome;
  }

  void ClaimDict(NodeId owner) {
    const NodeId dict = namespaces_.DictOf(owner);
    if (dict != kNoNode) homes_.try_emplace(dict, owner);
  }

  // A class that a C module made without a name for it.
  void ClaimForExtension(NodeId type) {
    const NodeId module = graph_.Follow(type, module_name_);
    if (module == kNoNode || graph_.kind(module) != NodeKind::kModule) return;
    const NodeId dict = namespaces_.DictOf(module);
    if (modules_.ModuleOfDict(dict) == module) homes_.try_emplace(type, dict);
  }

  // A static type that no interpreter owns.
  void ClaimForModule(NodeId type) {
    const auto definition = graph_.definitions.find(type);
    const bool is_of_module = definition != graph_.definitions.end() &&
                              definition->second.is_of_module;
    if (!is_of_module) return;
    const NodeId named = ModuleNamed(type);
    const NodeId module =
        named == kNoNode ? modules_.Find("__builtin__") : named;
    if (module == kNoNode) return;
    const NodeId dict = namespaces_.DictOf(module);
    homes_.try_emplace(type, dict == kNoNode ? module : dict);
  }

  // Enum members, the one instance of a singleton.
  void ClaimOwnInstances(NodeId type) {
    const NodeId dict = namespaces_.DictOf(type);
    if (dict == kNoNode || class_name_ == kNoString) return;
    for (const auto [key, value] : DictItems(graph_, dict)) {
      if (value != kNoNode && graph_.kind(value) == NodeKind::kObject &&
          graph_.Follow(value, class_name_) == type) {
        homes_.try_emplace(value, dict);
      }
    }
  }

  StringId QualifiedName(NodeId definition) const {
    const auto found = graph_.definitions.find(definition);
    return found == graph_.definitions.end() ? kNoString
                                             : found->second.qualname;
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
  void FindHomeOfNamed(NodeId definition, NodeId module, StringId qualname) {
    if (module == kNoNode || qualname == kNoString) return;
    std::string_view path = graph_.strings.Text(qualname);
    NodeId holder = module;
    for (size_t dot = path.find('.'); dot != std::string_view::npos;
         dot = path.find('.')) {
      holder = members_.Find(holder, NameFind(path.substr(0, dot)));
      if (holder == kNoNode) return;
      path.remove_prefix(dot + 1);
    }
    const NodeId member = members_.Find(holder, NameFind(path));
    if (member == kNoNode) return;
    if (member == definition) {
      homes_.try_emplace(definition, namespaces_.DictOf(holder));
      return;
    }
    const NodeId wrapper =
        FindWrapper(graph_, namespaces_, modules_, member, definition);
    if (wrapper != kNoNode) homes_.try_emplace(definition, wrapper);
  }

  StringId NameFind(std::string_view name) const {
    return graph_.strings.Find(name);
  }

  const HeapGraph& graph_;
  const Namespaces& namespaces_;
  const ModuleTable& modules_;
  const NamespaceMembers members_;
  const WrapperNames wrapper_names_;
  const std::vector<bool> has_singletons_;  // By shape.
  const StringId globals_name_;
  const StringId class_name_;
  const StringId module_name_;
  Homes homes_;
};

}  // namespace

Homes FindHomes(const HeapGraph& graph, const Namespaces& namespaces,
                const ModuleTable& modules) {
  return HomeFinder(graph, namespaces, modules).Find();
}

}  // namespace heapgrind
