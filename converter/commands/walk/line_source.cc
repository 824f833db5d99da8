#include "converter/commands/walk/line_source.h"

#include <iostream>
#include <istream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

class StreamLines : public LineSource {
 public:
  StreamLines(std::string name, std::istream* stream)
      : name_(std::move(name)), stream_(*stream) {}

  bool Next(const std::string&, std::string* line) override {
    ++num_lines_;
    return static_cast<bool>(std::getline(stream_, *line));
  }

  std::string Position() const override {
    return absl::StrCat(name_, ":", num_lines_, ": ");
  }

 private:
  const std::string name_;
  std::istream& stream_;
  uint64_t num_lines_ = 0;
};

class TextLines : public LineSource {
 public:
  TextLines(const std::string& name, const std::string& text)
      : stream_(text), lines_(name, &stream_) {}

  bool Next(const std::string& prompt, std::string* line) override {
    return lines_.Next(prompt, line);
  }
  std::string Position() const override { return lines_.Position(); }

 private:
  std::istringstream stream_;
  StreamLines lines_;
};

}  // namespace

std::unique_ptr<LineSource> LinesOfText(const std::string& name,
                                        const std::string& text) {
  return std::make_unique<TextLines>(name, text);
}

std::unique_ptr<LineSource> LinesOfStandardInput() {
  return std::make_unique<StreamLines>("<stdin>", &std::cin);
}

}  // namespace heapgrind
