// SPDX-License-Identifier: MIT
// Part of the death test's build only; see milestone.h.

#include "milestone.h"

#ifdef QCOM_SMEM_MILESTONES

#include <csignal>
#include <cstdlib>

namespace qcom_smem {

void Milestone() {
  static int left = [] {
    const char* const at = std::getenv("QCOM_SMEM_DIE_AT");
    return at == nullptr ? 0 : std::atoi(at);
  }();
  if (left > 0 && --left == 0) raise(SIGKILL);
}

}  // namespace qcom_smem

#endif
