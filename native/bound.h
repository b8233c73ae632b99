// SPDX-License-Identifier: MIT
// A mapping as JavaScript sees it: five plain functions, each bound to the
// mapping by pointer (a third of the price of a class method).

#ifndef QCOM_SMEM_BOUND_H_
#define QCOM_SMEM_BOUND_H_

#include <napi.h>

#include "mapping.h"

namespace qcom_smem {

// An object of read32, readWords, write32, writeWords and close. Null when an
// exception is pending.
napi_value Bind(napi_env env, Mapping mapping);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_BOUND_H_
