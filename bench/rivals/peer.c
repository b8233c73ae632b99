// SPDX-License-Identifier: MIT
// The C side of the benchmarks, a process that lasts as long as they do: it
// maps the same memfd, and for each line `NAME COUNT` on stdin does that many
// operations and answers with the nanoseconds they took and a checksum.
//
// usage: peer FILE SIZE MAIN_END AUX_POSITION AUX_BASE AUX_SIZE PARTITION IDS
//             MUTEX LOCK_BYTE FIRST_ID

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "allocate.h"
#include "lookup.h"

#define RANDOM_IDS 4096
#define ITEM_SIZE 4096

// What is allocated in one fresh heap: ids from FIRST_ID, the first of them
// before the clock starts. bench/suites/allocation.ts does the same.
#define FIRST_ID 9
#define BATCH 480
#define NEW_SIZE 40
#define LOCKED_ID 500
#define MAX_HOLDS 65536
#define MAX_ITEMS 65536

static struct smem smem;
static struct heap heap;
static uint32_t ids[RANDOM_IDS];
static uint8_t* image;
static uint32_t first_id;  // Where several allocate, of this one.

// Volatile: a pointer that the compiler may not follow.
static int (*volatile global)(const struct smem*, uint32_t,
                              struct item*) = get_global;
static int (*volatile private)(const struct smem*, uint32_t,
                               struct item*) = get_private;
static size_t (*volatile list)(const struct smem*, struct item*) = list_global;
static size_t (*volatile list_all)(const struct smem*, struct item*,
                                   size_t) = list_partitions;
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

static uint64_t run_all(uint64_t count) {
  static struct item items[MAX_ITEMS];
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const size_t found = list_all(&smem, items, MAX_ITEMS);
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
  const size_t size = smem.regions[0].size;
  for (uint64_t i = 0; i < count; ++i) copy(image, smem.regions[0].data, size);
  return image[size - 1];
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

// Nanoseconds that a benchmark has measured itself; 0 where all of it counts.
static uint64_t measured;
static uint64_t holds[MAX_HOLDS];

static uint8_t fresh_header[0x20d0];
static uint8_t fresh_partition[32];

typedef int allocator(struct heap*, store_item*, uint32_t id, uint32_t size,
                      struct allocated*);

static void check(int problem) {
  if (problem == 0) return;
  fprintf(stderr, "peer: %s\n", strerror(problem));
  exit(1);
}

static void forget(void) {
  memset(heap.known, 0, sizeof(heap.known));
  heap.walked_uncached = sizeof(fresh_partition);
  heap.walked_cached = ((uint32_t*)heap.partition)[2];
}

// The heap as it was at first: what lies behind a free offset is nothing.
static void empty(void) {
  memcpy(heap.data, fresh_header, sizeof(fresh_header));
  memcpy(heap.partition, fresh_partition, sizeof(fresh_partition));
  forget();
}

static uint64_t run_allocate(allocator* allocate_item, store_item* store,
                             uint64_t count) {
  struct allocated item = {0};
  uint64_t sum = 0;
  for (uint64_t done = 0; done < count;) {
    empty();
    check(allocate_item(&heap, store, FIRST_ID, NEW_SIZE, &item));
    const uint64_t batch = count - done < BATCH ? count - done : BATCH;
    const uint64_t start = now();
    for (uint32_t i = 1; i <= batch; ++i) {
      check(allocate_item(&heap, store, FIRST_ID + i, NEW_SIZE, &item));
      sum += item.offset;
      holds[done++ % MAX_HOLDS] = item.hold;
    }
    measured += now() - start;
  }
  return sum;
}

static uint64_t run_toc(uint64_t count) {
  return run_allocate(allocate, store_in_toc, count);
}

static uint64_t run_lean_toc(uint64_t count) {
  return run_allocate(allocate_lean, store_in_toc, count);
}

static uint64_t run_uncached(uint64_t count) {
  return run_allocate(allocate, store_uncached, count);
}

static uint64_t run_cached(uint64_t count) {
  return run_allocate(allocate, store_cached, count);
}

static int by_length(const void* a, const void* b) {
  const uint64_t first = *(const uint64_t*)a, second = *(const uint64_t*)b;
  return (first > second) - (first < second);
}

// The hold that a share of all is not above, as if each took that long.
static uint64_t run_holds(double share, uint64_t count) {
  const size_t kept = count < MAX_HOLDS ? count : MAX_HOLDS;
  const uint64_t sum = run_toc(count);
  qsort(holds, kept, sizeof(holds[0]), by_length);
  measured = holds[(size_t)((double)(kept - 1) * share)] * count;
  return sum;
}

static uint64_t run_median_hold(uint64_t count) {
  return run_holds(0.5, count);
}

static uint64_t run_rare_hold(uint64_t count) {
  return run_holds(0.999, count);
}

static uint64_t run_longest_hold(uint64_t count) { return run_holds(1, count); }

static uint64_t run_locked(uint64_t count) {
  struct item item = {0};
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    check(get_locked(&heap, &smem, LOCKED_ID, &item));
    sum += item.size;
  }
  return sum;
}

