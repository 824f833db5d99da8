// A function that a damaged heap may end (surroundings.h, hg_guard).

#ifndef HEAPGRIND_SCANNER_RECORD_GUARDED_H_
#define HEAPGRIND_SCANNER_RECORD_GUARDED_H_

#include "surroundings.h"

namespace heapgrind {

// Calls run().  What it has on its stack may be left as it is: nothing of it
// may want a destructor.
template <typename Function>
hg_outcome RunGuarded(Function run) {
  const auto call = [](void* context) { (*static_cast<Function*>(context))(); };
  return hg_guard(call, &run);
}

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_GUARDED_H_
