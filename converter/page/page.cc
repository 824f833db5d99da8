#include "converter/page/page.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "converter/files/gzip_text.h"
#include "converter/page/page_parts.h"

namespace heapgrind {

absl::StatusOr<std::string> MakePage(absl::string_view report) {
  const absl::StatusOr<std::string> compressed = Gzip(report);
  if (!compressed.ok()) return compressed.status();
  return absl::StrCat(kPageBeforeData, absl::Base64Escape(*compressed),
                      kPageBehindData);
}

}  // namespace heapgrind
