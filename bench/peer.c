// SPDX-License-Identifier: MIT
// The C side of the benchmarks, a process that lasts as long as they do: it
// maps the same memfd, and for each line `NAME COUNT` on stdin does that many
// operations and answers with the nanoseconds they took and a checksum.
//
// usage: peer FILE SIZE MAIN_END AUX_POSITION AUX_BASE AUX_SIZE PARTITION IDS

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "lookup.h"

#define RANDOM_IDS 4096
#define IMAGE_SIZE (2 * 1024 * 1024)
#define ITEM_SIZE 4096

static struct smem smem;
static uint32_t ids[RANDOM_IDS];
static uint8_t* image;

// Volatile: a pointer that the compiler may not follow.
static int (*volatile global)(const struct smem*, uint32_t,
                              struct item*) = get_global;
static int (*volatile private)(const struct smem*, uint32_t,
                               struct item*) = get_private;
static size_t (*volatile list)(const struct smem*, struct item*) = list_global;
static uint32_t (*volatile word)(const struct region*, uint64_t) = read_word;
static void* (*volatile copy)(void*, const void*, size_t) = memcpy;

static uint64_t run_get(uint64_t count) {
  int (*const get)(const struct smem*, uint32_t, struct item*) = global;
  struct item item = {0};
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    if (get(&smem, ids[i % RANDOM_IDS], &item) == 0) sum += item.size;
  }
  return sum;
}

static uint64_t run_private(uint64_t count) {
  int (*const get)(const struct smem*, uint32_t, struct item*) = private;
  struct item item = {0};
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    if (get(&smem, ids[i % RANDOM_IDS], &item) == 0) sum += item.size;
  }
  return sum;
}

static uint64_t run_list(uint64_t count) {
  static struct item items[TOC_ENTRIES];
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const size_t found = list(&smem, items);
    for (size_t k = 0; k < found; ++k) sum += items[k].size;
  }
  return sum;
}

static uint64_t run_word(uint64_t count) {
  uint32_t (*const read)(const struct region*, uint64_t) = word;
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    sum += read(&smem.regions[0], ids[i % RANDOM_IDS] * 4);
  }
  return sum;
}

static uint64_t run_copy(uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) {
    copy(image, smem.regions[0].data, IMAGE_SIZE);
  }
  return image[IMAGE_SIZE - 1];
}

static uint64_t run_item(uint64_t count) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    uint8_t* bytes = malloc(ITEM_SIZE);
    if (bytes == NULL) abort();
    copy(bytes, smem.regions[0].data, ITEM_SIZE);
    sum += bytes[i % ITEM_SIZE];
    free(bytes);
  }
  return sum;
}

static const struct {
  const char* name;
  uint64_t (*run)(uint64_t count);
} benchmarks[] = {
    {"get", run_get},   {"private", run_private}, {"list", run_list},
    {"word", run_word}, {"copy", run_copy},       {"item", run_item},
};

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void answer(const char* name, uint64_t count) {
  for (size_t i = 0; i < sizeof(benchmarks) / sizeof(benchmarks[0]); ++i) {
    if (strcmp(benchmarks[i].name, name) != 0) continue;
    const uint64_t start = now();
    const uint64_t sum = benchmarks[i].run(count);
    printf("%" PRIu64 " %" PRIu64 "\n", now() - start, sum);
    fflush(stdout);
    return;
  }
  fprintf(stderr, "peer: no benchmark %s\n", name);
  exit(2);
}

int main(int argc, char** argv) {
  if (argc != 9) return 2;
  uint64_t numbers[9] = {0};
  for (int i = 2; i < argc; ++i) numbers[i] = strtoull(argv[i], NULL, 0);
  const int fd = open(argv[1], O_RDONLY | O_CLOEXEC);
  const uint8_t* memory = mmap(NULL, numbers[2], PROT_READ, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) {
    perror("peer");
    return 1;
  }
  smem.regions[0] = (struct region){memory, 0, numbers[3]};
  smem.regions[1] =
      (struct region){memory + numbers[4], numbers[5], numbers[6]};
  smem.partition = memory + numbers[7];

  uint32_t random = 1;
  for (size_t i = 0; i < RANDOM_IDS; ++i) {
    random = random * 1664525u + 1013904223u;
    ids[i] = (uint32_t)((uint64_t)(random >> 8) * numbers[8] >> 24);
  }
  image = malloc(IMAGE_SIZE);
  if (image == NULL) return 1;
  memset(image, 0, IMAGE_SIZE);

  char name[16];
  uint64_t count = 0;
  while (scanf("%15s %" SCNu64, name, &count) == 2) answer(name, count);
  return 0;
}
