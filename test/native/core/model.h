// SPDX-License-Identifier: MIT
// What a plan and a recovery have to do, said once more in the plainest way,
// for a heap of World's size.

#ifndef QCOM_SMEM_TEST_MODEL_H_
#define QCOM_SMEM_TEST_MODEL_H_

#include <cstdint>
#include <vector>

#include "commit.h"

namespace qcom_smem {

using Words = std::vector<std::uint32_t>;

bool ModelAccepts(const Words& plan);

// Of a plan that is accepted, over the words of a heap.
bool ModelGuardsHold(const Words& plan, const std::uint32_t* heap);
void ModelApply(const Words& plan, std::uint32_t* heap);

struct ModelState {
  std::uint32_t* heap;
  std::uint32_t mutex;
  RecordPage page;
};

// Changes the state as a recovery should.
Report ModelRecover(ModelState* state, const Identity& self, bool discard,
                    std::uint32_t id);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_TEST_MODEL_H_
