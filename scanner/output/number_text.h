// Numbers in decimal digits, fast where they are addresses.

#ifndef HEAPGRIND_SCANNER_OUTPUT_NUMBER_TEXT_H_
#define HEAPGRIND_SCANNER_OUTPUT_NUMBER_TEXT_H_

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace heapgrind {

// Most of what a dump says are addresses, and most that follow each other
// differ in their last eight digits alone: the text of those in front is kept.
class NumberText {
 public:
  // Bytes that Write may touch.
  static constexpr size_t kMostBytes = 32;

  // Writes `number` to `end`; returns where it ends.
  char* Write(uint64_t number, char* end) {
    const uint64_t front = number / kBehind;
    if (front == 0) return std::to_chars(end, end + kMostBytes, number).ptr;
    if (front != front_) KeepFront(front);
    memcpy(end, front_text_, sizeof front_text_);
    return WriteEight(static_cast<uint32_t>(number % kBehind),
                      end + front_length_);
  }

 private:
  static constexpr uint64_t kBehind = 100000000;

  void KeepFront(uint64_t front) {
    front_ = front;
    front_length_ =
        std::to_chars(front_text_, front_text_ + sizeof front_text_, front)
            .ptr -
        front_text_;
  }

  static char* WriteEight(uint32_t number, char* end) {
    WriteFour(number / 10000, end);
    WriteFour(number % 10000, end + 4);
    return end + 8;
  }

  static void WriteFour(uint32_t number, char* end) {
    WriteTwo(number / 100, end);
    WriteTwo(number % 100, end + 2);
  }

  static void WriteTwo(uint32_t number, char* end) {
    static constexpr char kPairs[] =
        "00010203040506070809101112131415161718192021222324"
        "25262728293031323334353637383940414243444546474849"
        "50515253545556575859606162636465666768697071727374"
        "75767778798081828384858687888990919293949596979899";
    memcpy(end, kPairs + 2 * number, 2);
  }

  uint64_t front_ = 0;  // What is kept.
  size_t front_length_ = 0;
  char front_text_[16];  // 2^64 / 10^8 has 12 digits.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_NUMBER_TEXT_H_
