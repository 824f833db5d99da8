#include "converter/owners/reference_kinds.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "converter/owners/registries.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// `_asyncio_awaited_by`: of a future, the task that waits for it, or a set of
// them (Modules/_asynciomodule.c, CPython 3.14).
constexpr std::string_view kBorrowedNames[] = {
    "__builtins__", "__globals__", "_asyncio_awaited_by",
    "f_back",       "f_builtins",  "f_code",
    "f_func",       "f_globals",   "gi_code"};

// Of a root: what is called when something happens.
constexpr std::string_view kHooks[] = {"async_gen_finalizer",
                                       "async_gen_firstiter", "atexit",
                                       "monitoring callback", "signal handler"};

constexpr std::string_view kOwnedByFrame[] = {"called", "f_frame"};

constexpr std::string_view kGenerators[] = {"async_generator", "coroutine",
                                            "generator"};

// Of a generator or coroutine; its frame's variables have names of their own.
constexpr std::string_view kOwnedByGenerator[] = {
    "__class__", "__name__", "__qualname__", "ag_await",
    "cr_await",  "f_object", "gi_frame",     "gi_yieldfrom"};

// The last two are what a task gives to its loop and, up to Python 3.8, to the
// future that it waits for: Modules/_asynciomodule.c, CPython 3.8.
constexpr std::string_view kMethods[] = {"builtin_function_or_method",
                                         "instancemethod",
                                         "method",
                                         "method-wrapper",
                                         "TaskStepMethWrapper",
                                         "TaskWakeupMethWrapper"};

// What a method will be called for.
constexpr std::string_view kObjectsOfMethods[] = {"__self__", "task"};

// The type of what functools.lru_cache returns: Modules/_functoolsmodule.c,
// CPython 3.11.  Its traversal gives keys and results without names.
constexpr std::string_view kCache = "_lru_cache_wrapper";

// Attributes of threading.Thread: Lib/threading.py, CPython 3.11.
constexpr std::string_view kGivenToThread[] = {"_target", "_args", "_kwargs"};

template <size_t kCount>
bool IsOneOf(const std::string_view (&names)[kCount], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

ReferenceKinds::ReferenceKinds(const HeapGraph& graph)
    : graph_(graph), frame_(graph, "gi_frame") {}

ReferenceKinds::ReferenceKinds(const HeapGraph& graph, const Homes& homes,
                               std::vector<bool> is_back)
    : graph_(graph),
      frame_(graph, "gi_frame"),
      has_home_(graph.num_nodes()),
      is_registry_(graph.num_nodes()),
      is_of_thread_(graph.num_nodes()),
      is_running_(graph.num_nodes()) {
  FindThreads();
  FindRunningFrames();
  for (const NodeId dict : FindRegistries(graph)) is_registry_[dict] = true;
  for (const auto& [node, home] : homes) has_home_[node] = true;
  FindBorrowedNames();
  FindPlainShapes();
  FindKeys();
  is_back_ = std::move(is_back);
  if (!graph.num_inside.empty()) has_inside_.resize(graph.num_nodes());
  for (const auto& [node, count] : graph.num_inside) has_inside_[node] = true;
}

// What points behind the beginning of a block may look at a part of it only.
bool ReferenceKinds::IsInside(NodeId source, size_t index) const {
  const uint64_t count = graph_.num_inside.find(source)->second;
  return index + count >= graph_.References(source).size();
}

void ReferenceKinds::FindBorrowedNames() {
  for (const std::string_view name : kBorrowedNames) {
    const StringId id = graph_.strings.Find(name);
    if (id == kNoString) continue;
    is_borrowed_name_.resize(
        std::max<size_t>(is_borrowed_name_.size(), id + 1));
    is_borrowed_name_[id] = true;
  }
}

void ReferenceKinds::FindPlainShapes() {
  for (const Shape& shape : graph_.shapes) {
    is_generator_.push_back(
        IsOneOf(kGenerators, graph_.strings.Text(shape.type)));
    is_cache_.push_back(graph_.strings.Text(shape.type) == kCache);
    is_method_.push_back(IsOneOf(kMethods, graph_.strings.Text(shape.type)));
    is_plain_shape_.push_back(
        shape.kind != NodeKind::kFrame && !is_generator_.back() &&
        !is_cache_.back() && !is_method_.back() && !shape.is_native &&
        std::none_of(
            shape.names.begin(), shape.names.end(), [this](StringId name) {
              return name < is_borrowed_name_.size() && is_borrowed_name_[name];
            }));
  }
}

void ReferenceKinds::FindKeys() {
  std::vector<bool> is_plain_shape;
  for (const Shape& shape : graph_.shapes) {
    const std::string_view type = graph_.strings.Text(shape.type);
    is_plain_shape.push_back(IsAtomicType(type));
    has_keys_.push_back(shape.is_mapping || type == "set" ||
                        type == "frozenset");
  }
  is_plain_value_.resize(graph_.num_nodes());
  for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
    is_plain_value_[node] = is_plain_shape[graph_.shape_of_node[node]];
  }
}

