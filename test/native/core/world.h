// SPDX-License-Identifier: MIT
// A memfd with a heap, a mutex word and a lock file in it, and room around the
// heap that nobody may touch.

#ifndef QCOM_SMEM_TEST_WORLD_H_
#define QCOM_SMEM_TEST_WORLD_H_

#include <cstdint>
#include <vector>

#include "commit.h"

namespace qcom_smem {

constexpr std::uint32_t kOurs = 251;
constexpr std::uint32_t kModem = 2;
// All bits of an owner id are kept.
constexpr std::uint32_t kWholeField = 0xffffffff;

struct Guard {
  std::uint32_t offset, expected;
};
struct Step {
  std::uint32_t op, offset, operand;
};

std::vector<std::uint32_t> Encode(const std::vector<Guard>& guards,
                                  const std::vector<Step>& steps);

class World {
 public:
  static constexpr std::uint64_t kPage = 4096;
  // Starts and ends amid a page.
  static constexpr std::uint64_t kHeap = kPage + 64;
  static constexpr std::uint32_t kHeapSize = 1024;
  static constexpr std::uint64_t kMutex = 2 * kPage + 12;
  static constexpr std::uint64_t kRecord = 3 * kPage;
  static constexpr std::uint64_t kSize = 4 * kPage;

  World();
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // A descriptor with an open file description of its own.
  int Open() const;
  // A user with mappings and a description of its own.
  HeapLock Lock(std::uint32_t field = kWholeField) const;
  Mutex OpenMutex(std::uint32_t field = kWholeField) const;
  static Identity Self();

  // The whole file, as words.
  Word* words() const { return file_.At(0); }
  Word* heap() const { return file_.At(kHeap); }
  Word* mutex() const { return file_.At(kMutex); }
  Word* record() const { return file_.At(kRecord); }

 private:
  int fd_ = -1;
  Mapping file_;
};

// A plan that is known to be right. Ends the program where it is not.
Plan Decoded(const std::vector<Guard>& guards, const std::vector<Step>& steps,
             const HeapLock& lock);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_TEST_WORLD_H_
