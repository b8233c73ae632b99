// SPDX-License-Identifier: MIT
// Threads that count in one heap, each with mappings and a file description of
// its own, as worker threads of Node have, and a remote processor that knows
// nothing of the lock file.
//
// ThreadSanitizer knows memory by its virtual address. Here each thread sees
// the heap, the mutex and the record at an address of its own, so a race on
// them is none to it; nor does it know OFD locks. That the lock excludes is
// shown by what is counted, and by test/model. What ThreadSanitizer does show
// here is that the core keeps nothing else that threads share: no static
// buffer, no cached descriptor, nothing left of a close.

#include <sched.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <thread>
#include <vector>

#include "check.h"
#include "world.h"

namespace qcom_smem {

namespace {

constexpr int kLocals = 3;
constexpr std::uint32_t kRounds = 2000;
// How long they go on until they have met each other in every way.
constexpr std::uint32_t kMostRounds = 100 * kRounds;
constexpr std::uint32_t kCount = 0, kMirror = 512, kOwn = 768;

// Several times what a commit waits for the mutex.
constexpr std::chrono::microseconds kLongHold{200};

using Outcomes = std::array<std::atomic<std::uint32_t>, 9>;

bool MetAll(const Outcomes& seen) {
  for (const Outcome outcome : {Outcome::kDone, Outcome::kStale,
                                Outcome::kLocalBusy, Outcome::kRemoteBusy}) {
    if (seen[static_cast<std::size_t>(outcome)] == 0) return false;
  }
  return true;
}

std::uint32_t CountLocally(const World& world, std::uint32_t self,
                           Outcomes* seen) {
  HeapLock lock = world.Lock();
  const std::uint32_t own = kOwn + 4 * self;
  std::uint32_t done = 0;
  while (done < kRounds || (done < kMostRounds && !MetAll(*seen))) {
    const std::uint32_t count = lock.heap().Read(kCount);
    const Plan plan = Decoded({{kCount, count}, {kMirror, count}},
                              {{0, kCount, count + 1},
                               {1, 0, 0},
                               {0, own, done + 1},
                               {0, kMirror, count + 1}},
                              lock);
    const Report report = lock.Commit(plan, kOurs - self);
    ++(*seen)[static_cast<std::size_t>(report.outcome)];
    if (report.outcome == Outcome::kDone) ++done;
    if (report.outcome == Outcome::kRemoteBusy) {
      CHECK_EQUAL(report.holder, kModem);
      sched_yield();
    }
    CHECK_EQUAL(report.recovery, Recovery::kNothing);
  }
  return done;
}

// Holds the mutex for so long now and then that others give up.
std::uint32_t CountRemotely(const World& world, const std::atomic<int>& left) {
  Mutex mutex = world.OpenMutex();
  std::uint32_t done = 0;
  while (left > 0) {
    if (mutex.Owner() != 0 || mutex.TryLock(kModem) != kModem) continue;
    const std::uint32_t count = world.heap()[kCount / 4];
    CHECK_EQUAL(world.heap()[kMirror / 4], count);
    world.heap()[kCount / 4] = count + 1;
    if (done % 16 == 0) std::this_thread::sleep_for(kLongHold);
    CHECK_EQUAL(world.heap()[kCount / 4], count + 1);
    world.heap()[kMirror / 4] = count + 1;
    CHECK(mutex.Unlock(kModem));
    ++done;
    sched_yield();
  }
  return done;
}

TEST(Counting, "threads and a remote processor lose no update") {
  World world;
  std::atomic<int> left{kLocals};
  Outcomes seen = {};
  std::array<std::uint32_t, kLocals> done = {};
  std::uint32_t remotely = 0;
  std::vector<std::thread> threads;
  threads.emplace_back([&] { remotely = CountRemotely(world, left); });
  for (std::uint32_t i = 0; i < kLocals; ++i) {
    threads.emplace_back([&world, &left, &seen, &done, i] {
      done[i] = CountLocally(world, i, &seen);
      --left;
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::uint32_t all = remotely;
  for (std::uint32_t i = 0; i < kLocals; ++i) {
    CHECK_EQUAL(world.heap()[kOwn / 4 + i], done[i]);
    all += done[i];
  }
  CHECK_EQUAL(world.heap()[kCount / 4], all);
  CHECK_EQUAL(world.heap()[kMirror / 4], all);
  CHECK(remotely > 0);
  CHECK_EQUAL(*world.mutex(), 0);
  CHECK(MetAll(seen));
  for (const Outcome outcome : {Outcome::kNarrow, Outcome::kLost,
                                Outcome::kForeign, Outcome::kDamaged}) {
    CHECK_EQUAL(seen[static_cast<std::size_t>(outcome)], 0);
  }
}

TEST(Opening, "threads open, use and close locks of their own") {
  World world;
  std::vector<std::thread> threads;
  for (std::uint32_t i = 0; i < kLocals; ++i) {
    threads.emplace_back([&world, i] {
      for (std::uint32_t round = 0; round < 200; ++round) {
        HeapLock lock = world.Lock();
        const Plan plan = Decoded({}, {{0, kOwn + 4 * i, round}}, lock);
        while (lock.Commit(plan, kOurs).outcome != Outcome::kDone) {
        }
        lock.Close();
        CHECK(!lock.open());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::uint32_t i = 0; i < kLocals; ++i) {
    CHECK_EQUAL(world.heap()[kOwn / 4 + i], 199);
  }
}

TEST(Busting, "a commit whose mutex was taken away says so") {
  World world;
  HeapLock lock = world.Lock();
  // Long enough for the other thread to come between.
  const std::vector<Step> steps(kMaxSteps, {3, 0, World::kHeapSize / 4});
  const Plan plan = Decoded({}, steps, lock);
  std::atomic<bool> stop{false};
  std::thread buster([&] {
    Mutex mutex = world.OpenMutex();
    while (!stop) {
      mutex.Unlock(kOurs);
      sched_yield();
    }
  });
  Report report;
  for (int i = 0; i < 100000 && report.outcome != Outcome::kLost; ++i) {
    report = lock.Commit(plan, kOurs);
  }
  stop = true;
  buster.join();
  CHECK_EQUAL(report.outcome, Outcome::kLost);
  CHECK_EQUAL(report.holder, 0);
  CHECK(!lock.Pending());
}

TEST(Claiming, "threads have a byte of the lock file one at a time") {
  World world;
  constexpr std::uint64_t kByte = (std::uint64_t{1} << 32) + 137;
  std::atomic<int> inside{0}, entered{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kLocals; ++i) {
    threads.emplace_back([&] {
      const int fd = world.Open();
      FileLocks locks;
      CHECK(!FileLocks::Open(fd, &locks));
      for (int round = 0; round < 2000; ++round) {
        const int problem = locks.TryLock(kByte);
        CHECK(problem == 0 || problem == EAGAIN);
        if (problem != 0) continue;
        CHECK_EQUAL(inside++, 0);
        ++entered;
        --inside;
        locks.Unlock(kByte);
      }
      locks.Close();
      ::close(fd);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(entered > kLocals);
}

}  // namespace

}  // namespace qcom_smem
