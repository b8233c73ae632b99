// SPDX-License-Identifier: MIT
// Everything is looked at under the mutex, as the kernel does; unlike the
// kernel, a partition is walked only as far as it is new.

#define _GNU_SOURCE  // F_OFD_SETLKW
#include "allocate.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#if defined(__aarch64__) || defined(__arm__)
#define FENCE_STORE() __asm__ volatile("dsb st" ::: "memory")
#define FENCE_FULL() __asm__ volatile("dsb sy" ::: "memory")
#else
#define FENCE_STORE() __asm__ volatile("sfence" ::: "memory")
#define FENCE_FULL() __asm__ volatile("mfence" ::: "memory")
#endif

#define TOC_OFFSET 0xd0
#define TOC_END 0x20d0
#define FREE_OFFSET 0xc4
#define AVAILABLE 0xc8
#define PARTITION_HEADER 32
#define ENTRY_HEADER 16
#define CANARY 0xa5a5

static volatile uint32_t* word(uint8_t* at, uint64_t offset) {
  return (volatile uint32_t*)(at + offset);
}

static uint64_t round_up(uint64_t size, uint32_t unit) {
  return (size + unit - 1) / unit * unit;
}

uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

bool try_lock(uint32_t* mutex, uint32_t owner) {
  uint32_t free = 0;
  __atomic_compare_exchange_n(mutex, &free, owner, false, __ATOMIC_SEQ_CST,
                              __ATOMIC_SEQ_CST);
  FENCE_FULL();
  const bool ours = *(volatile uint32_t*)mutex == owner;
  FENCE_FULL();
  return ours;
}

bool unlock(uint32_t* mutex, uint32_t owner) {
  if (*(volatile uint32_t*)mutex != owner) return false;
  FENCE_FULL();
  *(volatile uint32_t*)mutex = 0;
  FENCE_FULL();
  return true;
}

int store_in_toc(struct heap* heap, uint32_t id, uint32_t size,
                 uint32_t* offset) {
  if (id >= TOC_ENTRIES) return EINVAL;
  volatile uint32_t* const entry = word(heap->data, TOC_OFFSET + 16 * id);
  if (entry[0] != 0) return EEXIST;
  const uint32_t free = *word(heap->data, FREE_OFFSET);
  const uint32_t available = *word(heap->data, AVAILABLE);
  const uint64_t stored = round_up(size, 8);
  if (stored > available) return ENOMEM;
  if (free % 4 != 0 || free < TOC_END) return EINVAL;
  entry[1] = free;
  entry[2] = (uint32_t)stored;
  if (entry[3] != 0) entry[3] = 0;
  FENCE_STORE();
  entry[0] = 1;
  *word(heap->data, FREE_OFFSET) = free + (uint32_t)stored;
  *word(heap->data, AVAILABLE) = available - (uint32_t)stored;
  *offset = free;
  return 0;
}

struct free_offsets {
  uint32_t uncached;
  uint32_t cached;
};

// Whether the header at `at` is one; then its item is known from now on.
static bool know(struct heap* heap, uint32_t at) {
  const uint32_t first = *word(heap->partition, at);
  if ((first & 0xffff) != CANARY) return false;
  heap->known[first >> 16] = true;
  return true;
}

static int walk(struct heap* heap, struct free_offsets* free) {
  const uint32_t size = *word(heap->partition, 8);
  free->uncached = *word(heap->partition, 12);
  free->cached = *word(heap->partition, 16);
  if (free->uncached < PARTITION_HEADER || free->uncached > free->cached ||
      free->cached > size || free->uncached % 4 != 0 || free->cached % 4 != 0) {
    return EINVAL;
  }
  while (heap->walked_uncached < free->uncached) {
    const uint32_t at = heap->walked_uncached;
    if (!know(heap, at)) return EINVAL;
    const uint64_t stored = *word(heap->partition, at + 4);
    if (at + ENTRY_HEADER + stored > free->uncached) return EINVAL;
    heap->walked_uncached = at + ENTRY_HEADER + (uint32_t)stored;
  }
  while (heap->walked_cached > free->cached) {
    const uint32_t at = heap->walked_cached - CACHE_LINE;
    if (!know(heap, at)) return EINVAL;
    const uint32_t stored = *word(heap->partition, at + 4);
    if (stored > at - free->cached) return EINVAL;
    heap->walked_cached = at - stored;
  }
  return 0;
}

