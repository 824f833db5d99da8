#include "scan/stopped_world.h"

#include <errno.h>

#include "cpython/compat.h"
#include "memory/mapped_array.h"
#include "scan/collecting_copy.h"

namespace heapgrind {

#ifdef Py_GIL_DISABLED

namespace {

// The heap has to be walked more than once, and all that is read of it must be of one
// moment.  But while the walk goes on nobody knows which object is its last one, and
// after it the threads run.  So a copy of the process goes to the end of it, and tells
// what it meets; here the threads stand at the first object until all is done.
struct Walk {
  const WorldStop* stop;
  CollectingCopy copy;
  MappedArray<PyObject*> objects;
};

// Returns 0, or an errno; also in the copy.  A copy that does not come to an end, for
// somebody held a lock when it was made, is made again.
int Collect(Walk* walk) {
  constexpr int kMostSeconds = 64;
  for (int seconds = 1; seconds <= kMostSeconds; seconds *= 2) {
    walk->objects.Clear();
    int error = walk->copy.Make();
    if (error != 0 || walk->copy.is_this()) return error;
    error = walk->copy.Read(seconds, &walk->objects);
    if (error != ETIMEDOUT) return error;
  }
  return ETIMEDOUT;
}

int Visit(PyObject* object, void* context) {
  auto* walk = static_cast<Walk*>(context);
  if (walk->copy.is_this()) {
    walk->copy.Tell(object);
    return 1;
  }
  const WorldStop& stop = *walk->stop;
  if (!stop.begin(stop.context)) return 0;
  const int error = Collect(walk);
  if (walk->copy.is_this()) {
    hg_forget_waiting_threads();
    walk->copy.Tell(object);
    return 1;
  }
  hg_use_objects(walk->objects.empty() ? nullptr : &walk->objects[0],
                 walk->objects.size());
  stop.run(stop.context, error);
  hg_use_objects(nullptr, 0);
  return 0;
}

}  // namespace

// There is always an object: the modules' dictionaries.
void RunInStoppedWorld(const WorldStop& stop) {
  Walk walk = {&stop, {}, {}};
  PyUnstable_GC_VisitObjects(Visit, &walk);
  if (walk.copy.is_this()) walk.copy.End();
}

#else

void RunInStoppedWorld(const WorldStop& stop) {
  if (stop.begin(stop.context)) stop.run(stop.context, 0);
}

#endif

}  // namespace heapgrind
