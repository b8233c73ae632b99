// SPDX-License-Identifier: MIT
// SMEM as a C program would look things up in it: the other side of the
// benchmarks. Structures and rules as in docs/how-smem-works.md.

#ifndef QCOM_SMEM_BENCH_LOOKUP_H_
#define QCOM_SMEM_BENCH_LOOKUP_H_

#include <stddef.h>
#include <stdint.h>

#define TOC_ENTRIES 512

struct region {
  const uint8_t* data;
  uint64_t base;
  uint64_t size;
};

// Region 0 ends for items where its heap does.
struct smem {
  struct region regions[2];
  const uint8_t* partition;
};

struct item {
  const uint8_t* data;
  uint32_t size;
};

// Each returns 0 or an error number; `item` is set where it returns 0.
int get_global(const struct smem* smem, uint32_t id, struct item* item);
int get_private(const struct smem* smem, uint32_t id, struct item* item);

// Every global item, by id; returns how many.
size_t list_global(const struct smem* smem, struct item items[TOC_ENTRIES]);

// The uncached items of every partition; returns how many, at most `most`.
size_t list_partitions(const struct smem* smem, struct item* items,
                       size_t most);

// One word, as the library's port reads it.
uint32_t read_word(const struct region* region, uint64_t offset);

#endif  // QCOM_SMEM_BENCH_LOOKUP_H_
