// The text of the page that bundle.py makes of web/, around its data.

#ifndef HEAPGRIND_CONVERTER_PAGE_PAGE_PARTS_H_
#define HEAPGRIND_CONVERTER_PAGE_PAGE_PARTS_H_

#include "absl/strings/string_view.h"

namespace heapgrind {

extern const absl::string_view kPageBeforeData;
extern const absl::string_view kPageBehindData;

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PAGE_PAGE_PARTS_H_
