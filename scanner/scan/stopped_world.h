// Lets the other threads of Python stand while the heap is read or copied.
//
// With a GIL they stand already.  In a free-threaded build (Py_GIL_DISABLED, from
// 3.13 on) all that stops them, of what every version exports, is
// PyUnstable_GC_VisitObjects, for as long as it goes over the collector's objects.

#ifndef HEAPGRIND_SCANNER_SCAN_STOPPED_WORLD_H_
#define HEAPGRIND_SCANNER_SCAN_STOPPED_WORLD_H_

namespace heapgrind {

// What is done meanwhile.  Neither function may call the interpreter for more than
// to read: what it locks may be locked for ever.
struct WorldStop {
  // Is called first, and may fork.  Whether this process is the one that reads.
  bool (*begin)(void* context);
  // Is called after that by the process that reads, and may walk the heap.  `error`:
  // 0, or why there is nothing to walk, an errno.  In a forked copy it must not
  // return.
  void (*run)(void* context, int error);
  void* context;
};

// Wants the GIL, or in a free-threaded build a thread that Python knows, and keeps
// it.
void RunInStoppedWorld(const WorldStop& stop);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_STOPPED_WORLD_H_
