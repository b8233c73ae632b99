// SPDX-License-Identifier: MIT
// A plan: what the words of a heap must be, and what is then stored, in order.
// Made by somebody who knows what the words mean (lib/heap); here they are
// words. lib/port/plan.ts has the encoding.

#ifndef QCOM_SMEM_PLAN_H_
#define QCOM_SMEM_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mapping.h"

namespace qcom_smem {

// More than an allocation needs, and few enough for the page of the record.
constexpr std::size_t kMaxSteps = 256;
// A walk over the largest partition.
constexpr std::size_t kMaxGuards = 65536;

struct PlanGuard {
  std::uint32_t offset;
  std::uint32_t expected;
};

enum class Op : std::uint32_t {
  kStore = 0,       // operand: the value
  kFenceStore = 1,  // offset and operand are 0
  kFenceFull = 2,   // the same
  kClear = 3,       // operand: how many words become 0
};

struct PlanStep {
  std::uint32_t op;
  std::uint32_t offset;
  std::uint32_t operand;
};

// Whether every step is known, aligned and inside `heap`: asked of each plan
// before a lock is taken for it, and of each intent before it is finished.
bool ValidSteps(const std::vector<PlanStep>& steps, const Mapping& heap);

// SAFETY: ValidSteps has said yes. Stores are absolute, so that applying a
// step once more, after a part of it, gives the same.
void ApplyStep(const PlanStep& step, const Mapping& heap);

class Plan {
 public:
  // Takes a copy of the encoding, which JavaScript could change meanwhile.
  // Null where all is well; else what is wrong with it.
  const char* Decode(const std::uint32_t* words, std::size_t count,
                     const Mapping& heap);

  bool GuardsHold(const Mapping& heap) const;

  const std::vector<PlanStep>& steps() const { return steps_; }

 private:
  std::vector<PlanGuard> guards_;
  std::vector<PlanStep> steps_;
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_PLAN_H_
