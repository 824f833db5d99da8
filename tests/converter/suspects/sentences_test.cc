#include "converter/suspects/sentences.h"

#include <string>

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

Suspect Cache() {
  Suspect suspect;
  suspect.owner = "shop.sessions.CACHE";
  suspect.type = "Session";
  suspect.count = 120000;
  suspect.bytes = 73051656;
  suspect.heap_bytes = 164871668;
  suspect.parts = {{"dict", 46533600}, {"str", 999}};
  return suspect;
}

TEST(SentencesTest, WhatIsThereIsHeld) {
  EXPECT_EQ(SentenceOf(Cache()),
            "shop.sessions.CACHE holds 120 000 Session, 73.1 MB, 44 % of the "
            "heap");
}

TEST(SentencesTest, WhatIsLargeItselfIsWhatItIs) {
  Suspect suspect = Cache();
  suspect.is_itself = true;
  suspect.count = 1;
  suspect.type = "bytearray";
  EXPECT_EQ(SentenceOf(suspect),
            "shop.sessions.CACHE is one bytearray, 73.1 MB, 44 % of the heap");
}

TEST(SentencesTest, SeveralOwnersShare) {
  Suspect suspect = Cache();
  suspect.is_shared = true;
  suspect.owner = "by_id, by_user in app";
  EXPECT_EQ(SentenceOf(suspect),
            "by_id, by_user in app share 120 000 Session, 73.1 MB, 44 % of the "
            "heap");
}

TEST(SentencesTest, WhatGrewIsComparedWithTheOlderHeap) {
  Suspect suspect = Cache();
  suspect.kind = SuspectKind::kGrew;
  EXPECT_EQ(SentenceOf(suspect),
            "shop.sessions.CACHE grew by 120 000 Session, 73.1 MB, 44 % of the "
            "older heap");
  suspect.count = 0;
  EXPECT_EQ(SentenceOf(suspect),
            "shop.sessions.CACHE grew, 73.1 MB, 44 % of the older heap");
}

TEST(SentencesTest, WhatStayedIsKept) {
  Suspect suspect = Cache();
  suspect.kind = SuspectKind::kStayed;
  EXPECT_EQ(SentenceOf(suspect),
            "shop.sessions.CACHE keeps 120 000 Session that came and stayed, "
            "73.1 MB, 44 % of the heap");
}

TEST(SentencesTest, SeveralOwnersKeepAndHaveGrown) {
  Suspect suspect = Cache();
  suspect.is_shared = true;
  suspect.owner = "by_id, by_user in app";
  suspect.kind = SuspectKind::kStayed;
  EXPECT_EQ(SentenceOf(suspect),
            "by_id, by_user in app keep 120 000 Session that came and stayed, "
            "73.1 MB, 44 % of the heap");
  suspect.count = 0;
  EXPECT_EQ(SentenceOf(suspect),
            "by_id, by_user in app have grown, 73.1 MB, 44 % of the heap");
  suspect.is_shared = false;
  suspect.owner = "app.CACHE";
  EXPECT_EQ(SentenceOf(suspect),
            "app.CACHE has grown, 73.1 MB, 44 % of the heap");
}

TEST(SentencesTest, GroupIsOfDifferentOwners) {
  Suspect suspect = Cache();
  suspect.is_group = true;
  suspect.owner = "12 different owners (*.state.events[*])";
  EXPECT_EQ(SentenceOf(suspect),
            "12 different owners (*.state.events[*]) hold 120 000 Session, "
            "73.1 MB, 44 % of the heap");
  suspect.kind = SuspectKind::kGrew;
  EXPECT_EQ(SentenceOf(suspect),
            "12 different owners (*.state.events[*]) grew by 120 000 Session, "
            "73.1 MB, 44 % of the older heap");
  suspect.kind = SuspectKind::kStayed;
  EXPECT_EQ(SentenceOf(suspect),
            "12 different owners (*.state.events[*]) keep 120 000 Session that "
            "came and stayed, 73.1 MB, 44 % of the heap");
}

