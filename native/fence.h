// SPDX-License-Identifier: MIT
// The barriers of the Linux kernel, for a heap that is shared with processors
// outside our own cluster: wmb(), rmb() and mb(), not their smp_ forms.

#ifndef QCOM_SMEM_FENCE_H_
#define QCOM_SMEM_FENCE_H_

namespace qcom_smem {

// Loads before it complete before loads after it.
void FenceLoad();

// Stores before it complete before stores after it.
void FenceStore();

// All accesses before it complete before all accesses after it.
void FenceFull();

}  // namespace qcom_smem

#endif  // QCOM_SMEM_FENCE_H_
