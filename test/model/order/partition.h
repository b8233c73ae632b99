// SPDX-License-Identifier: MIT
// A partition in miniature. Both sides, each entry of four words: three of
// header, one of data. We commit a plan on either side (lib/heap's for a
// partition), a remote allocates on either side, in the order of Linux
// (qcom_smem_alloc_private), a reader walks both without a lock
// (lib/heap/side.ts).

#ifndef QCOM_SMEM_TEST_MODEL_ORDER_PARTITION_H_
#define QCOM_SMEM_TEST_MODEL_ORDER_PARTITION_H_

#include "world.h"

namespace model {

struct PartitionCase {
  bool ours_cached;
  unsigned remote_id;
  bool remote_cached;
  unsigned words;  // Of the partition: room for one entry or for three.
};
inline PartitionCase partition_case;

struct PartitionModel : rl::test_suite<PartitionModel, 3> {
  static constexpr unsigned kEntry = 4, kHeader = 3, kWords = 12;
  static constexpr unsigned kCanary = 0xa5a5;
  static constexpr unsigned kGarbage = 99;
  static constexpr unsigned kPadding = 4, kSize = 8;
  static constexpr unsigned kOursId = 1;

  Word memory[kWords];
  Word free_uncached, free_cached;
  Mutex mutex;
  bool ours_made, remote_made;

  struct Free {
    unsigned uncached, cached;
  };

  void before() {
    for (Word& word : memory) word.Store(kGarbage);
    free_uncached.Store(0);
    free_cached.Store(partition_case.words);
    mutex.Reset();
    ours_made = remote_made = false;
  }

  void thread(unsigned index) {
    Pause();
    if (index == 0) Ours();
    if (index == 1) Remote();
    if (index == 2) Reader();
  }

  Free Load() { return {free_uncached.Load(), free_cached.Load()}; }

  // Side.walk in both directions: calls `visit` with each header.
  template <typename Visit>
  void Walk(const Free& end, Visit visit) {
    for (unsigned at = 0; at < end.uncached; at += kEntry) {
      visit(at, at + kHeader);
    }
    for (unsigned top = partition_case.words; top > end.cached; top -= kEntry) {
      visit(top - kHeader, top - kEntry);
    }
  }

  bool Has(unsigned id, const Free& end) {
    bool found = false;
    Walk(end, [&](unsigned header, unsigned) {
      found |= memory[header].Load() == (kCanary | id << 16);
    });
    return found;
  }

  // The steps, on either side: clear, header, fence, free offset.
  void Put(unsigned id, bool cached, const Free& end, bool fence) {
    const unsigned at = cached ? end.cached - kEntry : end.uncached;
    const unsigned header = cached ? at + 1 : at;
    const unsigned data = cached ? at : at + kHeader;
    memory[data].Store(0);
    memory[header].Store(kCanary | id << 16);
    memory[header + 1].Store(kSize);
    memory[header + 2].Store(kPadding);
    if (fence) FenceStore();
    if (cached) {
      free_cached.Store(at);
    } else {
      free_uncached.Store(at + kEntry);
    }
  }

  static bool Room(const Free& end) {
    return end.uncached + kEntry <= end.cached;
  }

  void Ours() {
    for (int attempt = 0; attempt < 3; ++attempt) {
      const Free end = Load();
      FenceLoad();
      if (Has(kOursId, end) || !Room(end)) return;
      Pause();
      if (Commit(end)) return;
    }
  }

  bool GuardsHold(const Free& end) {
    if (Kept("GUARD_FREE_UNCACHED") && free_uncached.Load() != end.uncached) {
      return false;
    }
    return !Kept("GUARD_FREE_CACHED") || free_cached.Load() == end.cached;
  }

  // Commit in native/commit.cc
  bool Commit(const Free& end) {
    mutex.Lock(kOurs);
    if (Kept("GUARDS_UNDER_LOCK") && !GuardsHold(end)) {
      mutex.Unlock(kOurs);
      return false;
    }
    Put(kOursId, partition_case.ours_cached, end, Kept("STORE_FENCE"));
    ours_made = true;
    mutex.Unlock(kOurs);
    return true;
  }

  void Remote() {
    mutex.Lock(kRemote);
    const Free end = Load();
    if (!Has(partition_case.remote_id, end) && Room(end)) {
      Put(partition_case.remote_id, partition_case.remote_cached, end, true);
      remote_made = true;
    }
    mutex.Unlock(kRemote);
  }

  // Partition.items
  void Reader() {
    const Free end = Load();
    if (Kept("LOAD_FENCE")) FenceLoad();
    Walk(end, [&](unsigned header, unsigned data) { Check(header, data); });
  }

  void Check(unsigned header, unsigned data) {
    const unsigned word = memory[header].Load();
    RL_ASSERT((word & 0xffff) == kCanary);
    const unsigned id = word >> 16;
    RL_ASSERT(id == kOursId || id == partition_case.remote_id);
    RL_ASSERT(memory[header + 1].Load() == kSize);
    RL_ASSERT(memory[header + 2].Load() == kPadding);
    RL_ASSERT(memory[data].Load() == 0);
  }

  // Nothing lost, nothing on top of another, nothing twice.
  void after() {
    const Free end = Load();
    RL_ASSERT(end.uncached <= end.cached);
    const unsigned used = end.uncached + partition_case.words - end.cached;
    const unsigned made = (ours_made ? 1u : 0u) + (remote_made ? 1u : 0u);
    RL_ASSERT(used == made * kEntry);
    RL_ASSERT(!(made == 2 && partition_case.remote_id == kOursId));
    Walk(end, [&](unsigned header, unsigned data) { Check(header, data); });
    RL_ASSERT(!ours_made || Has(kOursId, end));
    RL_ASSERT(!remote_made || Has(partition_case.remote_id, end));
  }
};

}  // namespace model

#endif  // QCOM_SMEM_TEST_MODEL_ORDER_PARTITION_H_
