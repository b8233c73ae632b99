// SPDX-License-Identifier: MIT
// Failures are values here; JavaScript gets them as an Error that carries the
// kernel's code, as Node's own system errors do.

#ifndef QCOM_SMEM_ERROR_H_
#define QCOM_SMEM_ERROR_H_

#include <napi.h>

#include <cstdint>
#include <string>

namespace qcom_smem {

// An errno and the system call that gave it (null where there was none).
struct Failure {
  int number = 0;
  const char* syscall = nullptr;
  explicit operator bool() const { return number != 0; }
};

// Throws `CODE: what` with `code`, `errno` (negative), `syscall` and `address`.
void Throw(napi_env env, const Failure& failure, const std::string& what,
           double address);

// The same, where there is no address to speak of.
void Throw(napi_env env, const Failure& failure, const std::string& what);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_ERROR_H_
