// SPDX-License-Identifier: MIT
// memfd_create(2), ftruncate(2) and the seals of fcntl(2). The descriptor is
// close-on-exec: a child gets it only when it is handed over on purpose.

#include "memfd.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace qcom_smem {

Failure CreateMemfd(const std::string& name, std::uint64_t size, int* fd) {
  const int made = memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (made < 0) return {errno, "memfd_create"};
  Failure failure;
  if (ftruncate(made, static_cast<off_t>(size)) != 0) {
    failure = {errno, "ftruncate"};
  } else if (fcntl(made, F_ADD_SEALS,
                   F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    failure = {errno, "fcntl"};
  }
  if (failure) {
    close(made);
    return failure;
  }
  *fd = made;
  return {};
}

}  // namespace qcom_smem
