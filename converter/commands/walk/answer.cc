#include "converter/commands/walk/answer.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/base/visible_text.h"
#include "converter/cli/messages.h"
#include "converter/cli/text_table.h"
#include "converter/json/json_writer.h"

namespace heapgrind {
namespace {

std::string CellText(const Cell& cell, const OutputStyle& style) {
  switch (cell.form) {
    case CellForm::kNothing:
      return "";
    case CellForm::kText:
      return VisibleText(cell.text);
    case CellForm::kCount:
      return absl::StrCat(cell.number);
    case CellForm::kBytes:
      return BytesText(cell.number, style);
    case CellForm::kAddress:
      return absl::StrFormat("0x%x", cell.number);
    case CellForm::kFlag:
      return cell.number == 0 ? "" : "yes";
  }
  return "";
}

void WriteCell(const char* key, const Cell& cell, JsonWriter* json) {
  switch (cell.form) {
    case CellForm::kNothing:
      json->Text(key);
      json->Null();
      break;
    case CellForm::kText:
      json->Text(key, cell.text);
      break;
    case CellForm::kFlag:
      json->Flag(key, cell.number != 0);
      break;
    default:
      json->Number(key, cell.number);
  }
}

std::string FactsText(const Answer& answer, const OutputStyle& style) {
  size_t width = 0;
  for (const Fact& fact : answer.facts) {
    width = std::max(width, std::strlen(fact.title));
  }
  std::string text;
  for (const Fact& fact : answer.facts) {
    const std::string value = CellText(fact.cell, style);
    if (value.empty()) continue;
    const std::string gap(width - std::strlen(fact.title) + 2, ' ');
    absl::StrAppend(&text, fact.title, gap, value, "\n");
  }
  return text;
}

std::string RowsText(const Answer& answer, const OutputStyle& style) {
  std::vector<TableColumn> columns = {{"#"}};
  for (const AnswerColumn& column : answer.columns) {
    if (column.rank == kForPrograms) continue;
    columns.push_back({column.title, column.is_number, column.rank});
  }
  TextTable table(columns);
  size_t number = 0;
  for (const AnswerRow& row : answer.rows) {
    std::vector<std::string> cells = {absl::StrCat(++number)};
    for (size_t i = 0; i < row.cells.size(); ++i) {
      if (answer.columns[i].rank == kForPrograms) continue;
      cells.push_back(CellText(row.cells[i], style));
    }
    table.AddRow(std::move(cells));
  }
  return table.Text(style);
}

}  // namespace

std::string AnswerText(const Answer& answer, const OutputStyle& style) {
  std::string text = FactsText(answer, style);
  for (const std::string& line : answer.lines) {
    absl::StrAppend(&text, line, "\n");
  }
  if (!answer.note.empty()) {
    absl::StrAppend(&text, MessageText("heapgrind walk", answer.note), "\n");
  }
  if (!answer.rows.empty()) absl::StrAppend(&text, RowsText(answer, style));
  if (answer.num_rows_left_out > 0) {
    absl::StrAppend(&text, answer.num_rows_left_out, " more; -n ",
                    answer.rows.size() + answer.num_rows_left_out,
                    " shows all\n");
  }
  return text;
}

std::string AnswerJson(const std::string& command, const Answer& answer) {
  JsonWriter json;
  json.Open();
  json.Text("command", command);
  for (const Fact& fact : answer.facts) WriteCell(fact.key, fact.cell, &json);
  if (!answer.lines.empty()) {
    json.OpenArray("lines");
    for (const std::string& line : answer.lines) json.Text(line);
    json.CloseArray();
  }
  if (!answer.note.empty()) json.Text("note", answer.note);
  if (!answer.columns.empty()) {
    json.OpenArray("rows");
    for (const AnswerRow& row : answer.rows) {
      json.Open();
      for (size_t i = 0; i < row.cells.size(); ++i) {
        WriteCell(answer.columns[i].key, row.cells[i], &json);
      }
      json.Close();
    }
    json.CloseArray();
    json.Number("rows_left_out", answer.num_rows_left_out);
  }
  json.Close();
  return json.TakeLine();
}

std::string ErrorJson(const std::string& command, const std::string& message) {
  JsonWriter json;
  json.Open();
  json.Text("command", command);
  json.Text("error", message);
  json.Close();
  return json.TakeLine();
}

}  // namespace heapgrind
