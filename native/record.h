// SPDX-License-Identifier: MIT
// The lock file: what local processes and threads leave for each other. Its
// first byte is locked (an OFD lock, which dies with its holder) by whoever is
// about to take the mutex; its page says what that one was going to do, and
// how long the mutex was held so far. lib/lock/record.ts reads the same page.

#ifndef QCOM_SMEM_RECORD_H_
#define QCOM_SMEM_RECORD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "file_locks.h"
#include "mapping.h"
#include "plan.h"

namespace qcom_smem {

// What an intent has come to.
enum class Intent : std::uint32_t {
  kNone = 0,
  kWaiting = 1,   // Wants the mutex, or has it and has stored nothing.
  kApplying = 2,  // Has the mutex, and some of the steps are stored.
};

constexpr std::size_t kHoldBuckets = 128;

// Who we are, as the caller tells it; kept in each intent.
struct Identity {
  std::array<std::uint32_t, 4> process;  // pid and start time: for people.
  std::array<std::uint32_t, 4> boot;     // What is of another is void.
  std::array<std::uint32_t, 4> heap;     // Addresses of heap and mutex.
};

// One page, little-endian words, ordinary shared memory.
struct RecordPage {
  std::uint32_t magic;  // "QSLK"
  std::uint32_t layout;
  std::uint32_t intent;
  std::uint32_t owner;    // Id by which the mutex is taken.
  std::uint32_t time[2];  // CLOCK_MONOTONIC, nanoseconds.
  Identity author;
  std::uint32_t step_count;
  std::uint32_t recoveries;
  std::uint32_t acquisitions[2];
  std::uint32_t longest_hold;  // Nanoseconds.
  std::uint32_t progress;      // The step that is being stored.
  std::uint32_t kept;          // An id that the mutex has held whole.
  // Not 0 from before `owner` is written into a mutex that was free until that
  // is known not to hold a part of it.
  std::uint32_t tried;
  std::uint32_t reserved[6];
  std::uint32_t holds[kHoldBuckets];  // By HoldBucket of their length.
  PlanStep steps[kMaxSteps];
};
static_assert(sizeof(RecordPage) == 0xe80);

// Four buckets for each power of two nanoseconds.
std::size_t HoldBucket(std::uint32_t nanoseconds);

// Nanoseconds of a clock that all local processes share.
std::uint64_t Now();

class Record {
 public:
  static constexpr std::size_t kSize = sizeof(RecordPage);

  // The page at `position` of the file; see FileLocks about `fd`.
  static Failure Open(int fd, std::uint64_t position, Record* record);

  // Releases the lock. Idempotent.
  void Close();
  bool open() const { return locks_.open(); }

  // The local lock. Never waits. 0, or an errno: EAGAIN where another has it,
  // ESTALE where the file was removed, so that others may use a new one.
  int TryLock();
  void Unlock() { locks_.Unlock(position_); }

  // For the holder of the local lock, all below.

  // A page that was never used becomes ours; one that another version of
  // this library uses is left alone.
  bool Usable();
  Intent intent() const;
  // The mutex will be taken by `owner` to make these steps.
  void Announce(const Identity& identity, std::uint32_t owner,
                const std::vector<PlanStep>& steps);
  void Advance(Intent intent);
  // The steps before this one are stored, this one may be.
  void Progress(std::size_t step);
  // The mutex may hold a part of the announced id from now on; or it does not.
  void Try(bool tried);
  // What was announced; empty where there are more steps than can be.
  std::vector<PlanStep> Steps() const;

  void CountHold(std::uint32_t nanoseconds);
  RecordPage* page() const;

 private:
  FileLocks locks_;
  std::uint64_t position_ = 0;
  bool linked_ = false;  // Once it was. A memfd never is.
  Mapping page_;
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_RECORD_H_
