// SPDX-License-Identifier: MIT
// In 64-bit arithmetic, one rule after the other, and without a line of the
// core.

#include "model.h"

#include "world.h"

namespace qcom_smem {

namespace {

constexpr std::uint64_t kSize = World::kHeapSize;

bool WordsFit(std::uint64_t offset, std::uint64_t words) {
  return offset % 4 == 0 && offset + words * 4 <= kSize;
}

bool StepFits(std::uint32_t op, std::uint32_t offset, std::uint32_t operand) {
  if (op == 0) return WordsFit(offset, 1);
  if (op == 1 || op == 2) return offset == 0 && operand == 0;
  return op == 3 && WordsFit(offset, operand);
}

void ApplyOne(const std::uint32_t* step, std::uint32_t* heap) {
  if (step[0] == 0) heap[step[1] / 4] = step[2];
  for (std::uint32_t i = 0; step[0] == 3 && i < step[2]; ++i) {
    heap[step[1] / 4 + i] = 0;
  }
}

// The id of a process, or what is left of it in a narrower register.
bool HeldBy(std::uint32_t holder, std::uint32_t owner, bool maybe_cut) {
  if (owner == 0 || (owner >= 2 && owner <= 26)) return false;
  if (holder == owner) return true;
  if (!maybe_cut || holder <= 26 || holder > owner) return false;
  for (int bits = 1; bits < 32; ++bits) {
    const std::uint32_t mask = (std::uint32_t{1} << bits) - 1;
    if (mask < owner && holder == (owner & mask)) return true;
  }
  return false;
}

}  // namespace

bool ModelAccepts(const Words& plan) {
  if (plan.size() < 2) return false;
  const std::uint64_t guards = plan[0], steps = plan[1];
  if (guards > 65536 || steps > 256) return false;
  if (plan.size() != 2 + 2 * guards + 3 * steps) return false;
  for (std::uint64_t i = 0; i < guards; ++i) {
    if (!WordsFit(plan[2 + 2 * i], 1)) return false;
  }
  for (std::uint64_t i = 0; i < steps; ++i) {
    const std::uint32_t* step = &plan[2 + 2 * guards + 3 * i];
    if (!StepFits(step[0], step[1], step[2])) return false;
  }
  return true;
}

bool ModelGuardsHold(const Words& plan, const std::uint32_t* heap) {
  for (std::uint32_t i = 0; i < plan[0]; ++i) {
    if (heap[plan[2 + 2 * i] / 4] != plan[3 + 2 * i]) return false;
  }
  return true;
}

void ModelApply(const Words& plan, std::uint32_t* heap) {
  for (std::uint32_t i = 0; i < plan[1]; ++i) {
    ApplyOne(&plan[2 + 2 * plan[0] + 3 * i], heap);
  }
}

Report ModelRecover(ModelState* state, const Identity& self, bool discard,
                    std::uint32_t id) {
  RecordPage& page = state->page;
  if (page.magic == 0) {
    page.magic = 0x4b4c5351;
    page.layout = 1;
  }
  if (page.magic != 0x4b4c5351 || page.layout != 1) return {Outcome::kForeign};
  if (page.intent == 0) return {};
  if (page.author.boot != self.boot) {
    page.intent = 0;
    return {Outcome::kDone, 0, 0, Recovery::kDropped};
  }
  if (page.author.heap != self.heap) return {Outcome::kForeign};

  const bool waiting = page.intent == 1, applying = page.intent == 2;
  const bool maybe_cut = waiting && page.tried != 0 && page.kept != page.owner;
  const bool held = (page.owner != 1 || id == 1) &&
                    HeldBy(state->mutex, page.owner, maybe_cut);
  const std::uint32_t count = page.step_count > 256 ? 0 : page.step_count;
  bool whole = applying && count > 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const PlanStep& step = page.steps[i];
    whole = whole && StepFits(step.op, step.offset, step.operand);
  }
  Recovery recovery = Recovery::kDropped;
  if (waiting || (held && discard && !whole)) {
    if (held) recovery = Recovery::kReleased;
  } else if (!held) {
    if (page.progress < count) recovery = Recovery::kTorn;
  } else {
    if (!whole) return {Outcome::kDamaged, page.owner};
    for (std::uint32_t i = page.progress; i < count; ++i) {
      const PlanStep& step = page.steps[i];
      const std::uint32_t words[] = {step.op, step.offset, step.operand};
      ApplyOne(words, state->heap);
    }
    recovery = Recovery::kCompleted;
  }
  if (held) state->mutex = 0;
  page.intent = 0;
  return {Outcome::kDone, 0, 0, recovery};
}

}  // namespace qcom_smem
