// SPDX-License-Identifier: MIT
// The word of a TCSR or SFPB mutex. The block itself arbitrates: a write of
// an owner id sticks only while the register holds 0, and a write of 0 always
// releases. Source: Linux drivers/hwspinlock/qcom_hwspinlock.c.

#ifndef QCOM_SMEM_MUTEX_H_
#define QCOM_SMEM_MUTEX_H_

#include <cstdint>
#include <utility>

#include "mapping.h"

namespace qcom_smem {

// Of Linux on the applications processor, where its driver is at work.
constexpr std::uint32_t kKernelId = 1;
// Owner ids up to this belong to a processor: its SMEM host id plus one.
constexpr std::uint32_t kLastProcessorId = 26;

class Mutex {
 public:
  Mutex() = default;
  // `word` is mapped for writing and one word long: on some SoCs the locks of
  // other subsystems lie in the same page, and this one cannot reach them.
  // `field` is 0 where the hardware arbitrates. Memory that stands in for it
  // does not, so there a compare-and-swap does, and `field` has the bits that
  // the pretended register can hold.
  Mutex(Mapping word, std::uint32_t field)
      : word_(std::move(word)), field_(field) {}

  bool open() const { return word_.open(); }
  std::uint64_t address() const { return word_.position(); }
  void Close() { word_.Close(); }

  // The owner's id, 0 when free.
  std::uint32_t Owner() const { return word_.Read(0); }

  // One attempt. The lock is ours where it returns `id`; like the hardware it
  // cannot tell that from a lock that somebody else took by the same id.
  std::uint32_t TryLock(std::uint32_t id);

  // Releases what is held by `id`. Where it is not, writes nothing: it would
  // take the lock from another. What was written before is seen by others
  // before the release is.
  bool Unlock(std::uint32_t id);

 private:
  Mapping word_;
  std::uint32_t field_ = 0;
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_MUTEX_H_
