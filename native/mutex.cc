// SPDX-License-Identifier: MIT
// Out of line, so that a disassembly shows the order: store, barrier, load;
// and on the way out load, barrier, store, barrier.

#include "mutex.h"

#include "fence.h"

namespace qcom_smem {

std::uint32_t Mutex::TryLock(std::uint32_t id) {
  Word* const word = word_.At(0);
  if (field_ == 0) {
    *word = id;
  } else {
    std::uint32_t free = 0;
    // SAFETY: this word is ordinary memory (a memfd), where an atomic
    // read-modify-write is allowed; it does what the hardware's write does.
    __atomic_compare_exchange_n(word, &free, id & field_, false,
                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  }
  // The write has to arrive before the read that asks who won; and for the
  // holder no access to the heap may come before the lock is ours.
  FenceFull();
  const std::uint32_t owner = *word;
  FenceFull();
  return owner;
}

bool Mutex::Unlock(std::uint32_t id) {
  Word* const word = word_.At(0);
  if (*word != id) return false;
  // The next holder, of any processor, has to find the heap complete.
  FenceFull();
  *word = 0;
  // Not to wait in a write buffer while others spin.
  FenceFull();
  return true;
}

}  // namespace qcom_smem
