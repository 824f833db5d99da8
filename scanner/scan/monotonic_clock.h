// Seconds of the clock that nobody sets.

#ifndef HEAPGRIND_SCANNER_SCAN_MONOTONIC_CLOCK_H_
#define HEAPGRIND_SCANNER_SCAN_MONOTONIC_CLOCK_H_

#include <time.h>

namespace heapgrind {

// Since some moment.
inline double Now() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

// The moment when `seconds` have passed.
inline struct timespec AfterSeconds(double seconds) {
  const double end = Now() + seconds;
  struct timespec time;
  time.tv_sec = static_cast<time_t>(end);
  time.tv_nsec = static_cast<long>((end - time.tv_sec) * 1e9);
  return time;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_MONOTONIC_CLOCK_H_
