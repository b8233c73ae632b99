// SPDX-License-Identifier: MIT
// Failures are values here. Nothing of Node is needed for them, so that all
// below the bindings can be tested without it.

#ifndef QCOM_SMEM_FAILURE_H_
#define QCOM_SMEM_FAILURE_H_

namespace qcom_smem {

// An errno and the system call that gave it (null where there was none).
struct Failure {
  int number = 0;
  const char* syscall = nullptr;
  explicit operator bool() const { return number != 0; }
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_FAILURE_H_
