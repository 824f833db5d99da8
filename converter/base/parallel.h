// Runs independent tasks on several threads.

#ifndef HEAPGRIND_CONVERTER_BASE_PARALLEL_H_
#define HEAPGRIND_CONVERTER_BASE_PARALLEL_H_

#include <cstddef>

#include "absl/functional/function_ref.h"

namespace heapgrind {

// Calls `run` with each task from 0 to num_tasks - 1, in any order, on up to
// `num_threads` threads, of which the caller's is one.  Returns when all are
// done.  `run` must not throw.
void RunInParallel(size_t num_threads, size_t num_tasks,
                   absl::FunctionRef<void(size_t task)> run);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_PARALLEL_H_