TEST(SentencesTest, WhatIsLargeItselfGrowsAndStays) {
  Suspect suspect = Cache();
  suspect.is_itself = true;
  suspect.owner = "app.BLOB";
  suspect.type = "bytearray";
  suspect.count = 1;
  suspect.kind = SuspectKind::kGrew;
  EXPECT_EQ(SentenceOf(suspect),
            "app.BLOB, one bytearray, grew, 73.1 MB, 44 % of the older heap");
  suspect.kind = SuspectKind::kStayed;
  EXPECT_EQ(SentenceOf(suspect),
            "app.BLOB, one bytearray, came and stayed, 73.1 MB, 44 % of the "
            "heap");
  suspect.kind = SuspectKind::kHolds;
  suspect.count = 3;
  EXPECT_EQ(SentenceOf(suspect),
            "app.BLOB are 3 bytearray, 73.1 MB, 44 % of the heap");
}

// What stands behind "holds" for a type and one, two objects of it.
std::string Held(const std::string& type, uint64_t count) {
  Suspect suspect = Cache();
  suspect.type = type;
  suspect.count = count;
  const std::string sentence = SentenceOf(suspect);
  const size_t begin = sentence.find(" holds ") + 7;
  return sentence.substr(begin, sentence.find(",") - begin);
}

TEST(SentencesTest, NamesOfTypesStayAndWordsHaveAPlural) {
  EXPECT_EQ(Held("Session", 1), "one Session");
  EXPECT_EQ(Held("Session", 2), "2 Session");
  EXPECT_EQ(Held("shop.models.Event", 2), "2 shop.models.Event");
  EXPECT_EQ(Held("class", 1), "one class");
  EXPECT_EQ(Held("class", 2), "2 classes");
  EXPECT_EQ(Held("objects", 1), "one object");
  EXPECT_EQ(Held("objects", 2), "2 objects");
  EXPECT_EQ(Held("bytes", 1), "one bytes object");
  EXPECT_EQ(Held("bytes", 2), "2 bytes objects");
}

TEST(SentencesTest, PercentagesAreNeverZeroOfSomething) {
  Suspect suspect = Cache();
  suspect.bytes = 49;
  suspect.heap_bytes = 100'000;
  EXPECT_EQ(SentenceOf(suspect),
            "shop.sessions.CACHE holds 120 000 Session, 49 bytes, less than "
            "0.1 % of the heap");
  suspect.heap_bytes = 0;
  EXPECT_EQ(SentenceOf(suspect),
            "shop.sessions.CACHE holds 120 000 Session, 49 bytes");
}

TEST(SentencesTest, PartsAreNamedWithTheirSizes) {
  EXPECT_EQ(PartsText(Cache()), "46.5 MB dict, 999 bytes str");
}

TEST(SentencesTest, DigitsStandInGroupsOfThree) {
  EXPECT_EQ(GroupedDigits(0), "0");
  EXPECT_EQ(GroupedDigits(999), "999");
  EXPECT_EQ(GroupedDigits(1000), "1 000");
  EXPECT_EQ(GroupedDigits(UINT64_MAX), "18 446 744 073 709 551 615");
}

TEST(SentencesTest, SizesAreRoundedToTheUnitThatFits) {
  EXPECT_EQ(DecimalSize(0), "0 bytes");
  EXPECT_EQ(DecimalSize(1), "1 byte");
  EXPECT_EQ(DecimalSize(999), "999 bytes");
  EXPECT_EQ(DecimalSize(1000), "1.0 kB");
  EXPECT_EQ(DecimalSize(999949), "999.9 kB");
  EXPECT_EQ(DecimalSize(999950), "1.0 MB");
  EXPECT_EQ(DecimalSize(UINT64_MAX), "18.4 EB");
}

}  // namespace
}  // namespace heapgrind
