#include "converter/base/two_stages.h"

#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

namespace heapgrind {
namespace {

// A number that grows, and that a thread can wait for.
class Count {
 public:
  void Increment() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ++value_;
    }
    has_grown_.notify_one();
  }

  // Returns once it is at least `wanted`.
  void WaitFor(size_t wanted) {
    std::unique_lock<std::mutex> lock(mutex_);
    has_grown_.wait(lock, [this, wanted] { return value_ >= wanted; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable has_grown_;
  size_t value_ = 0;
};

void RunInTurn(size_t num_steps, absl::FunctionRef<void(size_t step)> make,
               absl::FunctionRef<void(size_t step)> use) {
  for (size_t step = 0; step < num_steps; ++step) {
    make(step);
    use(step);
  }
}

}  // namespace

void RunInTwoStages(size_t num_threads, size_t num_steps,
                    absl::FunctionRef<void(size_t step)> make,
                    absl::FunctionRef<void(size_t step)> use) {
  if (num_threads < 2) return RunInTurn(num_steps, make, use);
  Count num_made, num_used;
  std::thread maker;
  try {
    maker = std::thread([&] {
      for (size_t step = 0; step < num_steps; ++step) {
        if (step >= kStepsAhead) num_used.WaitFor(step - kStepsAhead + 1);
        make(step);
        num_made.Increment();
      }
    });
  } catch (const std::system_error&) {
    return RunInTurn(num_steps, make, use);  // The machine gives no thread.
  }
  for (size_t step = 0; step < num_steps; ++step) {
    num_made.WaitFor(step + 1);
    use(step);
    num_used.Increment();
  }
  maker.join();
}

}  // namespace heapgrind
