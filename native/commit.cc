// SPDX-License-Identifier: MIT
// The order of everything, and a milestone wherever a process could die
// between two steps that another one can see.

#include "commit.h"

#include <signal.h>
#include <time.h>

#include <cerrno>
#include <vector>

#include "fence.h"
#include "milestone.h"

namespace qcom_smem {

namespace {

// Local holders are done in microseconds, unless they lost the processor.
constexpr int kLocalTries = 16;
// How long the mutex is asked for at a stretch, nanoseconds: a usual holder is
// done by then, and a thread may sleep before it asks again.
constexpr std::uint64_t kSpin = 50000;
// Asking the clock is dearer than asking the register.
constexpr int kTriesPerLook = 16;

// Whoever holds the mutex must not run a handler, or die of a signal that can
// wait. On Linux sigprocmask is the thread's own; pthread_sigmask, the same
// system call, would ask for a newer glibc.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

class LocalLock {
 public:
  explicit LocalLock(Record* record) : record_(record) {
    for (int i = 0; i < kLocalTries && Busy(); ++i)
      problem_ = record->TryLock();
  }
  ~LocalLock() {
    if (held()) record_->Unlock();
  }
  LocalLock(const LocalLock&) = delete;
  LocalLock& operator=(const LocalLock&) = delete;
  bool held() const { return problem_ == 0; }
  // Why it is not.
  Report Refusal() const {
    if (Busy()) return {Outcome::kLocalBusy};
    return {Outcome::kUnlockable, static_cast<std::uint32_t>(problem_)};
  }

 private:
  bool Busy() const { return problem_ == EAGAIN || problem_ == EACCES; }

