#include "converter/profile/path_names.h"

#include <string_view>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/base/cut_text.h"

namespace heapgrind {
namespace {

constexpr size_t kMaxPathBytes = 400;
constexpr size_t kMaxKeyBytes = 40;

// Whether it goes by the name of its container, because others share it.
bool IsNamedElement(const Label& label) {
  return label.form == LeafForm::kElement && label.text != kNoString;
}

std::string LeafText(const Label& label, const StringTable& strings) {
  if (label.own_name != kNoString) {
    return CutMiddle(strings.Text(label.own_name), kMaxKeyBytes);
  }
  if (label.form == LeafForm::kBlock) return "blocks";
  const std::string step = StepText(label, strings);
  if (IsNamedElement(label)) {
    return CutMiddle(strings.Text(label.text), kMaxKeyBytes) + step;
  }
  return step[0] == '.' ? step.substr(1) : step;
}

// The last part of a definition's dotted name; any other name.
std::string_view LastPart(const Label& label, const StringTable& strings) {
  const std::string_view name = strings.Text(label.text);
  const bool is_dotted = label.kind == RowKind::kModule ||
                         label.kind == RowKind::kClass ||
                         label.kind == RowKind::kFunction;
  if (!is_dotted) return name;
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

// The thread that a frame belongs to, or "".
template <typename Functions>
std::string ThreadOf(const Functions& functions, uint32_t function,
                     const StringTable& strings) {
  while (function != 0) {
    const NamedFunction node = functions.At(function);
    if (node.label.kind == RowKind::kThread) {
      return std::string(strings.Text(node.label.text));
    }
    function = node.parent;
  }
  return "";
}

template <typename Functions>
std::string NamedPath(const Functions& functions, const NamedFunction& node,
                      const StringTable& strings) {
  const std::string_view name = strings.Text(node.label.text);
  if (node.label.kind != RowKind::kFrame) return std::string(name);
  const std::string thread = ThreadOf(functions, node.parent, strings);
  return thread.empty() ? std::string(name)
                        : absl::StrCat(thread, ": ", View(name));
}

// What is shared, or held by main, begins a path of its own: "CONFIG", or
// "Session[*]" where it has no name.
std::string PathOfOwnRoot(const Label& label, const StringTable& strings) {
  const bool has_name = label.form == LeafForm::kAttribute ||
                        label.form == LeafForm::kTextKey ||
                        IsNamedElement(label) || label.own_name != kNoString;
  return has_name ? LeafText(label, strings)
                  : absl::StrCat(View(strings.Text(label.type)),
                                 StepText(label, strings));
}

// `owner`: the path of the one that all who share it have.
std::string SharedBy(const NamedFunction& node, absl::string_view owner,
                     const StringTable& strings) {
  const absl::string_view sharers = View(strings.Text(node.label.sharers));
  return node.parent == 0 ? absl::StrCat("shared: ", sharers)
                          : absl::StrCat("shared in ", owner, ": ", sharers);
}

std::string Count(uint64_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

// "str::small (app: 57 objects)", "small::426 objects of 12 types (app)".
std::string SmallName(const ProfileTree& tree, uint32_t function,
                      const std::string& owner_path,
                      const StringTable& strings) {
  const ProfileNode& node = tree.nodes[function];
  const absl::string_view place =
      node.parent == 0 ? absl::string_view("main") : owner_path;
  const std::string objects = Count(node.self.objects, "object");
  if (node.num_pruned_types == 0) {
    return absl::StrCat(View(strings.Text(node.label.type)), "::small (", place,
                        ": ", objects, ")");
  }
  return absl::StrCat("small::", objects, " of ",
                      Count(node.num_pruned_types, "type"), " (", place, ")");
}

// Whether it stands for functions that were too small to see.
bool IsRest(const ProfileTree& tree, uint32_t function) {
  return tree.nodes[function].num_pruned > 0;
}
bool IsRest(const FunctionTable&, uint32_t) { return false; }

}  // namespace

std::string StepText(const Label& label, const StringTable& strings) {
  const std::string text = CutMiddle(strings.Text(label.text), kMaxKeyBytes);
  switch (label.form) {
    case LeafForm::kAttribute:
      return absl::StrCat(".", text);
    case LeafForm::kTextKey:
      return absl::StrCat("['", text, "']");
    case LeafForm::kNumberKey:
      return absl::StrCat("[", text, "]");
    case LeafForm::kKey:
      return ".keys()";
    case LeafForm::kUnnamed:
      return ".*";
    case LeafForm::kBlock:
      return "";
    case LeafForm::kNamespace:
      return ".__dict__";
    default:
      return "[*]";
  }
}

std::string ShortenPath(std::string_view path) {
  return CutMiddle(path, kMaxPathBytes);
}

template <typename Functions>
std::string PathBelow(const std::string& owner, const Functions& functions,
                      uint32_t function, const StringTable& strings) {
  const NamedFunction node = functions.At(function);
  std::string path;
  if (IsRest(functions, function)) {
    path = owner;
  } else if (node.label.is_named()) {
    path = NamedPath(functions, node, strings);
  } else if (node.label.sharers != kNoString &&
             node.label.form == LeafForm::kBlock) {
    path = absl::StrCat("behind blocks ", SharedBy(node, owner, strings));
  } else if (node.label.sharers != kNoString || node.parent == 0) {
    path = PathOfOwnRoot(node.label, strings);
  } else if (functions.At(node.parent).label.kind == RowKind::kUnreachable) {
    path = absl::StrCat(owner, ": ", PathOfOwnRoot(node.label, strings));
  } else {
    path = absl::StrCat(owner, StepText(node.label, strings));
  }
  if (node.is_recursive && node.label.form != LeafForm::kBlock) path += "*";
  return ShortenPath(path);
}

template <typename Functions>
std::vector<std::string> MakePaths(const Functions& functions,
                                   const StringTable& strings) {
  std::vector<std::string> paths(functions.size());
  for (uint32_t i = 1; i < functions.size(); ++i) {
    paths[i] = PathBelow(paths[functions.At(i).parent], functions, i, strings);
  }
  return paths;
}

template <typename Functions>
std::string PathOf(const Functions& functions, uint32_t function,
                   const StringTable& strings) {
  std::vector<uint32_t> steps;  // The last one first.
  for (; function != 0; function = functions.At(function).parent) {
    steps.push_back(function);
  }
  std::string path;
  for (size_t i = steps.size(); i-- > 0;) {
    path = PathBelow(path, functions, steps[i], strings);
  }
  return path;
}

template <typename Functions>
std::string MakeName(const Functions& functions, uint32_t function,
                     const std::string& path, const std::string& owner_path,
                     const StringTable& strings, Places places) {
  if (function == 0) return "main";
  if constexpr (std::is_same_v<Functions, ProfileTree>) {
    if (IsRest(functions, function)) {
      return SmallName(functions, function, owner_path, strings);
    }
  }
  const NamedFunction node = functions.At(function);
  const std::string_view type = strings.Text(node.label.type);
  const absl::string_view at =
      places == Places::kShown ? View(strings.Text(node.label.place)) : "";
  if (node.label.is_named()) {
    const std::string_view leaf = LastPart(node.label, strings);
    // A frame's name does not say that it is recursive.
    const std::string full = node.label.kind == RowKind::kFrame
                                 ? NamedPath(functions, node, strings)
                                 : path;
    const bool says_more = full != leaf || node.label.place != kNoString ||
                           node.label.kind == RowKind::kModule;
    if (!says_more) return absl::StrCat(View(type), "::", View(leaf));
    return absl::StrCat(View(type), "::", View(leaf), " (", full,
                        at.empty() ? "" : ", ", at, ")");
  }
  const std::string leaf = LeafText(node.label, strings);
  const std::string owner = node.label.sharers == kNoString
                                ? path
                                : SharedBy(node, owner_path, strings);
  return absl::StrCat(View(type), "::", leaf, " (", owner,
                      at.empty() ? "" : ", ", at, ")");
}

template std::string PathBelow(const std::string&, const FunctionTable&,
                               uint32_t, const StringTable&);
template std::string PathBelow(const std::string&, const ProfileTree&, uint32_t,
                               const StringTable&);
template std::vector<std::string> MakePaths(const FunctionTable&,
                                            const StringTable&);
template std::vector<std::string> MakePaths(const ProfileTree&,
                                            const StringTable&);
template std::string PathOf(const FunctionTable&, uint32_t, const StringTable&);
template std::string PathOf(const ProfileTree&, uint32_t, const StringTable&);
template std::string MakeName(const FunctionTable&, uint32_t,
                              const std::string&, const std::string&,
                              const StringTable&, Places);
template std::string MakeName(const ProfileTree&, uint32_t, const std::string&,
                              const std::string&, const StringTable&, Places);

}  // namespace heapgrind
