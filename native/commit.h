// SPDX-License-Identifier: MIT
// A plan becomes stores: under the local lock and the mutex, with its guards
// compared once more, all signals blocked, and an intent on record by which
// another process finishes what this one could not. No JavaScript runs
// meanwhile: a collector's pause would stall every processor of the SoC.

#ifndef QCOM_SMEM_COMMIT_H_
#define QCOM_SMEM_COMMIT_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "mapping.h"
#include "mutex.h"
#include "plan.h"
#include "record.h"

namespace qcom_smem {

// How an attempt ended; lib/native/binding.ts has the same list.
enum class Outcome : std::uint32_t {
  kDone = 0,
  kStale = 1,       // A guard does not hold: plan again.
  kLocalBusy = 2,   // A process or thread of this machine is at it.
  kRemoteBusy = 3,  // The mutex is held: by `holder`.
  kNarrow = 4,      // The register kept `holder` of the id only; undone.
  kLost = 5,        // Done, but at the end the mutex was `holder`'s.
  kForeign = 6,     // The lock file is another version's, or another heap's.
  kDamaged = 7,     // The intent of a dead process cannot be finished.
  kUnlockable = 8,  // The lock file cannot be locked; `holder` is the errno.
};

// What was found of a process that died, and done about it.
enum class Recovery : std::uint32_t {
  kNothing = 0,    // There was no intent.
  kDropped = 1,    // It had not taken the mutex, or had released it.
  kReleased = 2,   // It held the mutex and had stored nothing.
  kCompleted = 3,  // It had stored a part; now all is stored.
  kTorn = 4,       // It had stored a part, and the mutex was taken from it.
};

struct Report {
  Outcome outcome = Outcome::kDone;
  std::uint32_t holder = 0;
  std::uint32_t hold = 0;  // Nanoseconds that the mutex was held.
  Recovery recovery = Recovery::kNothing;
};

class HeapLock {
 public:
  HeapLock(Mapping heap, Mutex mutex, Record record, const Identity& identity)
      : heap_(std::move(heap)),
        mutex_(std::move(mutex)),
        record_(std::move(record)),
        identity_(identity) {}

  bool open() const { return record_.open(); }
  void Close();

  // Whether there is an intent: of a process that is at it, or that died.
  bool Pending() const { return record_.intent() != Intent::kNone; }

  const Mapping& heap() const { return heap_; }

  // One attempt, which takes microseconds; tens of them where others are busy.
  Report Commit(const Plan& plan, std::uint32_t id);

  // What Commit does first: sees to the intent of a process that died. Where
  // it is damaged, `discard` releases the mutex without finishing it. `id` is
  // the one by which the caller takes the mutex.
  Report Recover(bool discard, std::uint32_t id);

 private:
  Report CommitAlone(const Plan& plan, std::uint32_t id);
  Report RecoverAlone(bool discard, std::uint32_t id);
  void Apply(const std::vector<PlanStep>& steps, std::size_t from);
  bool CutOff(std::uint32_t owner, std::uint32_t id) const;
  bool Acquire(std::uint32_t id, Report* report);

  Mapping heap_;
  Mutex mutex_;
  Record record_;
  Identity identity_;
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_COMMIT_H_
