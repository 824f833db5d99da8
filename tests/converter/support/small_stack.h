// Runs code on a stack so small that recursion over input overflows it.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_SMALL_STACK_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_SMALL_STACK_H_

#include <pthread.h>

#include <cstddef>

namespace heapgrind {

// Calls `function` on a thread with 256 KiB of stack, and waits for it.
template <typename Function>
void RunOnSmallStack(Function function) {
  constexpr size_t kStackBytes = 256 * 1024;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_t thread;
  pthread_create(
      &thread, &attributes,
      [](void* argument) -> void* {
        (*static_cast<Function*>(argument))();
        return nullptr;
      },
      &function);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_SMALL_STACK_H_
