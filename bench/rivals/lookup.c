// SPDX-License-Identifier: MIT
// The lookups in C, in a file of their own and called through pointers, so
// that the compiler cannot draw them into the loop that measures them. Every
// word is loaded with acquire, as a reader without a lock must.

#include "lookup.h"

#include <errno.h>

#define HEAP_INFO_SIZE 16
#define TOC_OFFSET (64 + 128 + HEAP_INFO_SIZE)
#define CANARY 0xa5a5
#define TABLE_FROM_END 4096
#define TABLE_HEADER 32
#define TABLE_ENTRY 48

struct entry {
  uint32_t allocated;
  uint32_t offset;
  uint32_t size;
  uint32_t aux_base;
};

struct partition {
  uint32_t magic;
  uint16_t host0;
  uint16_t host1;
  uint32_t size;
  uint32_t free_uncached;
  uint32_t free_cached;
  uint32_t reserved[3];
};

struct header {
  uint16_t canary;
  uint16_t item;
  uint32_t size;
  uint16_t padding_data;
  uint16_t padding_header;
  uint32_t reserved;
};

static uint32_t load(const uint32_t* word) {
  return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

int get_global(const struct smem* smem, uint32_t id, struct item* item) {
  if (id >= TOC_ENTRIES) return EINVAL;
  const struct entry* toc =
      (const struct entry*)(smem->regions[0].data + TOC_OFFSET);
  if (load(&toc[id].allocated) == 0) return ENXIO;
  const uint64_t offset = load(&toc[id].offset);
  const uint64_t size = load(&toc[id].size);
  const uint32_t selector = load(&toc[id].aux_base) & 0xfffffffc;
  for (size_t i = 0; i < 2; ++i) {
    const struct region* region = &smem->regions[i];
    if (selector != (i == 0 ? 0 : (uint32_t)region->base)) continue;
    if (offset + size > region->size) return EINVAL;
    item->data = region->data + offset;
    item->size = (uint32_t)size;
    return 0;
  }
  return ENOENT;
}

int get_private(const struct smem* smem, uint32_t id, struct item* item) {
  const struct partition* partition = (const struct partition*)smem->partition;
  const uint64_t end = load(&partition->free_uncached);
  if (end > partition->size) return EINVAL;
  uint64_t at = sizeof(struct partition);
  while (at + sizeof(struct header) <= end) {
    const struct header* header = (const struct header*)(smem->partition + at);
    if (header->canary != CANARY) return EINVAL;
    const uint64_t data = at + sizeof(*header) + header->padding_header;
    if (header->item == id) {
      if (header->padding_data > header->size) return EINVAL;
      if (data + header->size > partition->size) return EINVAL;
      item->data = smem->partition + data;
      item->size = header->size - header->padding_data;
      return 0;
    }
    at = data + header->size;
  }
  return ENOENT;
}

size_t list_global(const struct smem* smem, struct item items[TOC_ENTRIES]) {
  size_t count = 0;
  for (uint32_t id = 0; id < TOC_ENTRIES; ++id) {
    if (get_global(smem, id, &items[count]) == 0) ++count;
  }
  return count;
}

static const uint32_t* word_at(const uint8_t* at) {
  return (const uint32_t*)at;
}

size_t list_partitions(const struct smem* smem, struct item* items,
                       size_t most) {
  const struct region* region = &smem->regions[0];
  const uint8_t* table = region->data + region->size - TABLE_FROM_END;
  const uint32_t entries = load(word_at(table + 8));
  size_t count = 0;
  for (uint32_t i = 0; i < entries; ++i) {
    const uint8_t* entry = table + TABLE_HEADER + (size_t)i * TABLE_ENTRY;
    const uint64_t offset = load(word_at(entry));
    const uint64_t size = load(word_at(entry + 4));
    if (offset + size > region->size) continue;
    const uint8_t* data = region->data + offset;
    const uint64_t end = load(&((const struct partition*)data)->free_uncached);
    uint64_t at = sizeof(struct partition);
    while (at + sizeof(struct header) <= end && count < most) {
      const struct header* header = (const struct header*)(data + at);
      if (header->canary != CANARY) break;
      at += sizeof(*header) + header->padding_header;
      if (at + header->size > size) break;
      items[count].data = data + at;
      items[count++].size = header->size - header->padding_data;
      at += header->size;
    }
  }
  return count;
}

uint32_t read_word(const struct region* region, uint64_t offset) {
  if (offset % 4 != 0 || offset + 4 > region->size) return 0;
  return *(const volatile uint32_t*)(region->data + offset);
}
