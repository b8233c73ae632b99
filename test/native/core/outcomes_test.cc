// SPDX-License-Identifier: MIT
// One process: what a commit says where something is wrong, and what it leaves.

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <vector>

#include "check.h"
#include "world.h"

namespace qcom_smem {

namespace {

TEST(Narrow, "a register that keeps a part of the id is told, and free again") {
  for (const std::uint32_t field : {0x1fu, 0x3fu, 0x7fu}) {
    World world;
    HeapLock lock = world.Lock(field);
    const Plan plan = Decoded({}, {{0, 0, 7}}, lock);
    const Report report = lock.Commit(plan, kOurs);
    CHECK_EQUAL(report.outcome, Outcome::kNarrow);
    CHECK_EQUAL(report.holder, kOurs & field);
    CHECK_EQUAL(*world.mutex(), 0);
    CHECK_EQUAL(world.heap()[0], 0);
    CHECK(!lock.Pending());
    CHECK_EQUAL(lock.Commit(plan, field).outcome, Outcome::kDone);
  }
}

TEST(Sticky, "the pretended register keeps its owner, as the hardware does") {
  World world;
  Mutex mutex = world.OpenMutex();
  CHECK_EQUAL(mutex.TryLock(kModem), kModem);
  CHECK_EQUAL(mutex.TryLock(kOurs), kModem);
  CHECK_EQUAL(mutex.TryLock(kModem), kModem);
  CHECK(!mutex.Unlock(kOurs));
  CHECK_EQUAL(mutex.Owner(), kModem);
  CHECK(mutex.Unlock(kModem));
  CHECK_EQUAL(mutex.Owner(), 0);
  CHECK(!mutex.Unlock(kModem));
}

TEST(Refused, "what is refused leaves nothing behind") {
  World world;
  HeapLock lock = world.Lock(), other = world.Lock();
  const Plan stale = Decoded({{4, 1}}, {{0, 0, 7}}, lock);
  CHECK_EQUAL(lock.Commit(stale, kOurs).outcome, Outcome::kStale);
  CHECK_EQUAL(world.record()[0], 0);  // Not even the lock file was used.

  const Plan plan = Decoded({}, {{0, 0, 7}}, lock);
  *world.mutex() = kModem;
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kRemoteBusy);
  CHECK_EQUAL(lock.Commit(plan, kOurs).holder, kModem);
  CHECK_EQUAL(*world.mutex(), kModem);
  *world.mutex() = 0;
  CHECK_EQUAL(world.heap()[0], 0);
  CHECK(!lock.Pending());

  const int fd = world.Open();
  FileLocks locks;
  CHECK(!FileLocks::Open(fd, &locks));
  CHECK_EQUAL(locks.TryLock(World::kRecord), 0);
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kLocalBusy);
  CHECK_EQUAL(lock.Recover(true, kOurs).outcome, Outcome::kLocalBusy);
  locks.Close();
  close(fd);
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kDone);
}

TEST(Foreign, "a page of another version, or of another heap, is left alone") {
  World world;
  HeapLock lock = world.Lock();
  const Plan plan = Decoded({}, {{0, 0, 7}}, lock);
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kDone);
  RecordPage* const page =
      reinterpret_cast<RecordPage*>(const_cast<std::uint32_t*>(world.record()));
  page->layout = 2;
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kForeign);
  page->layout = 1;
  page->author.heap[2] ^= 1;
  // Nothing is announced for the other heap: the page may be used.
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kDone);
  page->author.heap[2] ^= 1;
  page->intent = 2;
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kForeign);
  CHECK_EQUAL(lock.Recover(true, kOurs).outcome, Outcome::kForeign);
  CHECK_EQUAL(page->intent, 2);
}

TEST(Killed, "a process killed at any moment is recovered from") {
  World world;
  HeapLock lock = world.Lock();
  Random random(7);
  std::array<std::uint32_t, 5> recoveries = {};
  constexpr std::uint32_t kRounds = 300;
  for (std::uint32_t round = 0; round < kRounds; ++round) {
    const std::uint32_t before = world.heap()[0];
    const pid_t child = fork();
    if (child == 0) {
      HeapLock own = world.Lock();
      for (;;) {
        const std::uint32_t count = own.heap().Read(0);
        // Most of its time it stores: so it dies there, too.
        std::vector<Step> steps(200, {3, 64, 96});
        steps.front() = {0, 0, count + 1};
        steps.push_back({1, 0, 0});
        steps.push_back({0, 512, count + 1});
        const Plan plan = Decoded({{0, count}, {512, count}}, steps, own);
        if (own.Commit(plan, kOurs).outcome != Outcome::kDone) std::abort();
      }
    }
    // On a loaded machine it takes its time to begin.
    int status = 0;
    while (world.heap()[0] == before && !waitpid(child, &status, WNOHANG)) {
      usleep(50);
    }
    usleep(random.Below(1500));
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    const Report report = lock.Recover(false, kOurs);
    CHECK_EQUAL(report.outcome, Outcome::kDone);
    ++recoveries[static_cast<std::size_t>(report.recovery)];
    CHECK_EQUAL(world.heap()[0], world.heap()[512 / 4]);
    CHECK_EQUAL(*world.mutex(), 0);
    CHECK(!lock.Pending());
  }
  CHECK(world.heap()[0] > kRounds);
  const auto of = [&](Recovery recovery) {
    return recoveries[static_cast<std::size_t>(recovery)];
  };
  CHECK(of(Recovery::kCompleted) > 0);
  CHECK(of(Recovery::kNothing) < kRounds);
  CHECK_EQUAL(of(Recovery::kTorn), 0);
}

TEST(Signals, "no handler runs inside, and the mask is as before") {
  World world;
  HeapLock lock = world.Lock();
  sigset_t before, after;
  sigemptyset(&before);
  sigaddset(&before, SIGUSR1);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  const Plan plan = Decoded({}, {{0, 0, 7}}, lock);
  CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kDone);
  sigprocmask(SIG_SETMASK, nullptr, &after);
  for (int signal = 1; signal < 32; ++signal) {
    CHECK_EQUAL(sigismember(&after, signal), signal == SIGUSR1);
  }
  sigemptyset(&before);
  sigprocmask(SIG_SETMASK, &before, nullptr);
}

TEST(Buckets, "holds are counted in four buckets for a power of two") {
  std::size_t last = 0;
  for (std::uint32_t start = 0; start < 8; ++start) {
    CHECK_EQUAL(HoldBucket(start), start);
    last = start;
  }
  for (int octave = 1; octave < 30; ++octave) {
    for (std::uint32_t quarter = 4; quarter < 8; ++quarter) {
      const std::uint32_t start = quarter << octave;
      CHECK_EQUAL(HoldBucket(start - 1), last);
      CHECK_EQUAL(HoldBucket(start), ++last);
    }
  }
  CHECK_EQUAL(HoldBucket(UINT32_MAX), last);
  CHECK_EQUAL(last, 123);
  CHECK(last < kHoldBuckets);
}

}  // namespace

}  // namespace qcom_smem
