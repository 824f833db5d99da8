#include "converter/commands/convert/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "converter/base/version.h"
#include "tests/converter/commands/convert/parsed_options.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(OptionsTest, HasTheDocumentedDefaults) {
  const CommandLine command_line = Parse({"a.json"});
  EXPECT_EQ(command_line.exit_status, std::nullopt);
  EXPECT_EQ(command_line.standard_error, "");
  EXPECT_THAT(command_line.options.dumps, ElementsAre("a.json"));
  EXPECT_EQ(command_line.options.output, "");
  EXPECT_EQ(command_line.options.conversion.limits.min_percent, 0.01);
  EXPECT_EQ(command_line.options.conversion.limits.max_functions, 20000u);
  EXPECT_EQ(command_line.options.conversion.granularity, Granularity::kPath);
  EXPECT_EQ(command_line.options.heap.ownership, OwnershipRules::kModules);
}

TEST(OptionsTest, ReadsEveryOption) {
  const CommandLine command_line =
      Parse({"--output=out.%p", "--min-percent=1.5", "--max-functions=7",
             "--by=type", "--ownership=strict", "-"});
  EXPECT_EQ(command_line.exit_status, std::nullopt)
      << command_line.standard_error;
  EXPECT_THAT(command_line.options.dumps, ElementsAre("-"));
  EXPECT_EQ(command_line.options.output, "out.%p");
  EXPECT_EQ(command_line.options.conversion.limits.min_percent, 1.5);
  EXPECT_EQ(command_line.options.conversion.limits.max_functions, 7u);
  EXPECT_EQ(command_line.options.conversion.granularity, Granularity::kType);
  EXPECT_EQ(command_line.options.heap.ownership, OwnershipRules::kStrict);
}

TEST(OptionsTest, ReadsWhatToShow) {
  const Options options =
      Parse({"--by=object", "--top=5", "--focus=Session::", "--ascii",
             "--source-prefix=/old=/new", "--source-prefix=/a=", "a.json"})
          .options;
  const ConversionOptions& conversion = options.conversion;
  EXPECT_EQ(conversion.granularity, Granularity::kObject);
  EXPECT_EQ(conversion.num_single_objects, 5u);
  EXPECT_EQ(conversion.focus, "Session::");
  EXPECT_TRUE(conversion.ascii_names);
  EXPECT_EQ(options.heap.source_prefixes,
            (SourcePrefixes{{"/old", "/new"}, {"/a", ""}}));
}

TEST(OptionsTest, ReadsEventsAndProcess) {
  const Options options =
      Parse({"--events=slack,gc,virtual,native", "--process", "a.json"})
          .options;
  EXPECT_TRUE(options.extra_events.gc_bytes);
  EXPECT_TRUE(options.extra_events.slack);
  EXPECT_TRUE(options.extra_events.virtual_bytes);
  EXPECT_TRUE(options.extra_events.native_bytes);
  EXPECT_TRUE(options.shows_process);
  EXPECT_EQ(
      ErrorOf({"--events=gc,ir", "a"}),
      "memdump2callgrind: expected gc, slack, virtual or native in --events, "
      "got \"ir\"");
  EXPECT_EQ(ErrorOf({"--process", "--focus=x", "a"}),
            "memdump2callgrind: expected --process or --focus, got both: the "
            "one shows the whole process, the other a part of its objects");
}

TEST(OptionsTest, ReadsTheNumberOfThreads) {
  EXPECT_EQ(Parse({"a"}).options.heap.num_threads, 0u);
  EXPECT_EQ(Parse({"--threads=1024", "a"}).options.heap.num_threads, 1024u);
  EXPECT_EQ(ErrorOf({"--threads=0", "a"}),
            "memdump2callgrind: expected a whole number from 1 to 1024 in "
            "--threads, got \"0\"");
  EXPECT_EQ(ErrorOf({"--threads=1025", "a"}),
            "memdump2callgrind: expected a whole number from 1 to 1024 in "
            "--threads, got \"1025\"");
}

