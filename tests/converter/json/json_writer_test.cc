#include "converter/json/json_writer.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

TEST(JsonWriterTest, WritesObjectsAndArrays) {
  JsonWriter json;
  json.Open();
  json.Text("type", "str");
  json.Number("bytes", UINT64_MAX);
  json.Change("net", -3);
  json.Flag("whole", true);
  json.Null("time");
  json.OpenArray("paths");
  json.Text("a");
  json.Number(1);
  json.Null();
  json.CloseArray();
  json.Open("process");
  json.Close();
  json.Close();
  EXPECT_EQ(json.TakeLine(),
            "{\"type\":\"str\",\"bytes\":18446744073709551615,\"net\":-3,"
            "\"whole\":true,\"time\":null,\"paths\":[\"a\",1,null],\"process\":"
            "{}}\n");
}

TEST(JsonWriterTest, EachLineStartsAnew) {
  JsonWriter json;
  json.Open();
  json.Number("a", 1);
  json.Close();
  EXPECT_EQ(json.TakeLine(), "{\"a\":1}\n");
  json.Open();
  json.Number("b", 2);
  json.Close();
  EXPECT_EQ(json.TakeLine(), "{\"b\":2}\n");
}

TEST(JsonWriterTest, TextIsEscapedAndMadeUtf8) {
  JsonWriter json;
  json.Open();
  json.Text("a\"\\\n", "\xED\xA0\x80ü");
  json.Close();
  EXPECT_EQ(json.TakeLine(), "{\"a\\\"\\\\\\n\":\"���ü\"}\n");
}

}  // namespace
}  // namespace heapgrind
