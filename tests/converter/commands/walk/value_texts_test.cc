#include "converter/commands/value_texts.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/converter/support/heap_of_text.h"

namespace heapgrind {
namespace {

HeapGraph Heap() {
  std::string lines;
  for (const char* const address : {"16", "32", "48"}) {
    lines += std::string("{\"address\": ") + address +
             ", \"type\": \"str\", \"size\": 8, \"refs\": []}\n";
  }
  return HeapOf(lines);
}

DumpRecord Record(uint64_t address, std::string_view value, uint64_t len) {
  DumpRecord record;
  record.address = address;
  record.value = value;
  record.len = len;
  return record;
}

std::vector<std::unique_ptr<ValueCollector>> TwoCollectors() {
  std::vector<std::unique_ptr<ValueCollector>> collectors;
  for (int i = 0; i < 2; ++i) {
    collectors.push_back(std::make_unique<ValueCollector>());
  }
  return collectors;
}

TEST(ValueTextsTest, ValuesOfAllThreadsAreFoundByNode) {
  const HeapGraph graph = Heap();
  const auto collectors = TwoCollectors();
  collectors[1]->StartSection(0);
  EXPECT_TRUE(collectors[1]->Take(Record(48, "last", 100)).ok());
  collectors[0]->StartSection(1);
  EXPECT_TRUE(collectors[0]->Take(Record(16, "", 0)).ok());
  const ValueTexts values(graph, collectors);
  EXPECT_EQ(values.Text(2), "last");
  EXPECT_EQ(values.Length(2), 100u);
  EXPECT_EQ(values.Text(0), "");
  EXPECT_NE(values.Text(0).data(), nullptr);
  EXPECT_EQ(values.Text(1).data(), nullptr);
  EXPECT_EQ(values.Length(1), 0u);
}

TEST(ValueTextsTest, OfTwoRecordsTheFirstInTheDumpCounts) {
  const HeapGraph graph = Heap();
  const auto collectors = TwoCollectors();
  collectors[0]->StartSection(3);
  EXPECT_TRUE(collectors[0]->Take(Record(32, "second", 6)).ok());
  collectors[1]->StartSection(2);
  EXPECT_TRUE(collectors[1]->Take(Record(32, "first", 5)).ok());
  EXPECT_EQ(ValueTexts(graph, collectors).Text(1), "first");
}

TEST(ValueTextsTest, RecordsWithoutValueAreNotKept) {
  const HeapGraph graph = Heap();
  const auto collectors = TwoCollectors();
  collectors[0]->StartSection(0);
  EXPECT_TRUE(collectors[0]->Take(Record(16, std::string_view(), 3)).ok());
  int num_values = 0;
  ValueTexts(graph, collectors).ForEach([&](NodeId, std::string_view) {
    ++num_values;
  });
  EXPECT_EQ(num_values, 0);
}

}  // namespace
}  // namespace heapgrind
