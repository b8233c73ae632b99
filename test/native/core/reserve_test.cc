// SPDX-License-Identifier: MIT
// A lock file on a file system that reserves nothing, such as ramfs, where musl
// hands on what the kernel says. Its function is played here.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "check.h"
#include "world.h"

namespace {

bool reserves = true;

}  // namespace

// Instead of the C library's, for all of this program.
int posix_fallocate(int fd, off_t offset, off_t length) {
  if (!reserves) return EOPNOTSUPP;
  return fallocate(fd, 0, offset, length) == 0 ? 0 : errno;
}

namespace qcom_smem {

namespace {

TEST(Reserve, "a lock file is made where nothing can be reserved") {
  reserves = false;
  const int fd = memfd_create("qcom-smem-reserve", MFD_CLOEXEC);
  Record record;
  CHECK(!Record::Open(fd, World::kPage, &record));
  CHECK(record.Usable());
  record.Announce(World::Self(), kOurs, {});
  const off_t size = lseek(fd, 0, SEEK_END);
  CHECK(size >= static_cast<off_t>(World::kPage + Record::kSize));
  // Who opens it next finds it, and leaves it as long as it is.
  Record next;
  CHECK(!Record::Open(fd, World::kPage, &next));
  CHECK_EQUAL(next.intent(), Intent::kWaiting);
  CHECK_EQUAL(lseek(fd, 0, SEEK_END), size);
  close(fd);
  reserves = true;
}

TEST(ReadOnly, "a lock file that cannot be made longer is told") {
  reserves = false;
  const int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  const auto beyond = static_cast<std::uint64_t>(1) << 40;
  Record record;
  const Failure failure = Record::Open(fd, beyond, &record);
  CHECK_EQUAL(failure.number, EBADF);
  CHECK(failure.syscall != nullptr);
  close(fd);
  reserves = true;
}

}  // namespace

}  // namespace qcom_smem
