// SPDX-License-Identifier: MIT
// One row of instructions per architecture; an unknown one does not compile.
// std::atomic_thread_fence is not enough: on arm it becomes `dmb ish`, which
// orders accesses for our own cluster only. The modem, the DSPs and the power
// manager are outside that domain, and so is Device memory; on x86 it may be
// no instruction at all. Out of line, so that a disassembly finds them.

#include "fence.h"

// SAFETY: none of these instructions has operands or needs a privilege.
#if defined(__aarch64__)
#define FENCE_LOAD "dsb ld"
#define FENCE_STORE "dsb st"
#define FENCE_FULL "dsb sy"
#elif defined(__ARM_ARCH) && __ARM_ARCH >= 7
#define FENCE_LOAD "dsb"  // ARMv7 has no load-only form.
#define FENCE_STORE "dsb st"
#define FENCE_FULL "dsb sy"
#elif defined(__x86_64__) || defined(__i386__)
#define FENCE_LOAD "lfence"
#define FENCE_STORE "sfence"
#define FENCE_FULL "mfence"
#else
#error "qcom-smem: no barriers are known for this architecture"
#endif

namespace qcom_smem {

// SAFETY: the "memory" clobbers stop the compiler from moving accesses across;
// the instruction stops the processor. No std::atomic_thread_fence: see above.
void FenceLoad() { asm volatile(FENCE_LOAD ::: "memory"); }
void FenceStore() { asm volatile(FENCE_STORE ::: "memory"); }
void FenceFull() { asm volatile(FENCE_FULL ::: "memory"); }

}  // namespace qcom_smem