  Record* record_;
  int problem_ = EAGAIN;
};

// Whether a register that was free would read `owner` after a write of `id`
// because it has fewer bits than the id, and for no other reason.
bool Truncated(std::uint32_t owner, std::uint32_t id) {
  if (owner <= kLastProcessorId || owner >= id) return false;
  for (std::uint32_t mask = 1; mask < id; mask = mask << 1 | 1) {
    if (owner == (id & mask)) return true;
  }
  return false;
}

// Whether a process of ours can have taken the mutex by `owner`. Whatever a
// page says, what another processor holds is not released for it; nor what the
// kernel holds, but by who takes the mutex by the kernel's id too (`own`).
bool OfProcess(std::uint32_t owner, std::uint32_t own) {
  return owner > kLastProcessorId || (owner == kKernelId && own == kKernelId);
}

}  // namespace

void HeapLock::Close() {
  heap_.Close();
  mutex_.Close();
  record_.Close();
}

Report HeapLock::Commit(const Plan& plan, std::uint32_t id) {
  // Without any lock first: what is stale already costs nobody a wait.
  if (!plan.GuardsHold(heap_)) return {Outcome::kStale};
  const SignalsBlocked blocked;
  const LocalLock local(&record_);
  if (!local.held()) return local.Refusal();
  Milestone();
  return CommitAlone(plan, id);
}

Report HeapLock::Recover(bool discard, std::uint32_t id) {
  const SignalsBlocked blocked;
  const LocalLock local(&record_);
  if (!local.held()) return local.Refusal();
  return RecoverAlone(discard, id);
}

Report HeapLock::CommitAlone(const Plan& plan, std::uint32_t id) {
  Report report = RecoverAlone(false, id);
  if (report.outcome != Outcome::kDone) return report;
  record_.Announce(identity_, id, plan.steps());
  Milestone();
  if (!Acquire(id, &report)) {
    record_.Advance(Intent::kNone);
    return report;
  }
  const std::uint64_t start = Now();
  Milestone();
  if (!plan.GuardsHold(heap_)) {
    report.outcome = Outcome::kStale;
  } else if (!plan.steps().empty()) {
    record_.Advance(Intent::kApplying);
    Milestone();
    Apply(plan.steps(), 0);
  }
  if (!mutex_.Unlock(id)) {
    report.outcome = Outcome::kLost;
    report.holder = mutex_.Owner();
  }
  const std::uint64_t hold = Now() - start;
  Milestone();
  record_.Advance(Intent::kNone);
  Milestone();
  report.hold =
      hold < UINT32_MAX ? static_cast<std::uint32_t>(hold) : UINT32_MAX;
  record_.CountHold(report.hold);
  return report;
}

// Each step is noted before it is made. Once an item is published its payload
// is others' to write, so whoever finishes this must not clear it again.
void HeapLock::Apply(const std::vector<PlanStep>& steps, std::size_t from) {
  for (std::size_t i = from; i < steps.size(); ++i) {
    record_.Progress(i);
    Milestone();
    ApplyStep(steps[i], heap_);
    Milestone();
  }
  record_.Progress(steps.size());
  Milestone();
}

// Another processor's id can look like ours cut off; but not in a register
// that has held ours whole.
bool HeapLock::CutOff(std::uint32_t owner, std::uint32_t id) const {
  return record_.page()->kept != id && Truncated(owner, id);
}

bool HeapLock::Acquire(std::uint32_t id, Report* report) {
  std::uint64_t end = Now() + kSpin;
  bool cut = false;
  for (int tries = 1;; ++tries) {
    // Reading first spares the bus a write, and tells a lock that is taken
    // from a register that does not keep what is written.
    const std::uint32_t before = report->holder;
    report->holder = mutex_.Owner();
    if (report->holder == 0) {
      record_.Try(true);
      Milestone();
      report->holder = mutex_.TryLock(id);
      Milestone();
      if (report->holder == id) {
        record_.page()->kept = id;
        return true;
      }
      cut = CutOff(report->holder, id);
      record_.Try(cut);
      if (cut) end = Now() + kSpin;
    } else if (cut && report->holder != before) {
      cut = false;
      record_.Try(false);
    }
    if (tries % kTriesPerLook == 0 && Now() >= end) break;
  }
  // Who came between the look and the write would have let go by now.
  if (cut) {
    mutex_.Unlock(report->holder);
    Milestone();
    report->outcome = Outcome::kNarrow;
    return false;
  }
  report->outcome = Outcome::kRemoteBusy;
  return false;
}

Report HeapLock::RecoverAlone(bool discard, std::uint32_t id) {
  if (!record_.Usable()) return {Outcome::kForeign};
  const RecordPage* const page = record_.page();
  const Intent intent = record_.intent();
  if (intent == Intent::kNone) return {};
  Report report;
  if (page->author.boot != identity_.boot) {
    record_.Advance(Intent::kNone);
    return {Outcome::kDone, 0, 0, Recovery::kDropped};
  }
  // The mutex of another heap is not this one.
  if (page->author.heap != identity_.heap) return {Outcome::kForeign};
  // We have the local lock, so whoever announced this is dead; and no other
  // process takes the mutex by this id without announcing it here.
  const std::uint32_t holder = mutex_.Owner();
  // It may have died before it could undo an id that the register cut off.
  const bool cut = intent == Intent::kWaiting && page->tried != 0 &&
                   CutOff(holder, page->owner);
  const bool held =
      OfProcess(page->owner, id) && (holder == page->owner || cut);
  const std::size_t progress = page->progress;
  // A copy: nobody can change it between the check and the stores.
  const std::vector<PlanStep> steps = record_.Steps();
  const bool whole =
      intent == Intent::kApplying && !steps.empty() && ValidSteps(steps, heap_);
  if (intent == Intent::kWaiting || (held && discard && !whole)) {
    report.recovery = held ? Recovery::kReleased : Recovery::kDropped;
  } else if (!held) {
    report.recovery =
        progress < steps.size() ? Recovery::kTorn : Recovery::kDropped;
  } else if (whole) {
    // What it had stored has to arrive before what is stored for it.
    FenceFull();
    Apply(steps, progress);
    report.recovery = Recovery::kCompleted;
  } else {
    return {Outcome::kDamaged, page->owner};
  }
  if (held) mutex_.Unlock(holder);
  Milestone();
  record_.Advance(Intent::kNone);
  ++record_.page()->recoveries;
  return report;
}

}  // namespace qcom_smem
