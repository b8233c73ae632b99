// SPDX-License-Identifier: MIT
// The native objects as JavaScript sees them. Each is null when an exception
// is pending.

#ifndef QCOM_SMEM_BOUND_H_
#define QCOM_SMEM_BOUND_H_

#include <napi.h>

#include "commit.h"
#include "file_locks.h"
#include "mapping.h"
#include "mutex.h"

namespace qcom_smem {

// read32, readWords, readPublished, write32, writeWords and close.
napi_value Bind(napi_env env, Mapping mapping);

// owner, tryLock, unlock and close.
napi_value Bind(napi_env env, Mutex mutex);

// commit, recover, pending and close.
napi_value Bind(napi_env env, HeapLock lock);

// tryLock, unlock and close.
napi_value Bind(napi_env env, FileLocks locks);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_BOUND_H_
