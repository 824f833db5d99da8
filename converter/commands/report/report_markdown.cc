#include "converter/commands/report/report_markdown.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "converter/cli/terminal.h"
#include "converter/commands/report/markdown_sections.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {
namespace {

class MarkdownWriter : private MarkdownSections {
 public:
  MarkdownWriter(const JsonValue& report, uint64_t num_rows)
      : MarkdownSections(num_rows), report_(report) {}

  std::string Text() {
    absl::StrAppend(&text_, "# Heap of ", Code(report_["title"]), "\n");
    AddSentences();
    AddDumps();
    AddTotals();
    AddOwners();
    AddTotalsOf("types", "Types", "Type");
    AddTotalsOf("packages", "Packages", "Package");
    AddAttributes();
    AddLargest();
    AddStrings();
    AddContainers();
    AddNativeOwners();
    AddThreads(report_["threads"].elements);
    if (!report_["growth"].is_null()) AddGrowth(report_["growth"]);
    return std::move(text_);
  }

 private:
  std::string Percent(const JsonValue& bytes) const {
    return PercentText(bytes.number, report_["totals"]["bytes"].number);
  }

  void AddSentences() {
    const std::vector<JsonValue>& sentences = report_["sentences"].elements;
    text_ += "\n";
    if (sentences.empty()) text_ += "Nothing in it stands out.\n";
    for (const JsonValue& sentence : sentences) {
      absl::StrAppend(&text_, "- ", Code(sentence["text"]), "\n  (",
                      Number(sentence["bytes"]), " bytes");
      for (const JsonValue& part : sentence["parts"].elements) {
        absl::StrAppend(&text_, "; ", Code(part["type"]), " ",
                        Number(part["bytes"]));
      }
      text_ += ")\n";
    }
  }

  void AddDumps() {
    AddRows("Dumps", report_["dumps"],
            {{"Dump"},
             {"Time"},
             {"Python"},
             {"PID", true},
             {"Objects", true},
             {"Bytes", true}},
            [](const JsonValue& dump) -> std::vector<std::string> {
              const bool has_time = !dump["time"].is_null();
              return {Code(dump["dump"]),
                      has_time ? UtcText(dump["time"].number) : "-",
                      has_time ? Code(dump["python"]) : "-",
                      has_time ? Number(dump["pid"]) : "-",
                      Number(dump["objects"]),
                      Number(dump["bytes"])};
            });
  }

  void AddTotals() {
    const JsonValue& totals = report_["totals"];
    const JsonValue& process = report_["process"];
    const uint64_t whole =
        process.is_null() ? totals["bytes"].number : process["total"].number;
    MarkdownTable table({{"Bytes", true}, {"%", true}, {"What"}});
    const auto add = [&](const JsonValue& bytes, const std::string& what) {
      table.AddRow({Number(bytes), PercentText(bytes.number, whole), what});
    };
    add(totals["bytes"],
        absl::StrCat(Number(totals["objects"]),
                     totals["objects"].number == 1 ? " object" : " objects"));
    for (const JsonValue& row : process["rows"].elements) {
      add(row["bytes"], Code(row["name"]));
    }
    if (!process.is_null()) add(process["total"], "resident memory and swap");
    AddTable("Totals", table, 0, 0);
    if (process["excess"].number > 0) {
      absl::StrAppend(&text_, "\nThe objects exceed the memory of the process ",
                      "by ", Number(process["excess"]), " bytes.\n");
    }
  }

  // The largest rows of the tree, each below its owner.
  void AddOwners() {
    const std::vector<JsonValue>& rows = report_["rows"].elements;
    const std::vector<size_t> largest = LargestRows(rows);
    const size_t num_shown = largest.size();
    MarkdownTable table({{"Bytes", true},
                         {"%", true},
                         {"Own bytes", true},
                         {"Count", true},
                         {"Owner"}});
    for (const size_t i : largest) {
      const JsonValue& row = rows[i];
      table.AddRow({Number(row["bytes"]), Percent(row["bytes"]),
                    Number(row["self_bytes"]), Number(row["count"]),
                    Code(row["name"])});
    }
    if (num_shown > 0) {
      AddTable("Who owns most", table, num_shown, rows.size() - 1);
    }
  }

