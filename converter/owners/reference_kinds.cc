#include "converter/owners/reference_kinds.h"

#include <algorithm>
#include <string_view>

#include "converter/owners/registries.h"

namespace heapgrind {
namespace {

constexpr std::string_view kBorrowedNames[] = {
    "__builtins__", "__globals__", "f_back",    "f_builtins",
    "f_code",       "f_func",      "f_globals", "gi_code"};

// Of a thread's root.
constexpr std::string_view kHooks[] = {"async_gen_firstiter",
                                       "async_gen_finalizer"};

constexpr std::string_view kOwnedByFrame[] = {"called", "f_frame"};

constexpr std::string_view kGenerators[] = {"async_generator", "coroutine",
                                            "generator"};

// Of a generator or coroutine; its frame's variables have names of their own.
constexpr std::string_view kOwnedByGenerator[] = {
    "__class__", "__name__", "__qualname__", "ag_await",
    "cr_await",  "f_object", "gi_frame",     "gi_yieldfrom"};

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

ReferenceKinds::ReferenceKinds(const HeapGraph& graph, const Homes& homes)
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
    is_plain_shape_.push_back(
        shape.kind != NodeKind::kFrame && !is_generator_.back() &&
        !is_cache_.back() &&
        std::none_of(
            shape.names.begin(), shape.names.end(), [this](StringId name) {
              return name < is_borrowed_name_.size() && is_borrowed_name_[name];
            }));
  }
}

ReferenceKind ReferenceKinds::OfRoot(const Root& root, size_t index) const {
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

// Those that a thread begins with, and those that they called.
void ReferenceKinds::FindRunningFrames() {
  for (const Root& root : graph_.roots) {
    if (root.kind != RootKind::kThread) continue;
    for (const NodeId node : root.references) {
      if (node != kNoNode) is_running_[node] = true;
    }
  }
  const StringId called = graph_.strings.Find("called");
  for (const NodeId node : graph_.program_nodes) {
    const NodeId frame = graph_.kind(node) == NodeKind::kFrame
                             ? graph_.Follow(node, called)
                             : kNoNode;
    if (frame != kNoNode) is_running_[frame] = true;
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
