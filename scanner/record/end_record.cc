#include "record/end_record.h"

#include "output/json_text.h"

namespace heapgrind {
namespace {

// What the allocators have handed out; 0 if one of them does not say.
uint64_t Allocated(const hg_process& process) {
  if (process.pymalloc_arenas == 0 || process.malloc_used == 0) return 0;
  return process.pymalloc_used + process.malloc_used + process.malloc_mapped;
}

}  // namespace

void WriteEnd(const RecordWriter& writer, int num_lost_roots,
              const NativeLosses& native, Output* output) {
  const RecordSums& sums = writer.sums();
  output->Text("{\"end\": ");
  output->Number(writer.num_objects());
  output->Text(", \"size\": ");
  output->Number(writer.size());
  WriteNumberUnlessZero("left_out", writer.num_left_out(), output);
  WriteNumberUnlessZero("left_out_size", writer.size_left_out(), output);
  WriteNumberUnlessZero("damaged", writer.num_damaged(), output);
  WriteNumberUnlessZero("unreadable", writer.num_unreadable(), output);
  WriteNumberUnlessZero("lost_roots", num_lost_roots, output);
  WriteNumberUnlessZero("pymalloc_explained", sums.from_pymalloc, output);
  WriteNumberUnlessZero("malloc_explained", sums.from_malloc, output);
  WriteNumberUnlessZero("native_explained", sums.from_native, output);
  WriteNumberUnlessZero("malloc_absent", sums.absent_from_malloc, output);
  WriteNumberUnlessZero("swapped", sums.swapped, output);
  WriteNumberUnlessZero("resident_unknown", sums.num_unknown, output);
  WriteNumberUnlessZero("native_cut_short", native.num_cut_short, output);
  if (native.unknown != nullptr) {
    WriteKey("native_unknown", output);
    WriteUtf8(native.unknown, output);
  }
  output->Text("}\n");
}

double ExplainedShare(const RecordSums& sums, const hg_process& process) {
  const uint64_t absent = sums.absent_from_malloc;
  const uint64_t allocated = Allocated(process);
  if (allocated <= absent) return -1;
  return double(sums.from_pymalloc + sums.from_malloc - absent) /
         double(allocated - absent);
}

}  // namespace heapgrind