static int store_entry(struct heap* heap, uint32_t id, bool cached,
                       uint32_t size, uint32_t* offset) {
  struct free_offsets free;
  const int problem = walk(heap, &free);
  if (problem != 0) return problem;
  if (id > UINT16_MAX) return EINVAL;
  if (heap->known[id]) return EEXIST;
  const uint32_t span = cached ? CACHE_LINE : ENTRY_HEADER;
  const uint64_t stored = round_up(size, cached ? CACHE_LINE : 8);
  if (span + stored > free.cached - free.uncached) return ENOSPC;
  const uint32_t header = cached ? free.cached - span : free.uncached;
  const uint32_t data =
      cached ? header - (uint32_t)stored : header + ENTRY_HEADER;
  volatile uint32_t* const entry = word(heap->partition, header);
  entry[0] = CANARY | id << 16;
  entry[1] = (uint32_t)stored;
  entry[2] = ((uint32_t)stored - size) | (span - ENTRY_HEADER) << 16;
  FENCE_STORE();
  if (cached) {
    *word(heap->partition, 16) = data;
  } else {
    *word(heap->partition, 12) = data + (uint32_t)stored;
  }
  *offset = data;
  return 0;
}

int store_uncached(struct heap* heap, uint32_t id, uint32_t size,
                   uint32_t* offset) {
  return store_entry(heap, id, false, size, offset);
}

int store_cached(struct heap* heap, uint32_t id, uint32_t size,
                 uint32_t* offset) {
  return store_entry(heap, id, true, size, offset);
}

static int lock_file(const struct heap* heap, short type) {
  struct flock lock = {.l_type = type,
                       .l_whence = SEEK_SET,
                       .l_start = (off_t)heap->lock_byte,
                       .l_len = 1};
  return fcntl(heap->lock_file, F_OFD_SETLKW, &lock) == 0 ? 0 : errno;
}

// Everything but the mutex. `before` gets the signals that were blocked.
static int enter(const struct heap* heap, sigset_t* before) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, before);
  const int problem = lock_file(heap, F_WRLCK);
  if (problem != 0) sigprocmask(SIG_SETMASK, before, NULL);
  return problem;
}

static void leave(const struct heap* heap, const sigset_t* before) {
  lock_file(heap, F_UNLCK);
  sigprocmask(SIG_SETMASK, before, NULL);
}

int allocate_lean(struct heap* heap, store_item* store, uint32_t id,
                  uint32_t size, struct allocated* allocated) {
  if (!try_lock(heap->mutex, OWNER)) return EBUSY;
  const int problem = store(heap, id, size, &allocated->offset);
  return unlock(heap->mutex, OWNER) ? problem : EIO;
}

int allocate(struct heap* heap, store_item* store, uint32_t id, uint32_t size,
             struct allocated* allocated) {
  sigset_t before;
  int problem = enter(heap, &before);
  if (problem != 0) return problem;
  if (try_lock(heap->mutex, OWNER)) {
    const uint64_t start = now();
    problem = store(heap, id, size, &allocated->offset);
    if (!unlock(heap->mutex, OWNER)) problem = EIO;
    allocated->hold = now() - start;
  } else {
    problem = EBUSY;
  }
  leave(heap, &before);
  return problem;
}

int get_locked(struct heap* heap, const struct smem* smem, uint32_t id,
               struct item* item) {
  sigset_t before;
  int problem = enter(heap, &before);
  if (problem != 0) return problem;
  if (try_lock(heap->mutex, OWNER)) {
    problem = get_global(smem, id, item);
    if (!unlock(heap->mutex, OWNER)) problem = EIO;
  } else {
    problem = EBUSY;
  }
  leave(heap, &before);
  return problem;
}
