// SPDX-License-Identifier: MIT
// The global heap of version 11, in miniature: two records, five units of
// space. We commit a plan (lib/heap's for a TOC, native/commit.cc), a remote
// allocates as Linux does (qcom_smem_alloc_global), a reader takes no lock
// (lib/heap/toc.ts). The remote wants another item, or the same one, or the
// same one with no size: that one leaves the free offset where it was.

#ifndef QCOM_SMEM_TEST_MODEL_ORDER_TOC_H_
#define QCOM_SMEM_TEST_MODEL_ORDER_TOC_H_

#include "world.h"

namespace model {

struct TocWant {
  unsigned id;
  unsigned size;
};
inline TocWant toc_remote_wants;

struct Toc : rl::test_suite<Toc, 3> {
  static constexpr unsigned kUnits = 5;
  static constexpr unsigned kGarbage = 99;
  static constexpr TocWant kOursWant = {0, 1};

  struct Entry {
    Word allocated, offset, size;
  };
  Entry toc[2];
  Word free_offset, available;
  Word payload[kUnits];
  Mutex mutex;
  // Who made each item, for the verdict.
  bool ours_made, remote_made;

  void before() {
    for (Entry& entry : toc) {
      entry.allocated.Store(0);
      entry.offset.Store(kGarbage);
      entry.size.Store(kGarbage);
    }
    for (Word& word : payload) word.Store(kGarbage);
    free_offset.Store(0);
    available.Store(kUnits);
    mutex.Reset();
    ours_made = remote_made = false;
  }

  void thread(unsigned index) {
    Pause();
    if (index == 0) Ours();
    if (index == 1) Remote();
    if (index == 2) Reader();
  }

  // Smem.alloc: plans, commits, plans again where a guard did not hold.
  void Ours() {
    for (int attempt = 0; attempt < 3; ++attempt) {
      Entry& entry = toc[kOursWant.id];
      const unsigned allocated = entry.allocated.Load();
      const unsigned offset = free_offset.Load();
      const unsigned space = available.Load();
      if (allocated != 0 || kOursWant.size > space) return;
      Pause();
      if (Commit(entry, offset, space)) return;
    }
  }

  bool GuardsHold(Entry& entry, unsigned offset, unsigned space) {
    if (Kept("GUARD_ALLOCATED") && entry.allocated.Load() != 0) return false;
    if (Kept("GUARD_FREE") && free_offset.Load() != offset) return false;
    return !Kept("GUARD_AVAILABLE") || available.Load() == space;
  }

  // Commit in native/commit.cc
  bool Commit(Entry& entry, unsigned offset, unsigned space) {
    if (Kept("GUARDS_BEFORE_LOCK") && !GuardsHold(entry, offset, space)) {
      return false;
    }
    if (Kept("LOCK")) mutex.Lock(kOurs);
    if (Kept("GUARDS_UNDER_LOCK") && !GuardsHold(entry, offset, space)) {
      mutex.Unlock(kOurs);
      return false;
    }
    // ApplySteps in native/plan.cc
    const auto clear = [&] { payload[offset].Store(0); };
    if (Kept("CLEAR_BEFORE_FENCE")) clear();
    entry.offset.Store(offset);
    entry.size.Store(kOursWant.size);
    if (Kept("STORE_FENCE")) FenceStore();
    if (!Kept("CLEAR_BEFORE_FENCE")) clear();
    entry.allocated.Store(1);
    free_offset.Store(offset + kOursWant.size);
    available.Store(space - kOursWant.size);
    ours_made = true;
    mutex.Unlock(kOurs);
    return true;
  }

  void Remote() {
    const unsigned id = Kept("DISTINCT_ID") ? kRemote : kOurs;
    mutex.Lock(id);
    Entry& entry = toc[toc_remote_wants.id];
    if (entry.allocated.Load() == 0) {
      const unsigned offset = free_offset.Load();
      entry.offset.Store(offset);
      entry.size.Store(toc_remote_wants.size);
      FenceStore();
      entry.allocated.Store(1);
      free_offset.Store(offset + toc_remote_wants.size);
      available.Store(available.Load() - toc_remote_wants.size);
      remote_made = true;
    }
    mutex.Unlock(id);
  }

  // TocHeap.find
  void Reader() {
    for (unsigned id = 0; id < 2; ++id) {
      Entry& entry = toc[id];
      if (entry.allocated.Load() == 0) continue;
      if (Kept("LOAD_FENCE")) FenceLoad();
      const unsigned offset = entry.offset.Load();
      const unsigned size = entry.size.Load();
      RL_ASSERT(offset + size <= kUnits);
      RL_ASSERT(size == kOursWant.size || size == toc_remote_wants.size);
      const bool ours_only = id == kOursWant.id && id != toc_remote_wants.id;
      if (ours_only) RL_ASSERT(payload[offset].Load() == 0);
    }
  }

  // Nothing lost, nothing on top of another, nothing leaked.
  void after() {
    unsigned used = 0;
    for (unsigned id = 0; id < 2; ++id) {
      const bool ours = ours_made && id == kOursWant.id;
      const bool remote = remote_made && id == toc_remote_wants.id;
      RL_ASSERT(!(ours && remote));
      RL_ASSERT(toc[id].allocated.Load() == (ours || remote ? 1u : 0u));
      if (!ours && !remote) continue;
      const unsigned size = ours ? kOursWant.size : toc_remote_wants.size;
      RL_ASSERT(toc[id].size.Load() == size);
      used += size;
    }
    RL_ASSERT(free_offset.Load() == used);
    RL_ASSERT(available.Load() == kUnits - used);
    if (ours_made && remote_made) {
      const unsigned a = toc[0].offset.Load(), b = toc[1].offset.Load();
      RL_ASSERT(a + toc[0].size.Load() <= b || b + toc[1].size.Load() <= a);
    }
  }
};

}  // namespace model

#endif  // QCOM_SMEM_TEST_MODEL_ORDER_TOC_H_
