// SPDX-License-Identifier: MIT
// Lock files that nobody of us has written: the recovery refuses them, drops
// them or finishes them, as the model says, stores nothing that is not a valid
// step of theirs, and releases nothing that a remote processor holds.

#include <cstring>

#include "check.h"
#include "model.h"
#include "world.h"

namespace qcom_smem {

namespace {

constexpr int kPages = 300000 / kFuzzShare;

// Likely `right`, so that what lies behind is reached.
std::uint32_t Likely(Random* random, std::uint32_t right) {
  return random->Chance(12) ? random->Word() : right;
}

std::uint32_t Small(Random* random, std::uint32_t bound) {
  return random->Chance(8) ? random->Word() : random->Below(bound);
}

std::uint32_t AnyOwner(Random* random) {
  constexpr std::uint32_t kOwners[] = {0, 1, 2, 26, 27, 123, kOurs, 0xffffffff};
  return kOwners[random->Below(8)];
}

void Scribble(Random* random, const Identity& self, RecordPage* page) {
  auto* const words = reinterpret_cast<std::uint32_t*>(page);
  if (random->Chance(16)) {
    for (std::size_t i = 0; i < sizeof *page / 4; ++i)
      words[i] = random->Word();
    if (random->Chance(2)) return;
  }
  page->magic = Likely(random, random->Chance(8) ? 0 : 0x4b4c5351);
  page->layout = Likely(random, 1);
  page->intent = Small(random, 4);
  page->owner = random->Chance(2) ? kOurs : AnyOwner(random);
  page->author = self;
  if (random->Chance(12)) page->author.boot[random->Below(4)] = random->Word();
  if (random->Chance(12)) page->author.heap[random->Below(4)] = random->Word();
  page->step_count =
      random->Chance(16) ? 255 + random->Below(4) : Small(random, 6);
  page->progress = Small(random, 8);
  page->kept = random->Chance(2) ? AnyOwner(random) : 0;
  page->tried = random->Below(2);
  for (std::uint32_t i = 0; i < kMaxSteps && i < page->step_count; ++i) {
    PlanStep& step = page->steps[i];
    step.op = random->Chance(64) ? random->Word() : random->Below(4);
    const bool fence = step.op == 1 || step.op == 2;
    step.offset = fence ? 0 : random->Below(256) * 4;
    step.operand = fence ? 0 : random->Below(64);
    if (random->Chance(64)) step.offset = random->Word();
    if (random->Chance(64)) step.operand = random->Word();
  }
}

TEST(Pages, "hostile lock files do what the model says, or nothing") {
  World world;
  HeapLock lock = world.Lock();
  const Identity self = World::Self();
  Random random(30);
  Words shadow(2 * World::kPage / 4);
  auto* const page =
      reinterpret_cast<RecordPage*>(const_cast<std::uint32_t*>(world.record()));
  ModelState state = {};
  state.heap = shadow.data() + World::kHeap / 4;
  std::uint32_t outcomes[9] = {}, recoveries[5] = {};
  const Words words = Encode({}, {{0, 0, 7}, {1, 0, 0}, {0, 8, 9}});
  Plan plan;
  CHECK(plan.Decode(words.data(), words.size(), lock.heap()) == nullptr);
  for (int i = 0; i < kPages; ++i) {
    Scribble(&random, self, page);
    *world.mutex() = random.Chance(2) ? page->owner : AnyOwner(&random);
    state.mutex = *world.mutex();
    std::memcpy(&state.page, page, sizeof state.page);

    const bool committing = random.Chance(16);
    const bool discard = !committing && random.Chance(3);
    const std::uint32_t id = random.Chance(4) ? kKernelId : kOurs;
    Report expected = ModelRecover(&state, self, discard, id);
    if (committing && expected.outcome == Outcome::kDone) {
      if (state.mutex == 0) {
        ModelApply(words, state.heap);
      } else {
        expected.outcome = Outcome::kRemoteBusy;
      }
    }
    const Report report =
        committing ? lock.Commit(plan, id) : lock.Recover(discard, id);
    CHECK_EQUAL(report.outcome, expected.outcome);
    CHECK_EQUAL(report.recovery, expected.recovery);
    CHECK_EQUAL(*world.mutex(), state.mutex);
    CHECK_EQUAL(page->intent, state.page.intent);
    CHECK_EQUAL(page->magic, state.page.magic);
    // SAFETY: nobody else is at this memory.
    CHECK(std::memcmp(const_cast<std::uint32_t*>(world.words()), shadow.data(),
                      2 * World::kPage) == 0);
    ++outcomes[static_cast<std::size_t>(report.outcome)];
    ++recoveries[static_cast<std::size_t>(report.recovery)];
  }
  for (const Outcome outcome : {Outcome::kDone, Outcome::kRemoteBusy,
                                Outcome::kForeign, Outcome::kDamaged}) {
    CHECK(outcomes[static_cast<std::size_t>(outcome)] > kPages / 3000);
  }
  for (const std::uint32_t count : recoveries) CHECK(count > kPages / 3000);
}

}  // namespace

}  // namespace qcom_smem
