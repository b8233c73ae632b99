// SPDX-License-Identifier: MIT
// Locks on single bytes of a file, between processes and threads of this
// machine: OFD locks, which belong to an open file description and go with
// its last descriptor, however its process ends. See fcntl(2).

#ifndef QCOM_SMEM_FILE_LOCKS_H_
#define QCOM_SMEM_FILE_LOCKS_H_

#include <cstdint>

#include "failure.h"

namespace qcom_smem {

class FileLocks {
 public:
  FileLocks() = default;
  ~FileLocks() { Close(); }
  FileLocks(const FileLocks&) = delete;
  FileLocks& operator=(const FileLocks&) = delete;
  FileLocks(FileLocks&& other) noexcept;
  FileLocks& operator=(FileLocks&& other) noexcept;

  // Takes a duplicate of `fd`, whose open file description nobody else who
  // locks may share.
  static Failure Open(int fd, FileLocks* locks);

  // Releases all locks. Idempotent.
  void Close();
  bool open() const { return fd_ >= 0; }

  // Never waits; the byte need not be there. 0, or an errno: EAGAIN where
  // another description holds it.
  int TryLock(std::uint64_t byte);
  void Unlock(std::uint64_t byte);

  // Whether some path leads to the file.
  bool Linked() const;

 private:
  int Set(short type, std::uint64_t byte);

  int fd_ = -1;
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_FILE_LOCKS_H_
