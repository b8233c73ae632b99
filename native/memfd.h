// SPDX-License-Identifier: MIT
// Memory that stands in for SMEM on a machine that has none.

#ifndef QCOM_SMEM_MEMFD_H_
#define QCOM_SMEM_MEMFD_H_

#include <cstdint>
#include <string>

#include "failure.h"

namespace qcom_smem {

// A memfd of exactly `size` zero bytes. Its size is sealed: a page that another
// process cuts off under a mapping would be a SIGBUS here.
Failure CreateMemfd(const std::string& name, std::uint64_t size, int* fd);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_MEMFD_H_
