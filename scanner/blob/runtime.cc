// What the C++ compiler and libstdc++ ask for, and never call here: of
// libstdc++ there is std::to_chars of a double in its shortest form, which
// needs none of it.

#include <cstddef>

#include "blob/input.h"

extern "C" {

void __cxa_pure_virtual() { hg_exit(1); }
[[noreturn]] void abort() { hg_exit(1); }
[[noreturn]] void __assert_fail(const char*, const char*, unsigned,
                                const char*) noexcept {
  hg_exit(1);
}
int sprintf(char*, const char*, ...) { hg_exit(1); }
char* nl_langinfo(int) { hg_exit(1); }
// From gcc 13 on; the first is for exceptions, of which there are none.
int __gxx_personality_v0() { hg_exit(1); }
int strfromf128(char*, size_t, const char*, ...) { hg_exit(1); }
char* strncpy(char*, const char*, size_t) { hg_exit(1); }
int fegetround() noexcept { return 0; }
int fesetround(int) noexcept { return 0; }

}  // extern "C"

namespace std {
[[noreturn]] void __throw_out_of_range_fmt(const char*, ...) { hg_exit(1); }
}  // namespace std

void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}
