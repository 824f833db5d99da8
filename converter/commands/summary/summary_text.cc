#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/base/clean_name.h"
#include "converter/cli/text_table.h"
#include "converter/commands/heap_sentences.h"
#include "converter/commands/summary/summary_report.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {
namespace {

std::string Count(uint64_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

class SummaryWriter {
 public:
  SummaryWriter(const HeapSummary& summary, uint64_t num_rows,
                const OutputStyle& style)
      : summary_(summary), num_rows_(num_rows), style_(style) {}

  std::string Text() {
    text_ += SuspectsText(summary_.suspects, style_);
    if (!summary_.suspects.empty()) text_ += "\n";
    AddHead();
    AddTotals("Types", "Type", summary_.types);
    AddTotals("Packages", "Package", summary_.packages);
    if (summary_.strings.objects > 0) AddStrings();
    if (summary_.strings.duplicate_objects > 0) AddDuplicates();
    AddLargest();
    if (!summary_.native_owners.empty()) AddNativeOwners();
    if (summary_.header.rss > 0 && summary_.type_pattern.empty()) AddProcess();
    return std::move(text_);
  }

 private:
  std::string Bytes(uint64_t bytes) const { return BytesText(bytes, style_); }

  // "12 bytes", "1.5 MiB".
  std::string Amount(uint64_t bytes) const {
    return style_.is_readable ? Bytes(bytes) : Count(bytes, "byte");
  }

  void AddHead() {
    const Cost& cost = summary_.all.cost;
    const std::string of_type =
        summary_.type_pattern.empty()
            ? ""
            : absl::StrCat(" of type ", CleanName(summary_.type_pattern));
    const std::string title = absl::StrCat(CleanName(summary_.dump), ": ",
                                           Count(cost.objects, "object"),
                                           of_type, ", ", Amount(cost.bytes));
    absl::StrAppend(&text_, Heading(FitLine(title, style_), style_), "\n");
    AddLine(absl::StrCat("of these, GC headers: ", Amount(cost.gc_bytes), " (",
                         PercentText(cost.gc_bytes, cost.bytes), " %)"));
    AddLine(absl::StrCat("besides, the allocator's rounding: ",
                         Amount(cost.slack)));
    const DumpHeader& header = summary_.header;
    if (header.heapgrind == 0) return;
    const std::string command = CommandOf(header);
    AddLine(absl::StrCat("Python ", CleanName(header.python), ", pid ",
                         header.pid, ", ", UtcText(header.time),
                         command.empty() ? "" : ", ",
                         command.empty() ? "" : CleanName(command)));
  }

  void AddLine(const std::string& line) {
    absl::StrAppend(&text_, FitLine(line, style_), "\n");
  }

  void AddTitle(absl::string_view title, size_t num_shown, size_t num_all) {
    absl::StrAppend(&text_, "\n", title);
    if (num_shown < num_all) {
      absl::StrAppend(&text_, " (", num_shown, " of ", num_all, ")");
    }
    text_ += "\n";
  }

  void AddTotals(absl::string_view title, const char* name,
                 const std::vector<HeapTotal>& totals) {
    const size_t num_shown = std::min<uint64_t>(num_rows_, totals.size());
    AddTitle(title, num_shown, totals.size());
    TextTable table({{"Objects"},
                     {"%", true, 3},
                     {"Bytes"},
                     {"%", true, 1},
                     {"Cum. %", true, 4},
                     {"Largest", true, 5},
                     {"Retained", true, 2},
                     {name, false}});
    uint64_t cumulated = 0;
    for (size_t i = 0; i < num_shown; ++i) {
      cumulated += totals[i].cost.bytes;
      AddTotal(totals[i], cumulated, &table);
    }
    if (num_shown < totals.size()) {
      HeapTotal others = SumOf(
          {totals.begin() + static_cast<ptrdiff_t>(num_shown), totals.end()});
      others.name = "others";
      AddTotal(others, summary_.all.cost.bytes, &table);
    }
    text_ += table.Text(style_);
  }

  void AddTotal(const HeapTotal& total, uint64_t cumulated, TextTable* table) {
    const Cost& all = summary_.all.cost;
    // What different types retain overlaps, so it cannot be added up.
    const bool is_sum = total.retained == 0 && total.cost.bytes > 0;
    table->AddRow({absl::StrCat(total.cost.objects),
                   PercentText(total.cost.objects, all.objects),
                   Bytes(total.cost.bytes),
                   PercentText(total.cost.bytes, all.bytes),
                   PercentText(cumulated, all.bytes), Bytes(total.largest),
                   is_sum ? "-" : Bytes(total.retained), total.name});
  }

  void AddStrings() {
    const StringTotals& strings = summary_.strings;
    text_ += "\n";
    AddLine(absl::StrCat("Strings: ", Count(strings.objects, "object"), ", ",
                         Amount(strings.bytes)));
    AddLine(absl::StrCat(strings.whole_objects,
                         " are whole in the dump; one copy of each would save ",
                         Amount(strings.duplicate_bytes)));
    TextTable table({{"Objects"},
                     {"Bytes"},
                     {"%", true, 1},
                     {"Duplicates", true},
                     {"Size", true}});
    for (const StringSizes& sizes : strings.sizes) {
      table.AddRow({absl::StrCat(sizes.objects), Bytes(sizes.bytes),
                    PercentText(sizes.bytes, strings.bytes),
                    Bytes(sizes.duplicate_bytes),
                    absl::StrCat("<= ", Bytes(sizes.up_to))});
    }
    text_ += table.Text(style_);
  }

  void AddDuplicates() {
    AddTitle("Strings that are there several times", 0, 0);
    TextTable table(
        {{"Copies"}, {"Bytes", true, 1}, {"Duplicates"}, {"Text", false}});
    for (const SameStrings& same : summary_.strings.duplicates) {
      const std::string prefix =
          same.form == 's' ? "" : std::string(1, same.form);
      table.AddRow(
          {absl::StrCat(same.objects), Bytes(same.bytes),
           Bytes(same.duplicate_bytes),
           CleanName(absl::StrCat(prefix, "'", View(same.text), "'"))});
    }
    text_ += table.Text(style_);
  }

  void AddLargest() {
    AddTitle("Largest objects", summary_.largest.size(),
             summary_.all.cost.objects);
    TextTable table({{"Bytes"},
                     {"Retained"},
                     {"Address", true, 2},
                     {"Type", false, 1},
                     {"Path", false}});
    for (const LargestObject& object : summary_.largest) {
      table.AddRow({Bytes(object.bytes), Bytes(object.retained),
                    absl::StrCat("0x", absl::Hex(object.address)), object.type,
                    object.path});
    }
    text_ += table.Text(style_);
  }

  void AddNativeOwners() {
    const std::vector<NativeOwner>& owners = summary_.native_owners;
    const size_t num_shown = std::min<uint64_t>(num_rows_, owners.size());
    AddTitle("Owners of native memory", num_shown, owners.size());
    TextTable table({{"Objects"}, {"Bytes"}, {"%", true, 1}, {"Type", false}});
    for (size_t i = 0; i < num_shown; ++i) {
      table.AddRow({absl::StrCat(owners[i].objects), Bytes(owners[i].bytes),
                    PercentText(owners[i].bytes, summary_.all.cost.bytes),
                    owners[i].name});
    }
    text_ += table.Text(style_);
  }

  void AddProcess() {
    const uint64_t swap = summary_.header.swap;
    const uint64_t total = summary_.header.rss + swap;
    const ProcessMemory& process = summary_.process;
    AddTitle("Process", 0, 0);
    TextTable table({{"Bytes"}, {"%"}, {"What", false}});
    const auto add = [&](uint64_t bytes, const char* what) {
      table.AddRow({Bytes(bytes), PercentText(bytes, total), what});
    };
    add(summary_.all.cost.bytes, "objects");
    add(process.overhead, "allocator overhead: rounding, pool headers");
    add(process.free_space, "allocator free space");
    const auto add_if_any = [&](uint64_t bytes, const char* what) {
      if (bytes > 0) add(bytes, what);
    };
    add_if_any(process.pymalloc_without_objects,
               "pymalloc without objects: blocks of C code");
    add_if_any(process.malloc_without_objects,
               "malloc without objects: blocks of C code");
    add_if_any(process.native_without_owner,
               "native memory without an owner: blocks of C code");
    add_if_any(process.swapped, "swapped out, and of no large object");
    add(process.native, "native memory: program code, stacks, C libraries");
    add(total, swap == 0 ? "resident memory" : "resident memory and swap");
    text_ += table.Text(style_);
    if (process.excess == 0) return;
    AddLine(absl::StrCat("the objects exceed the memory of the process by ",
                         Amount(process.excess), ": pages never touched"));
  }

  const HeapSummary& summary_;
  const uint64_t num_rows_;
  const OutputStyle style_;
  std::string text_;
};

}  // namespace

std::string SummaryText(const HeapSummary& summary, uint64_t num_rows,
                        const OutputStyle& style) {
  return SummaryWriter(summary, num_rows, style).Text();
}

}  // namespace heapgrind