ReferenceKind ReferenceKinds::OfRoot(const Root& root, size_t index) const {
  if (!has_home_.empty() && root.kind == RootKind::kStatic) {
    return ReferenceKind::kNative;
  }
  const bool is_hook = !has_home_.empty() && index < root.names.size() &&
                       IsOneOf(kHooks, graph_.strings.Text(root.names[index]));
  return is_hook ? ReferenceKind::kBorrowed : ReferenceKind::kOwning;
}

void ReferenceKinds::FindThreads() {
  const StringId dict_name = graph_.strings.Find("__dict__");
  for (const Root& root : graph_.roots) {
    for (size_t i = 0; i < root.names.size(); ++i) {
      const bool is_thread = graph_.strings.Text(root.names[i]) == "thread" &&
                             root.references[i] != kNoNode;
      if (!is_thread) continue;
      is_of_thread_[root.references[i]] = true;
      const NodeId dict = graph_.Follow(root.references[i], dict_name);
      if (dict != kNoNode) is_of_thread_[dict] = true;
    }
  }
}

// Those that a thread or a suspended greenlet begins with, and those that they
// called.
void ReferenceKinds::FindRunningFrames() {
  for (const Root& root : graph_.roots) {
    if (root.kind != RootKind::kThread) continue;
    for (const NodeId node : root.references) {
      if (node != kNoNode) is_running_[node] = true;
    }
  }
  const NamedReference called(graph_, "called");
  const NamedReference begins_with(graph_, "gr_frame");
  for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
    for (const NodeId frame : {called.Follow(node), begins_with.Follow(node)}) {
      const bool is_frame =
          frame != kNoNode && graph_.kind(frame) == NodeKind::kFrame;
      if (is_frame) is_running_[frame] = true;
    }
  }
}

// Of a Thread's attribute: itself, or the value in its `__dict__`.
ReferenceKind ReferenceKinds::OfThread(NodeId source, size_t index) const {
  const bool is_value = index < graph_.NumPairReferences(source);
  StringId name = graph_.ReferenceName(source, index);
  if (is_value) {
    const NodeId key = graph_.References(source)[index - index % 2];
    name = key == kNoNode ? kNoString : graph_.text[key];
  }
  const bool is_given = IsOneOf(kGivenToThread, graph_.strings.Text(name)) &&
                        !(is_value && index % 2 == 0);
  return is_given ? ReferenceKind::kLocal : ReferenceKind::kOwning;
}

// While it runs, what has no name is its frame's.
ReferenceKind ReferenceKinds::OfGenerator(NodeId source, size_t index) const {
  const NodeId frame = frame_.Follow(source);
  const bool runs = frame != kNoNode && is_running_[frame];
  const StringId name = graph_.ReferenceName(source, index);
  if (runs &&
      (name == kNoString || graph_.References(source)[index] == frame)) {
    return ReferenceKind::kBorrowed;
  }
  return IsOneOf(kOwnedByGenerator, graph_.strings.Text(name))
             ? ReferenceKind::kOwning
             : ReferenceKind::kLocal;
}

// The kind of a reference to what has no home.
ReferenceKind ReferenceKinds::OfPart(NodeId source, size_t index) const {
  if (is_registry_[source]) return ReferenceKind::kBorrowed;
  if (is_of_thread_[source]) return OfThread(source, index);
  const StringId name = graph_.ReferenceName(source, index);
  if (name < is_borrowed_name_.size() && is_borrowed_name_[name]) {
    return ReferenceKind::kBorrowed;
  }
  if (is_generator_[graph_.shape_of_node[source]]) {
    return OfGenerator(source, index);
  }
  if (graph_.shape(source).is_native) {
    const NodeId target = graph_.References(source)[index];
    return graph_.shape(target).is_native ? ReferenceKind::kOwning
                                          : ReferenceKind::kNative;
  }
  if (is_method_[graph_.shape_of_node[source]]) {
    return IsOneOf(kObjectsOfMethods, graph_.strings.Text(name))
               ? ReferenceKind::kCallback
               : ReferenceKind::kOwning;
  }
  if (is_cache_[graph_.shape_of_node[source]]) {
    const bool is_kept =
        name == kNoString || graph_.strings.Text(name) == "cache";
    return is_kept ? ReferenceKind::kLocal : ReferenceKind::kOwning;
  }
  const bool is_owned = graph_.kind(source) != NodeKind::kFrame ||
                        IsOneOf(kOwnedByFrame, graph_.strings.Text(name));
  return is_owned ? ReferenceKind::kOwning : ReferenceKind::kLocal;
}

}  // namespace heapgrind