  void AddTotalsOf(const char* key, const char* title, const char* name) {
    AddRows(title, report_[key],
            {{"Objects", true},
             {"Bytes", true},
             {"%", true},
             {"Largest", true},
             {"Retained", true},
             {name}},
            [this](const JsonValue& row) -> std::vector<std::string> {
              return {Number(row["objects"]),  Number(row["bytes"]),
                      Percent(row["bytes"]),   Number(row["largest"]),
                      Number(row["retained"]), Code(row["name"])};
            });
  }

  void AddAttributes() {
    AddRows(
        "Attributes", report_["attributes"],
        {{"Objects", true}, {"Bytes", true}, {"%", true}, {"Attribute"}},
        [this](const JsonValue& row) -> std::vector<std::string> {
          return {
              Number(row["count"]), Number(row["bytes"]), Percent(row["bytes"]),
              CodeSpan(absl::StrCat(row["owner"].text, ".", row["name"].text))};
        });
  }

  void AddLargest() {
    AddRows("Largest objects", report_["largest"]["by_bytes"],
            {{"Bytes", true}, {"Retained", true}, {"Type"}, {"Path"}},
            [](const JsonValue& row) -> std::vector<std::string> {
              return {Number(row["bytes"]), Number(row["retained"]),
                      Code(row["type"]), Code(row["path"])};
            });
  }

  void AddStrings() {
    const bool shows_texts = report_["shows_strings"].flag;
    std::vector<MarkdownColumn> columns = {
        {"Copies", true}, {"Bytes", true}, {"Duplicates", true}, {"Type"}};
    if (shows_texts) columns.push_back({"Text"});
    AddRows("Strings that are there several times",
            report_["strings"]["duplicates"], columns,
            [shows_texts](const JsonValue& row) {
              std::vector<std::string> cells = {
                  Number(row["objects"]), Number(row["bytes"]),
                  Number(row["duplicate_bytes"]), Code(row["type"])};
              if (shows_texts) cells.push_back(Code(row["value"]));
              return cells;
            });
  }

  void AddContainers() {
    AddRows("Containers by the number of their items", report_["containers"],
            {{"Objects", true},
             {"Bytes", true},
             {"Items", true},
             {"Items each", true},
             {"Type"}},
            [](const JsonValue& row) -> std::vector<std::string> {
              return {Number(row["objects"]), Number(row["bytes"]),
                      Number(row["all_items"]),
                      absl::StrCat("up to ", Number(row["items"])),
                      Code(row["type"])};
            });
  }

  void AddNativeOwners() {
    AddRows("Owners of native memory", report_["native_owners"],
            {{"Objects", true}, {"Bytes", true}, {"%", true}, {"Type"}},
            [this](const JsonValue& row) -> std::vector<std::string> {
              return {Number(row["objects"]), Number(row["bytes"]),
                      Percent(row["bytes"]), Code(row["name"])};
            });
  }

  void AddGrowth(const JsonValue& growth) {
    AddDifference("What grew, by owner", growth["owners"], "Owner");
    AddDifference("What grew, by type", growth["types"], "Type");
    AddDifference("What grew, by package", growth["packages"], "Package");
    const JsonValue& stayed = growth["stayed"];
    AddRows("What came after the first dump and stayed", stayed["owners"],
            {{"Topmost", true}, {"Objects", true}, {"Bytes", true}, {"Owner"}},
            [](const JsonValue& row) -> std::vector<std::string> {
              return {Number(row["topmost"]), Number(row["objects"]),
                      Number(row["bytes"]), Code(row["owner"])};
            });
  }

  void AddDifference(const char* title, const JsonValue& rows,
                     const char* name) {
    AddRows(title, rows,
            {{"Net bytes", true},
             {"Net", true},
             {"New bytes", true},
             {"Gone bytes", true},
             {name}},
            [](const JsonValue& row) -> std::vector<std::string> {
              return {Number(row["net_bytes"]), Number(row["net_objects"]),
                      Number(row["new_bytes"]), Number(row["gone_bytes"]),
                      Code(row["name"])};
            });
  }

  const JsonValue& report_;
};

}  // namespace

std::string ReportMarkdown(const JsonValue& report, uint64_t num_rows) {
  return MarkdownWriter(report, num_rows).Text();
}

}  // namespace heapgrind
