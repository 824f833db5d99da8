// Runs two stages that work on the same steps, one behind the other.

#ifndef HEAPGRIND_CONVERTER_BASE_TWO_STAGES_H_
#define HEAPGRIND_CONVERTER_BASE_TWO_STAGES_H_

#include <cstddef>

#include "absl/functional/function_ref.h"

namespace heapgrind {

// How many steps the first stage may be ahead of the second: so many places
// are enough for what it makes, that of `step` in place step % kStepsAhead.
inline constexpr size_t kStepsAhead = 4;

// Calls make(step) and after it use(step) for each step from 0 to
// num_steps - 1, both in this order.  With several threads, make is called on
// one of its own and goes ahead: make(step) begins once use(step - kStepsAhead)
// has returned.  Neither must throw.
void RunInTwoStages(size_t num_threads, size_t num_steps,
                    absl::FunctionRef<void(size_t step)> make,
                    absl::FunctionRef<void(size_t step)> use);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_TWO_STAGES_H_