// Where several allocate at once: somebody else has emptied the partition.
static uint64_t run_ready(uint64_t count) {
  struct allocated item = {0};
  forget();
  check(allocate(&heap, store_uncached, first_id, NEW_SIZE, &item));
  return count;
}

static uint64_t run_take(uint64_t count) {
  struct allocated item = {0};
  for (uint32_t i = 1; i <= count; ++i) {
    check(allocate(&heap, store_uncached, first_id + i, NEW_SIZE, &item));
  }
  return count * NEW_SIZE;
}

static uint64_t run_pair(uint64_t count) {
  bool (*volatile take)(uint32_t*, uint32_t) = try_lock;
  bool (*volatile give)(uint32_t*, uint32_t) = unlock;
  uint64_t sum = 0;
  for (uint64_t i = 0; i < count; ++i) {
    sum += take(heap.mutex, OWNER);
    sum += give(heap.mutex, OWNER);
  }
  return sum;
}

static const struct {
  const char* name;
  uint64_t (*run)(uint64_t count);
} benchmarks[] = {
    {"get", run_get},
    {"private", run_private},
    {"list", run_list},
    {"all", run_all},
    {"word", run_word},
    {"copy", run_copy},
    {"item", run_item},
    {"toc", run_toc},
    {"lean-toc", run_lean_toc},
    {"uncached", run_uncached},
    {"cached", run_cached},
    {"median-hold", run_median_hold},
    {"rare-hold", run_rare_hold},
    {"longest-hold", run_longest_hold},
    {"locked", run_locked},
    {"ready", run_ready},
    {"take", run_take},
    {"pair", run_pair},
};

static void answer(const char* name, uint64_t count) {
  for (size_t i = 0; i < sizeof(benchmarks) / sizeof(benchmarks[0]); ++i) {
    if (strcmp(benchmarks[i].name, name) != 0) continue;
    measured = 0;
    const uint64_t start = now();
    const uint64_t sum = benchmarks[i].run(count);
    const uint64_t all = now() - start;
    printf("%" PRIu64 " %" PRIu64 "\n", measured != 0 ? measured : all, sum);
    fflush(stdout);
    return;
  }
  fprintf(stderr, "peer: no benchmark %s\n", name);
  exit(2);
}

int main(int argc, char** argv) {
  if (argc != 12) return 2;
  uint64_t numbers[12] = {0};
  for (int i = 2; i < argc; ++i) numbers[i] = strtoull(argv[i], NULL, 0);
  const int fd = open(argv[1], O_RDWR | O_CLOEXEC);
  uint8_t* memory =
      mmap(NULL, numbers[2], PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) {
    perror("peer");
    return 1;
  }
  smem.regions[0] = (struct region){memory, 0, numbers[3]};
  smem.regions[1] =
      (struct region){memory + numbers[4], numbers[5], numbers[6]};
  smem.partition = memory + numbers[7];

  heap.data = memory;
  heap.partition = memory + numbers[7];
  heap.mutex = (uint32_t*)(memory + numbers[9]);
  heap.lock_file = fd;
  heap.lock_byte = numbers[10];
  first_id = (uint32_t)numbers[11];
  memcpy(fresh_header, heap.data, sizeof(fresh_header));
  memcpy(fresh_partition, heap.partition, sizeof(fresh_partition));

  uint32_t random = 1;
  for (size_t i = 0; i < RANDOM_IDS; ++i) {
    random = random * 1664525u + 1013904223u;
    ids[i] = (uint32_t)((uint64_t)(random >> 8) * numbers[8] >> 24);
  }
  image = malloc(numbers[3]);
  if (image == NULL) return 1;
  memset(image, 0, numbers[3]);

  char name[16];
  uint64_t count = 0;
  while (scanf("%15s %" SCNu64, name, &count) == 2) answer(name, count);
  return 0;
}
