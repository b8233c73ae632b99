// SPDX-License-Identifier: MIT
// fcntl(2) with F_OFD_SETLK. The older F_SETLK would not tell threads apart,
// and closing any descriptor of the file would release it.

#include "file_locks.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace qcom_smem {

FileLocks::FileLocks(FileLocks&& other) noexcept { *this = std::move(other); }

FileLocks& FileLocks::operator=(FileLocks&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Failure FileLocks::Open(int fd, FileLocks* locks) {
  FileLocks made;
  made.fd_ = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (made.fd_ < 0) return {errno, "fcntl"};
  *locks = std::move(made);
  return {};
}

void FileLocks::Close() {
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
}

int FileLocks::Set(short type, std::uint64_t byte) {
  struct flock lock = {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(byte);
  lock.l_len = 1;
  return fcntl(fd_, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

int FileLocks::TryLock(std::uint64_t byte) { return Set(F_WRLCK, byte); }

void FileLocks::Unlock(std::uint64_t byte) { Set(F_UNLCK, byte); }

bool FileLocks::Linked() const {
  struct statx file;
  // What cannot be known is taken for granted.
  return statx(fd_, "", AT_EMPTY_PATH, STATX_NLINK, &file) != 0 ||
         file.stx_nlink > 0;
}

}  // namespace qcom_smem
