// SPDX-License-Identifier: MIT
// What the models of order stand on: words of SMEM under a relaxed memory
// model, the three fences, and the hardware mutex. Relacy runs the threads of
// a model in many interleavings, and lets each load see any value that the
// C++ memory model allows it to see. Every fence, guard and step that is under
// test has a name, and is left out when that name is in `removed`.

#ifndef QCOM_SMEM_TEST_MODEL_ORDER_WORLD_H_
#define QCOM_SMEM_TEST_MODEL_ORDER_WORLD_H_

#include <set>
#include <string_view>

// Relacy's headers are older than the warnings of our compilers. It redefines
// words like `new` and `free`: everything else is included before it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <relacy/relacy.hpp>
#pragma GCC diagnostic pop

namespace model {

inline std::set<std::string_view> removed;
inline bool Kept(std::string_view part) { return removed.count(part) == 0; }

// Who writes what while it holds the mutex: ids as in lib/lock.
constexpr unsigned kKernel = 1;
constexpr unsigned kRemote = 2;
constexpr unsigned kOurs = 251;

// A word of SMEM: aligned and volatile, so never torn, and not ordered.
class Word {
 public:
  unsigned Load() { return word_.load(rl::memory_order_relaxed); }
  void Store(unsigned value) { word_.store(value, rl::memory_order_relaxed); }

 private:
  rl::atomic<unsigned> word_;
};

// A party that comes late: without it, all would run side by side.
inline void Pause() {
  for (unsigned i = rl::rand(24); i > 0; --i) rl::yield(1, $);
}

// native/fence.cc. `dsb st` orders less than a release fence and `dsb ld` less
// than an acquire fence: those have loads before stores in order as well.
inline void FenceStore() { rl::atomic_thread_fence(rl::memory_order_release); }
inline void FenceLoad() { rl::atomic_thread_fence(rl::memory_order_acquire); }
inline void FenceFull() { rl::atomic_thread_fence(rl::memory_order_seq_cst); }

// native/mutex.cc, over a register that arbitrates. `holder_` is the register,
// which is no memory; `word_` is what a release hands to the read that finds
// its id back. The write of an id may be posted: acknowledged early, it can
// arrive as late as that read, behind the fence in between. On arm64 /dev/mem
// gives a mapping without early acknowledgement, others do not promise it.
class Mutex {
 public:
  void Reset() {
    holder_ = 0;
    word_.store(0, rl::memory_order_relaxed);
  }

  // Mutex::TryLock
  bool TryLock(unsigned id) {
    const bool posted = Kept("POSTED_WRITES") && rl::rand(2) == 1;
    if (!posted) Arrive(id);
    if (Kept("FENCE_BEFORE_READ_BACK")) FenceFull();
    if (posted) {
      rl::yield(1, $);
      Arrive(id);
    }
    const bool won = holder_ == id || !Kept("READ_BACK");
    if (won) word_.exchange(id, rl::memory_order_relaxed);
    if (Kept("ACQUIRE_FENCE")) FenceFull();
    return won;
  }

  void Lock(unsigned id) {
    while (!TryLock(id)) rl::yield(1, $);
  }

  // Mutex::Unlock
  void Unlock(unsigned id) {
    if (holder_ != id) return;
    if (Kept("RELEASE_FENCE")) FenceFull();
    word_.store(0, rl::memory_order_relaxed);
    holder_ = 0;
    if (Kept("FENCE_AFTER_RELEASE")) FenceFull();
  }

 private:
  // The register's rule: an id sticks only while there is none.
  void Arrive(unsigned id) {
    if (holder_ == 0 || !Kept("STICKY_WRITE")) holder_ = id;
  }

  unsigned holder_ = 0;
  rl::atomic<unsigned> word_;
};

}  // namespace model

#endif  // QCOM_SMEM_TEST_MODEL_ORDER_WORLD_H_
