// SPDX-License-Identifier: MIT
// A million plans, right ones and spoilt ones, by numbers that are the same
// each time. What the model does not accept is refused before any lock; what
// it does accept stores what it says, and not a word around the heap.

#include <cstring>
#include <vector>

#include "check.h"
#include "model.h"
#include "world.h"

namespace qcom_smem {

namespace {

constexpr int kPlans = 1000000 / kFuzzShare;
constexpr std::uint32_t kTelling[] = {
    0,          1,          2,          3,          4,
    64,         255,        256,        257,        1020,
    1021,       1022,       1023,       1024,       1028,
    65536,      65537,      0x3fffffff, 0x40000000, 0x55555556,
    0x7fffffff, 0x80000000, 0xfffffc00, 0xfffffffc, 0xffffffff,
};

std::uint32_t Value(Random* random) {
  if (random->Chance(4)) return random->Word();
  return kTelling[random->Below(sizeof kTelling / sizeof kTelling[0])];
}

Step GoodStep(Random* random) {
  const std::uint32_t op = random->Below(4);
  const std::uint32_t at = random->Below(World::kHeapSize / 4);
  switch (op) {
    case 0:
      return {op, at * 4, random->Word()};
    case 3:
      return {op, at * 4, random->Below(World::kHeapSize / 4 - at + 1)};
    default:
      return {op, 0, 0};
  }
}

Words GoodPlan(Random* random, const std::uint32_t* heap) {
  std::vector<Guard> guards(random->Below(5));
  for (Guard& guard : guards) {
    const std::uint32_t at = random->Below(World::kHeapSize / 4);
    guard = {at * 4, heap[at] ^ (random->Chance(32) ? 1 : 0)};
  }
  std::vector<Step> steps(random->Chance(64) ? kMaxSteps + random->Below(2)
                                             : random->Below(8));
  for (Step& step : steps) step = GoodStep(random);
  return Encode(guards, steps);
}

void Spoil(Random* random, Words* plan) {
  switch (random->Below(5)) {
    case 0:
      plan->resize(random->Below(static_cast<std::uint32_t>(plan->size()) + 1));
      break;
    case 1:
      plan->push_back(Value(random));
      break;
    default:
      (*plan)[random->Below(static_cast<std::uint32_t>(plan->size()))] =
          Value(random);
  }
}

TEST(Plans, "a million plans are refused, or do what they say") {
  World world;
  HeapLock lock = world.Lock();
  Random random(20);
  Words shadow(2 * World::kPage / 4);
  std::uint32_t* const heap = shadow.data() + World::kHeap / 4;
  std::uint32_t accepted = 0, refused = 0, stale = 0, done = 0;
  for (int i = 0; i < kPlans; ++i) {
    Words words = GoodPlan(&random, heap);
    if (random.Chance(2)) Spoil(&random, &words);
    const bool accept = ModelAccepts(words);
    Plan plan;
    const char* const problem =
        plan.Decode(words.data(), words.size(), lock.heap());
    CHECK_EQUAL(problem == nullptr, accept);
    if (problem != nullptr) {
      ++refused;
      continue;
    }
    ++accepted;
    const bool holds = ModelGuardsHold(words, heap);
    const Report report = lock.Commit(plan, kOurs);
    CHECK_EQUAL(report.outcome, holds ? Outcome::kDone : Outcome::kStale);
    if (holds) ModelApply(words, heap);
    ++(holds ? done : stale);
    // SAFETY: nobody else is at this memory.
    CHECK(std::memcmp(const_cast<std::uint32_t*>(world.words()), shadow.data(),
                      2 * World::kPage) == 0);
    CHECK_EQUAL(*world.mutex(), 0);
  }
  CHECK(accepted > kPlans / 3 && refused > kPlans / 5);
  CHECK(done > kPlans / 3 && stale > kPlans / 1000);
}

TEST(Guards, "as many guards as there may be, and not one more") {
  World world;
  HeapLock lock = world.Lock();
  for (const std::size_t count : {kMaxGuards, kMaxGuards + 1}) {
    const Words words = Encode(std::vector<Guard>(count, Guard{4, 0}), {});
    Plan plan;
    CHECK_EQUAL(plan.Decode(words.data(), words.size(), lock.heap()) == nullptr,
                count == kMaxGuards);
  }
}

}  // namespace

}  // namespace qcom_smem
