// The command line of memdump2callgrind, parsed from words.

#ifndef HEAPGRIND_TESTS_CONVERTER_COMMANDS_CONVERT_PARSED_OPTIONS_H_
#define HEAPGRIND_TESTS_CONVERTER_COMMANDS_CONVERT_PARSED_OPTIONS_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "converter/commands/convert/options.h"

namespace heapgrind {

inline CommandLine Parse(std::vector<std::string> words) {
  words.insert(words.begin(), "memdump2callgrind");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(&word[0]);
  argv.push_back(nullptr);
  return ParseCommandLine("memdump2callgrind", static_cast<int>(words.size()),
                          argv.data());
}

// The first line of the error that the words are.
inline std::string ErrorOf(std::vector<std::string> words) {
  const CommandLine command_line = Parse(std::move(words));
  EXPECT_EQ(command_line.exit_status, 2);
  EXPECT_EQ(command_line.standard_output, "");
  const std::string& text = command_line.standard_error;
  const size_t newline = text.find('\n');
  EXPECT_EQ(text.substr(newline, 7), "\nhint: ");
  return text.substr(0, newline);
}

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_COMMANDS_CONVERT_PARSED_OPTIONS_H_
