// SPDX-License-Identifier: MIT
// What passes through the mutex. Two local threads share an owner id and
// exclude each other by the lock file (Record::TryLock in native/record.cc);
// the kernel has its own id. The data is not even atomic: Relacy reports every
// pair of accesses that no fence and no lock has put in order. The record is
// ordinary memory and needs no fence: the lock file's lock orders it.

#ifndef QCOM_SMEM_TEST_MODEL_ORDER_HANDOVER_H_
#define QCOM_SMEM_TEST_MODEL_ORDER_HANDOVER_H_

#include "world.h"

namespace model {

struct Handover : rl::test_suite<Handover, 3> {
  static constexpr unsigned kParties = 3;

  Mutex mutex;
  rl::mutex lock_file;
  rl::var<unsigned> heap, record;

  void before() {
    mutex.Reset();
    heap($) = 0;
    record($) = 0;
  }

  void thread(unsigned index) {
    Pause();
    if (index == 2) {
      const unsigned id = Kept("DISTINCT_ID") ? kKernel : kOurs;
      mutex.Lock(id);
      heap($) = heap($) + 1;
      mutex.Unlock(id);
    } else {
      if (Kept("LOCK_FILE")) lock_file.lock($);
      record($) = record($) + 1;
      mutex.Lock(kOurs);
      heap($) = heap($) + 1;
      mutex.Unlock(kOurs);
      record($) = record($) + 1;
      if (Kept("LOCK_FILE")) lock_file.unlock($);
    }
  }

  void after() {
    RL_ASSERT(heap($) == kParties);
    RL_ASSERT(record($) == 4);
  }
};

}  // namespace model

#endif  // QCOM_SMEM_TEST_MODEL_ORDER_HANDOVER_H_
