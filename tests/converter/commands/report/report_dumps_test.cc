#include "converter/commands/report/report_dumps.h"

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

TEST(ForScriptTest, WhatAPageWouldTakeForMarkupIsEscaped) {
  EXPECT_EQ(ForScript("{\"a\":\"</script>&<!--\"}"),
            "{\"a\":\"\\u003c/script\\u003e\\u0026\\u003c!--\"}");
}

TEST(ForScriptTest, SecondTimeChangesNothing) {
  const std::string once = ForScript("\"<>&\\u003c\"");
  EXPECT_EQ(ForScript(once), once);
}

}  // namespace
}  // namespace heapgrind
