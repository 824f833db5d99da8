// What a command of a walk has found out, before it is written for people or
// programs.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_ANSWER_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_ANSWER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "converter/commands/terminal.h"
#include "converter/commands/walk/walk_heap.h"

namespace heapgrind {

enum class CellForm { kNothing, kText, kCount, kBytes, kAddress, kFlag };

struct Cell {
  CellForm form = CellForm::kNothing;
  uint64_t number = 0;  // All forms but kText.
  std::string text;     // kText.

  static Cell Text(std::string text) {
    return {CellForm::kText, 0, std::move(text)};
  }
  static Cell Count(uint64_t count) { return {CellForm::kCount, count, ""}; }
  static Cell Bytes(uint64_t bytes) { return {CellForm::kBytes, bytes, ""}; }
  static Cell Address(uint64_t address) {
    return {CellForm::kAddress, address, ""};
  }
  static Cell Flag(bool flag) { return {CellForm::kFlag, flag, ""}; }
};

// A single thing that is known.
struct Fact {
  const char* key;  // In JSON: "retained_bytes".
  const char* title;
  Cell cell;
};

// Of a column that only JSON has.
inline constexpr int kForPrograms = -1;

struct AnswerColumn {
  const char* key;
  const char* title;
  bool is_number = true;
  int rank = 0;  // TableColumn's, or kForPrograms.
};

struct AnswerRow {
  Place place = kNoPlace;  // What the row's number stands for.
  std::vector<Cell> cells;
};

struct Answer {
  std::vector<Fact> facts;
  std::vector<AnswerColumn> columns;
  std::vector<AnswerRow> rows;
  uint64_t num_rows_left_out = 0;  // Beyond the limit of the question.
  std::vector<std::string> lines;  // Text as it is: help, source.
  std::string note;                // A message: why something is not there.
};

// The answer for people: facts, lines, a table with numbered rows.
std::string AnswerText(const Answer& answer, const OutputStyle& style);

// The answer to `command` as one line of JSON.
std::string AnswerJson(const std::string& command, const Answer& answer);

// A command that failed, as one line of JSON.
std::string ErrorJson(const std::string& command, const std::string& message);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_ANSWER_H_
