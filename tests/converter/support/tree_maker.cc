#include "tests/converter/support/tree_maker.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

void SumInclusiveCosts(std::vector<CostedRow>* rows) {
  for (CostedRow& row : *rows) row.inclusive = row.self;
  for (size_t i = rows->size(); i-- > 1;) {
    (*rows)[(*rows)[i].parent].inclusive += (*rows)[i].inclusive;
  }
}

}  // namespace

uint32_t TreeMaker::Add(uint32_t parent, std::string_view type, uint64_t bytes,
                        uint64_t objects) {
  CostedRow function;
  function.parent = parent;
  function.type = strings_.Intern(type);
  function.self = {bytes, objects};
  functions_.push_back(function);
  return static_cast<uint32_t>(functions_.size() - 1);
}

std::vector<CostedRow> TreeMaker::Pruned(const PruneLimits& limits) {
  SumInclusiveCosts(&functions_);
  return Costed(Prune(Sizes(), limits, &strings_));
}

std::vector<CostedRow> TreeMaker::PrunedTo(const std::vector<bool>& is_wanted) {
  return Costed(PruneTo(Sizes(), is_wanted, &strings_));
}

std::vector<CostedRow> TreeMaker::Kept() const {
  return Costed(KeepAll(Sizes()));
}

FunctionSizes TreeMaker::Sizes() const {
  FunctionSizes sizes;
  for (const CostedRow& function : functions_) {
    sizes.parent.push_back(function.parent);
    sizes.type.push_back(function.type);
    sizes.self_bytes.push_back(function.self.bytes);
  }
  return sizes;
}

std::vector<CostedRow> TreeMaker::Costed(const Rows& rows) const {
  std::vector<CostedRow> result;
  for (const Row& row : rows.rows) {
    EXPECT_EQ(row.num_pruned == 0, row.function != kNoFunction);
    result.push_back(
        {row.parent, row.type, {}, {}, row.num_pruned, row.num_pruned_types});
  }
  for (size_t i = 0; i < functions_.size(); ++i) {
    result[rows.row_of_function[i]].self += functions_[i].self;
  }
  SumInclusiveCosts(&result);
  return result;
}

}  // namespace heapgrind
