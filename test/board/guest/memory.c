// SPDX-License-Identifier: MIT
// The control for access to memory: a program without any of our code that
// shows what the emulated machine does with a mapping of /dev/mem.
//
//   memory map ADDRESS SIZE             can it be mapped, and why not
//   memory words ADDRESS SIZE           loads it by aligned words
//   memory copy ADDRESS OFFSET LENGTH   copies it by libc's memcpy
//   memory write ADDRESS VALUE          stores a word, then loads it
//   memory contend ADDRESS ID TAKES     takes and frees a mutex register, at
//                                       least until it was not free once
//
// Prints the bytes in hex where it has read some; of a register, how many times
// it was taken, how many tries found which owner, and how many locks were lost.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { kPage = 4096 };

enum Rights { kRead = PROT_READ, kWrite = PROT_READ | PROT_WRITE };

static uint8_t *Map(unsigned long address, size_t size, enum Rights rights) {
  int fd = open("/dev/mem", (rights == kRead ? O_RDONLY : O_RDWR) | O_SYNC);
  if (fd < 0) {
    printf("open: %s\n", strerrorname_np(errno));
    exit(1);
  }
  size_t lead = address % kPage;
  void *pages = mmap(NULL, lead + size, (int)rights, MAP_SHARED, fd,
                     (off_t)(address - lead));
  if (pages == MAP_FAILED) {
    printf("mmap: %s\n", strerrorname_np(errno));
    exit(1);
  }
  return (uint8_t *)pages + lead;
}

static void Print(const uint8_t *bytes, size_t size) {
  for (size_t i = 0; i < size; i++) printf("%02x", bytes[i]);
  printf("\n");
}

// The lock is free most of the time, or the kernel would find it taken in all
// the slices of time that it gets within its second.
enum { kOwners = 256, kHold = 20, kPause = 2000 };

static void Contend(volatile uint32_t *lock, uint32_t id, unsigned takes) {
  unsigned long found[kOwners] = {0};
  unsigned taken = 0;
  unsigned lost = 0;
  bool refused = false;
  while (taken < takes || !refused) {
    *lock = id;
    uint32_t owner = *lock;
    if (owner != id) {
      found[owner % kOwners]++;
      refused = true;
      continue;
    }
    taken++;
    for (int i = 0; i < kHold; i++) lost += *lock != id;
    *lock = 0;
    for (volatile int i = 0; i < kPause; i++) continue;
  }
  printf("taken %u lost %u", taken, lost);
  for (unsigned owner = 0; owner < kOwners; owner++) {
    if (found[owner] > 0) printf(" owner-%u %lu", owner, found[owner]);
  }
  printf("\n");
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  unsigned long address = strtoul(argv[2], NULL, 0);
  if (strcmp(argv[1], "copy") == 0 && argc == 5) {
    size_t offset = strtoul(argv[3], NULL, 0);
    size_t length = strtoul(argv[4], NULL, 0);
    uint8_t *copy = malloc(length);
    const uint8_t *memory = Map(address, offset + length, kRead);
    memcpy(copy, memory + offset, length);
    Print(copy, length);
    return 0;
  }
  if (strcmp(argv[1], "write") == 0) {
    volatile uint32_t *word = (volatile uint32_t *)Map(address, 4, kWrite);
    *word = (uint32_t)strtoul(argv[3], NULL, 0);
    printf("%u\n", *word);
    return 0;
  }
  if (strcmp(argv[1], "contend") == 0 && argc == 5) {
    Contend((volatile uint32_t *)Map(address, 4, kWrite),
            (uint32_t)strtoul(argv[3], NULL, 0),
            (unsigned)strtoul(argv[4], NULL, 0));
    return 0;
  }
  size_t size = strtoul(argv[3], NULL, 0);
  const uint8_t *memory = Map(address, size, kRead);
  if (strcmp(argv[1], "map") == 0) {
    printf("mapped\n");
    return 0;
  }
  uint32_t *words = malloc(size);
  const volatile uint32_t *from = (const volatile uint32_t *)memory;
  for (size_t i = 0; i < size / 4; i++) words[i] = from[i];
  Print((const uint8_t *)words, size);
  return 0;
}
