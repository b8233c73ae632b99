// SPDX-License-Identifier: MIT
// Allocation in SMEM as a C program would write it, on the memfd of a fake
// SoC: the other side of those benchmarks. Structures and rules as in
// docs/how-smem-works.md and docs/safety.md.

#ifndef QCOM_SMEM_BENCH_ALLOCATE_H_
#define QCOM_SMEM_BENCH_ALLOCATE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lookup.h"

// Owner id by which the peer takes the mutex.
#define OWNER 252
// Of the cached side.
#define CACHE_LINE 64

struct heap {
  uint8_t* data;  // Region 0.
  uint8_t* partition;
  uint32_t* mutex;
  int lock_file;       // An open file description of our own.
  uint64_t lock_byte;  // The one that local processes lock.
  // How far the two sides of the partition were walked, and what is there.
  uint32_t walked_uncached;
  uint32_t walked_cached;
  bool known[UINT16_MAX + 1];
};

struct allocated {
  uint32_t offset;  // Of the item's data; in the partition, or in region 0.
  uint64_t hold;    // Nanoseconds that the mutex was held.
};

// Each checks, stores and publishes one item; the mutex is held meanwhile.
// 0 or an error number.
typedef int store_item(struct heap*, uint32_t id, uint32_t size,
                       uint32_t* offset);
store_item store_in_toc, store_uncached, store_cached;

// As a careful program has it: signals blocked, local processes kept out by a
// lock on the file, the hold measured.
int allocate(struct heap*, store_item*, uint32_t id, uint32_t size,
             struct allocated*);

// No more than the mutex.
int allocate_lean(struct heap*, store_item*, uint32_t id, uint32_t size,
                  struct allocated*);

// A lookup in the TOC, under all the locks of `allocate`.
int get_locked(struct heap*, const struct smem*, uint32_t id, struct item*);

bool try_lock(uint32_t* mutex, uint32_t owner);
bool unlock(uint32_t* mutex, uint32_t owner);

uint64_t now(void);

#endif  // QCOM_SMEM_BENCH_ALLOCATE_H_
