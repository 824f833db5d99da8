#include "converter/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace heapgrind {

void RunInParallel(size_t num_threads, size_t num_tasks,
                   absl::FunctionRef<void(size_t task)> run) {
  std::atomic<size_t> next_task{0};
  const auto work = [&] {
    for (size_t task; (task = next_task++) < num_tasks;) run(task);
  };
  std::vector<std::thread> threads;
  try {
    while (threads.size() + 1 < std::min(num_threads, num_tasks)) {
      threads.emplace_back(work);
    }
  } catch (const std::system_error&) {
    // The machine gives no more threads: those there are will do.
  }
  work();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace heapgrind
