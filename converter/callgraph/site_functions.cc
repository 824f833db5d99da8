#include "converter/callgraph/site_functions.h"

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/python/code_lines.h"

namespace heapgrind {
namespace {

// What tracemalloc calls the file where no Python code runs.
constexpr std::string_view kNoFrame = "<unknown>";

// The top-level package of each file that is a module's.
absl::flat_hash_map<StringId, std::string> PackagesOfFiles(
    const HeapGraph& graph) {
  absl::flat_hash_map<StringId, std::string> packages;
  for (const auto& [node, definition] : graph.definitions) {
    if (graph.kind(node) != NodeKind::kModule || definition.file == kNoString ||
        graph.text[node] == kNoString) {
      continue;
    }
    const std::string_view name = graph.strings.Text(graph.text[node]);
    std::string package = CleanName(name.substr(0, name.find('.')));
    std::string& known = packages[definition.file];
    // A file may be several modules: `__main__` says least.
    if (known.empty() || known == "__main__" || package < known) {
      known = std::move(package);
    }
  }
  return packages;
}

std::string NameOf(const CodeLines::Code& code, std::string_view file,
                   const StringTable& strings) {
  if (file == kNoFrame) return "no frame::no Python code ran";
  const std::string base(file.substr(file.rfind('/') + 1));
  if (code.qualname == kNoString) {
    return CleanName(absl::StrCat(base, "::<module>"));
  }
  return CleanName(absl::StrCat(base,
                                "::", std::string(strings.Text(code.qualname)),
                                " (line ", code.line, ")"));
}

class FunctionFinder {
 public:
  FunctionFinder(const HeapGraph& graph, const SourceFiles& sources)
      : graph_(graph),
        sources_(sources),
        codes_(graph),
        packages_(PackagesOfFiles(graph)) {}

  SiteFunctions Run() {
    // By name, path and line.
    std::map<std::tuple<std::string, std::string_view, uint32_t>, uint32_t>
        numbers;
    std::vector<uint32_t*> number_of_site;
    for (const AllocationSite& site : graph_.sites) {
      const CodeLines::Code code = codes_.Find(site.file, site.line);
      const std::string_view path = graph_.strings.Text(site.file);
      const auto entry = numbers.try_emplace(
          {NameOf(code, path, graph_.strings), path, code.line}, 0);
      if (entry.second) file_of_path_[path] = site.file;
      number_of_site.push_back(&entry.first->second);
    }
    SiteFunctions result;
    for (auto& [key, number] : numbers) {
      number = static_cast<uint32_t>(result.functions.size());
      result.functions.push_back(
          MakeFunction(std::get<0>(key), std::get<1>(key), std::get<2>(key)));
    }
    for (const uint32_t* number : number_of_site) {
      result.function_of_site.push_back(*number);
    }
    return result;
  }

 private:
  Function MakeFunction(const std::string& name, std::string_view path,
                        uint32_t line) const {
    Function function;
    function.name = name;
    const auto package = packages_.find(file_of_path_.at(path));
    function.object = package == packages_.end() ? "(other)" : package->second;
    const std::string located = sources_.Locate(path);
    const bool is_known = !located.empty() && located[0] == '/';
    function.file = is_known ? CleanName(located) : "???";
    function.line = line;
    return function;
  }

  const HeapGraph& graph_;
  const SourceFiles& sources_;
  const CodeLines codes_;
  const absl::flat_hash_map<StringId, std::string> packages_;
  absl::flat_hash_map<std::string_view, StringId> file_of_path_;
};

}  // namespace

SiteFunctions FindSiteFunctions(const HeapGraph& graph,
                                const SourceFiles& sources) {
  return FunctionFinder(graph, sources).Run();
}

}  // namespace heapgrind
