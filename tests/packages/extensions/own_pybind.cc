// A class whose numbers are in a std::vector, and whose instances have a
// __dict__, by pybind11.

#include <numeric>
#include <vector>

#include "pybind11/pybind11.h"

class Shelf {
 public:
  explicit Shelf(int count) : numbers_(count, 1) {}
  double Sum() const {
    return std::accumulate(numbers_.begin(), numbers_.end(), 0.0);
  }

 private:
  std::vector<double> numbers_;
};

PYBIND11_MODULE(own_pybind, module) {
  pybind11::class_<Shelf>(module, "Shelf", pybind11::dynamic_attr())
      .def(pybind11::init<int>())
      .def("sum", &Shelf::Sum);
}
