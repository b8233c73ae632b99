// SPDX-License-Identifier: MIT
// An id that a narrow register has cut off, and another processor's that looks
// the same: 27 is 251 in five bits, and the host 26 of some day.

#include <atomic>
#include <thread>

#include "check.h"
#include "world.h"

namespace qcom_smem {

namespace {

constexpr std::uint32_t kLookalikes[] = {kOurs & 0x1f, kOurs & 0x3f,
                                         kOurs & 0x7f};
constexpr int kTurns = 20000;

RecordPage* PageOf(const World& world) {
  return reinterpret_cast<RecordPage*>(
      const_cast<std::uint32_t*>(world.record()));
}

// What a process has left that died with this in the register.
struct Death {
  std::uint32_t kept, tried, reads;
};

// A heap in which a process died that wanted the mutex, or had just got it.
RecordPage* Leave(const World& world, const Death& death) {
  RecordPage* const page = PageOf(world);
  HeapLock lock = world.Lock();
  CHECK_EQUAL(lock.Commit(Decoded({}, {}, lock), kOurs).outcome,
              Outcome::kDone);
  page->kept = death.kept;
  page->tried = death.tried;
  page->intent = 1;
  *world.mutex() = death.reads;
  return page;
}

TEST(CutOff, "what is cut off is released for who died with it") {
  for (const std::uint32_t reads : kLookalikes) {
    for (const std::uint32_t kept : {0u, 200u}) {
      World world;
      HeapLock lock = world.Lock();
      Leave(world, {kept, 1, reads});
      CHECK_EQUAL(lock.Recover(false, kOurs).recovery, Recovery::kReleased);
      CHECK_EQUAL(*world.mutex(), 0);
    }
  }
}

TEST(NotTried, "who died before it wrote has left no id, and no part of one") {
  for (const std::uint32_t reads : kLookalikes) {
    World world;
    HeapLock lock = world.Lock();
    Leave(world, {0, 0, reads});
    CHECK_EQUAL(lock.Recover(false, kOurs).recovery, Recovery::kDropped);
    CHECK_EQUAL(*world.mutex(), reads);
  }
}

TEST(Kept, "a register that has held the id whole cuts nothing off") {
  for (const std::uint32_t reads : kLookalikes) {
    World world;
    HeapLock lock = world.Lock();
    Leave(world, {kOurs, 1, reads});
    CHECK_EQUAL(lock.Recover(false, kOurs).recovery, Recovery::kDropped);
    CHECK_EQUAL(*world.mutex(), reads);
  }
}

TEST(Forgotten, "what another heap's register has held says nothing") {
  World world;
  HeapLock lock = world.Lock(0x7f);
  RecordPage* const page = PageOf(world);
  for (auto* const part : {&page->author.boot, &page->author.heap}) {
    page->author.boot = World::Self().boot;
    page->author.heap = World::Self().heap;
    page->kept = kOurs;
    (*part)[3] ^= 1;
    const Report report = lock.Commit(Decoded({}, {{0, 0, 7}}, lock), kOurs);
    CHECK_EQUAL(report.outcome, Outcome::kNarrow);
    CHECK_EQUAL(*world.mutex(), 0);
  }
}

TEST(Waiting, "a lock that others had all the while is not tried for") {
  World world;
  HeapLock lock = world.Lock();
  *world.mutex() = kLookalikes[0];
  const Report report = lock.Commit(Decoded({}, {{0, 0, 7}}, lock), kOurs);
  CHECK_EQUAL(report.outcome, Outcome::kRemoteBusy);
  CHECK_EQUAL(PageOf(world)->tried, 0);
  CHECK_EQUAL(*world.mutex(), kLookalikes[0]);
}

TEST(Lookalike, "a processor whose id looks like ours cut off keeps its lock") {
  for (const std::uint32_t id : kLookalikes) {
    World world;
    HeapLock lock = world.Lock();
    const Plan plan = Decoded({}, {}, lock);
    CHECK_EQUAL(lock.Commit(plan, kOurs).outcome, Outcome::kDone);
    std::atomic<bool> done{false};
    std::uint32_t had = 0, lost = 0;
    std::thread remote([&] {
      Mutex mutex = world.OpenMutex();
      while (!done || had < kTurns) {
        if (mutex.TryLock(id) != id) continue;
        ++had;
        if (!mutex.Unlock(id)) ++lost;
      }
    });
    for (int i = 0; i < kTurns; ++i) {
      CHECK(lock.Commit(plan, kOurs).outcome != Outcome::kNarrow);
    }
    done = true;
    remote.join();
    CHECK_EQUAL(lost, 0);
  }
}

}  // namespace

}  // namespace qcom_smem