TEST(OptionsTest, MaxMemoryIsASize) {
  EXPECT_EQ(Parse({"a"}).options.heap.max_memory, 0u);
  EXPECT_EQ(Parse({"--max-memory=12345", "a"}).options.heap.max_memory, 12345u);
  EXPECT_EQ(Parse({"--max-memory=3K", "a"}).options.heap.max_memory, 3072u);
  EXPECT_EQ(Parse({"--max-memory=500M", "a"}).options.heap.max_memory,
            500u << 20);
  EXPECT_EQ(Parse({"--max-memory=2G", "a"}).options.heap.max_memory,
            uint64_t{2} << 30);
  EXPECT_EQ(Parse({"--max-memory=1T", "a"}).options.heap.max_memory,
            uint64_t{1} << 40);
  for (const std::string wrong :
       {"", "0", "0G", "G", "-1", "1.5G", "2g", "2GB", "99999999T"}) {
    EXPECT_EQ(ErrorOf({"--max-memory=" + wrong, "a"}),
              "memdump2callgrind: expected a size such as 500M or 2G in "
              "--max-memory, got \"" +
                  wrong + "\"");
  }
}

TEST(OptionsTest, ReadsOptionsAsOtherGnuProgramsDo) {
  EXPECT_EQ(Parse({"a.json", "-o", "out"}).options.output, "out");
  EXPECT_EQ(Parse({"-oout", "a.json"}).options.output, "out");
  EXPECT_EQ(Parse({"--out", "out", "a.json"}).options.output, "out");
  EXPECT_THAT(Parse({"--", "--help"}).options.dumps, ElementsAre("--help"));
  EXPECT_EQ(
      Parse({"--by=type", "--by=path", "a"}).options.conversion.granularity,
      Granularity::kPath);
}

TEST(OptionsTest, TakesTheEndsOfEveryRange) {
  EXPECT_EQ(
      Parse({"--min-percent=0", "a"}).options.conversion.limits.min_percent, 0);
  EXPECT_EQ(
      Parse({"--min-percent=100", "a"}).options.conversion.limits.min_percent,
      100);
  EXPECT_EQ(
      Parse({"--max-functions=2", "a"}).options.conversion.limits.max_functions,
      2u);
}

TEST(OptionsTest, ShowsHelpAndVersion) {
  const CommandLine help = Parse({"--help"});
  EXPECT_EQ(help.exit_status, 0);
  EXPECT_EQ(help.standard_error, "");
  EXPECT_THAT(help.standard_output,
              StartsWith("Usage: memdump2callgrind [OPTION]... DUMP...\n"));
  EXPECT_THAT(help.standard_output, HasSubstr("--ownership=modules|strict"));
  const CommandLine version = Parse({"--version"});
  EXPECT_EQ(version.exit_status, 0);
  EXPECT_EQ(version.standard_output,
            absl::StrCat("memdump2callgrind ", kVersion, "\n"));
}

TEST(OptionsTest, AddsUpByPathAndWhole) {
  EXPECT_TRUE(Parse({"--merge=sum", "a", "b"}).options.sums);
  EXPECT_FALSE(Parse({"--merge=side", "a", "b"}).options.sums);
  EXPECT_EQ(ErrorOf({"--merge=max", "a"}),
            "memdump2callgrind: expected side or sum in --merge, got \"max\"");
  EXPECT_EQ(ErrorOf({"--merge=sum", "--by=type", "a", "b"}),
            "memdump2callgrind: expected --merge=sum or --by, got both: heaps "
            "are added up by path, and whole");
}

TEST(OptionsTest, MayHaveSeveralDumps) {
  EXPECT_THAT(Parse({"a", "b", "-"}).options.dumps, ElementsAre("a", "b", "-"));
}

}  // namespace
}  // namespace heapgrind
