// SPDX-License-Identifier: MIT
// A Failure as JavaScript gets it: an Error that carries the kernel's code, as
// Node's own system errors do.

#ifndef QCOM_SMEM_ERROR_H_
#define QCOM_SMEM_ERROR_H_

#include <napi.h>

#include <string>

#include "failure.h"

namespace qcom_smem {

// Throws `CODE: what` with `code`, `errno` (negative), `syscall` and `address`.
void Throw(napi_env env, const Failure& failure, const std::string& what,
           double address);

// The same, where there is no address to speak of.
void Throw(napi_env env, const Failure& failure, const std::string& what);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_ERROR_H_
