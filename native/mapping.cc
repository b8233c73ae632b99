// SPDX-License-Identifier: MIT
// mmap and its arithmetic: the page that holds an unaligned base, positions
// beyond 4 GiB in a 32-bit process, and a file that ends too early. The rules
// are those of the kernel's drivers/char/mem.c.

#include "mapping.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <utility>

namespace qcom_smem {

static_assert(sizeof(off_t) == 8, "SMEM lies above 2 GiB: 64-bit offsets");

namespace {

// An access beyond the end of a file is a SIGBUS. Devices have no end: their
// own mmap says what is allowed. (statx, because fstat would need a newer
// glibc, and lseek moves an offset that others may share.)
Failure CheckEnd(int fd, std::uint64_t end) {
  struct statx file;
  if (statx(fd, "", AT_EMPTY_PATH, STATX_TYPE | STATX_SIZE, &file) != 0) {
    return {errno, "statx"};
  }
  if (S_ISREG(file.stx_mode) && file.stx_size < end) return {EINVAL, "mmap"};
  return {};
}

}  // namespace

Mapping::Mapping(Mapping&& other) noexcept { *this = std::move(other); }

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  if (this == &other) return *this;
  Close();
  pages_ = other.pages_;
  length_ = other.length_;
  words_ = other.words_;
  position_ = other.position_;
  size_ = other.size_;
  access_ = other.access_;
  other.pages_ = nullptr;
  other.words_ = nullptr;
  return *this;
}

Failure Mapping::Map(int fd, std::uint64_t position, std::uint64_t size,
                     Access access, Mapping* mapping) {
  if (Failure failure = CheckEnd(fd, position + size)) return failure;
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::uint64_t delta = position % page;
  const std::uint64_t length = delta + size;
  if (length > std::numeric_limits<std::size_t>::max()) return {ENOMEM, "mmap"};
  const int protection = access.writable ? PROT_READ | PROT_WRITE : PROT_READ;
  void* const pages =
      mmap(nullptr, static_cast<std::size_t>(length), protection, MAP_SHARED,
           fd, static_cast<off_t>(position - delta));
  if (pages == MAP_FAILED) return {errno, "mmap"};
  Mapping made;
  made.pages_ = pages;
  made.length_ = static_cast<std::size_t>(length);
  // SAFETY: pages are page-aligned and delta is a multiple of 4, so the words
  // are aligned; they end where the mapping ends.
  made.words_ = static_cast<Word*>(pages) + delta / sizeof(Word);
  made.position_ = position;
  made.size_ = static_cast<std::size_t>(size);
  made.access_ = access;
  *mapping = std::move(made);
  return {};
}

void Mapping::Close() {
  if (pages_ == nullptr) return;
  munmap(pages_, length_);
  pages_ = nullptr;
  words_ = nullptr;
}

bool Mapping::Contains(double offset, std::size_t count) const {
  // Written so that NaN fails; the comparison also makes the cast defined.
  if (!(offset >= 0 && offset <= static_cast<double>(size_))) return false;
  const auto bytes = static_cast<std::size_t>(offset);
  if (static_cast<double>(bytes) != offset || bytes % 4 != 0) return false;
  return (size_ - bytes) / 4 >= count;
}

}  // namespace qcom_smem
