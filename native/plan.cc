// SPDX-License-Identifier: MIT
// Checking, comparing and applying. Everything is checked before anything is
// applied: a wrong step would be a wild store into the memory of a modem.

#include "plan.h"

#include "fence.h"
#include "words.h"

namespace qcom_smem {

namespace {

bool Inside(std::uint32_t offset, std::uint32_t words, const Mapping& heap) {
  return offset % sizeof(Word) == 0 && offset <= heap.size() &&
         words <= (heap.size() - offset) / sizeof(Word);
}

bool ValidStep(const PlanStep& step, const Mapping& heap) {
  switch (static_cast<Op>(step.op)) {
    case Op::kStore:
      return Inside(step.offset, 1, heap);
    case Op::kClear:
      return Inside(step.offset, step.operand, heap);
    case Op::kFenceStore:
    case Op::kFenceFull:
      return step.offset == 0 && step.operand == 0;
  }
  return false;
}

}  // namespace

bool ValidSteps(const std::vector<PlanStep>& steps, const Mapping& heap) {
  if (steps.size() > kMaxSteps) return false;
  for (const PlanStep& step : steps) {
    if (!ValidStep(step, heap)) return false;
  }
  return true;
}

void ApplyStep(const PlanStep& step, const Mapping& heap) {
  switch (static_cast<Op>(step.op)) {
    case Op::kStore:
      *heap.At(step.offset) = step.operand;
      break;
    case Op::kClear:
      ClearWords(heap.At(step.offset), step.operand);
      break;
    case Op::kFenceStore:
      FenceStore();
      break;
    case Op::kFenceFull:
      FenceFull();
      break;
  }
}

const char* Plan::Decode(const std::uint32_t* words, std::size_t count,
                         const Mapping& heap) {
  if (count < 2) return "a plan starts with its counts";
  const std::uint32_t guards = words[0], steps = words[1];
  if (guards > kMaxGuards) return "a plan has 65536 guards at most";
  if (steps > kMaxSteps) return "a plan has 256 steps at most";
  if (count != 2 + guards * std::size_t{2} + steps * std::size_t{3}) {
    return "the counts of a plan are not those of its words";
  }
  const std::uint32_t* at = words + 2;
  guards_.resize(guards);
  for (PlanGuard& guard : guards_) {
    guard = {at[0], at[1]};
    at += 2;
    if (!Inside(guard.offset, 1, heap)) {
      return "a guard is not a whole word inside the heap";
    }
  }
  steps_.resize(steps);
  for (PlanStep& step : steps_) {
    step = {at[0], at[1], at[2]};
    at += 3;
  }
  if (!ValidSteps(steps_, heap)) {
    return "a step is not a whole word inside the heap, or not known";
  }
  return nullptr;
}

bool Plan::GuardsHold(const Mapping& heap) const {
  for (const PlanGuard& guard : guards_) {
    if (heap.Read(guard.offset) != guard.expected) return false;
  }
  return true;
}

}  // namespace qcom_smem
