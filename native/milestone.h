// SPDX-License-Identifier: MIT
// The places where a process may die, by name. Nothing in the normal build; in
// the build of the death test the process kills itself at the one that
// QCOM_SMEM_DIE_AT counts to, so that each of them is tried.

#ifndef QCOM_SMEM_MILESTONE_H_
#define QCOM_SMEM_MILESTONE_H_

namespace qcom_smem {

#ifdef QCOM_SMEM_MILESTONES
void Milestone();
#else
inline void Milestone() {}
#endif

}  // namespace qcom_smem

#endif  // QCOM_SMEM_MILESTONE_H_
