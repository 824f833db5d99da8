#include "native/pool_blocks.h"

#include <cstring>

namespace heapgrind {

bool PoolBlocks::FindAround(uintptr_t address, NativeBlock* block) {
  const uintptr_t start = address & ~(kPoolBytes - 1);
  if (address - start < sizeof(Header)) return false;
  Pool* pool = &pools_[start / kPoolBytes % kNumKept];
  if (pool->start != start) Learn(start, pool);
  if (pool->block_bytes == 0) return false;
  const size_t index = IndexOf(address, *pool);
  if (!pool->IsUsed(index)) return false;
  *block = {start + sizeof(Header) + index * pool->block_bytes,
            pool->block_bytes, 0};
  return true;
}

void PoolBlocks::Learn(uintptr_t start, Pool* pool) const {
  pool->start = start;
  pool->block_bytes = 0;
  memset(pool->is_used, 0, sizeof pool->is_used);
  if (!heap_.IsPrivate(start, kPoolBytes)) return;
  const Header& header = *reinterpret_cast<const Header*>(start);
  pool->block_bytes = BlockBytes(header);
  if (pool->block_bytes != 0 && !MarkUsed(header, pool)) pool->block_bytes = 0;
}

// 0 if the numbers of a header are not those of a pool.  Sizes have a step, of
// 8 or 16 bytes; the first class is one step long.
size_t PoolBlocks::BlockBytes(const Header& header) {
  constexpr size_t kLargestBlock = 512;
  const size_t bytes = kPoolBytes - header.last_next_offset;
  const uint64_t num_steps = uint64_t{header.size_class} + 1;  // Never 0.
  const uint64_t step = bytes / num_steps;
  const bool is_pool = (step == 8 || step == 16) && bytes <= kLargestBlock &&
                       bytes == step * num_steps &&
                       header.next_offset >= sizeof header &&
                       header.next_offset <= kPoolBytes &&
                       (header.next_offset - sizeof header) % bytes == 0;
  return is_pool ? bytes : 0;
}

// What was handed out is in use but for the chain of free blocks.
bool PoolBlocks::MarkUsed(const Header& header, Pool* pool) {
  const size_t count = (header.next_offset - sizeof header) / pool->block_bytes;
  for (size_t i = 0; i < count; ++i) pool->Flip(i);
  size_t num_used = count;
  for (uintptr_t free = header.free_block; free != 0; free = WordAt(free)) {
    const uintptr_t offset = free - pool->start - sizeof header;
    const size_t index = offset / pool->block_bytes;
    if (offset % pool->block_bytes != 0 || index >= count) return false;
    if (!pool->IsUsed(index)) return false;
    pool->Flip(index);
    --num_used;
  }
  return num_used == header.num_used;
}

}  // namespace heapgrind
