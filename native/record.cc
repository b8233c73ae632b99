// SPDX-License-Identifier: MIT
// The page is ordinary memory of this machine: a process that dies leaves in
// it exactly what it had stored, in the order of its program. So the compiler
// must keep that order (volatile), and no fence is needed: who reads an intent
// got the file lock from the kernel after its holder's death.

#include "record.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace qcom_smem {

namespace {

constexpr std::uint32_t kMagic = 0x4b4c5351;  // Bytes "QSLK".
constexpr std::uint32_t kLayout = 1;

// A page that a full file system could not give later would be a SIGBUS. Where
// the file system reserves nothing, glibc writes instead and musl says so:
// then the file is made longer, by a byte that nobody uses.
Failure Reserve(int fd, std::uint64_t position) {
  const int problem =
      posix_fallocate(fd, static_cast<off_t>(position), Record::kSize);
  if (problem != EOPNOTSUPP) return {problem, "posix_fallocate"};
  const std::uint64_t end = position + Record::kSize;
  struct statx file;
  if (statx(fd, "", AT_EMPTY_PATH, STATX_SIZE, &file) != 0) {
    return {errno, "statx"};
  }
  if (file.stx_size >= end) return {};
  if (pwrite(fd, "", 1, static_cast<off_t>(end)) != 1) return {errno, "pwrite"};
  return {};
}

}  // namespace

std::uint64_t Now() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000000000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

std::size_t HoldBucket(std::uint32_t nanoseconds) {
  std::uint32_t octave = 0;
  for (std::uint32_t rest = nanoseconds; rest >= 8; rest >>= 1) ++octave;
  // Three significant bits: 4 to 7, unless it was shorter than that.
  return octave * std::size_t{4} + (nanoseconds >> octave);
}

Failure Record::Open(int fd, std::uint64_t position, Record* record) {
  if (Failure failure = Reserve(fd, position)) return failure;
  Record made;
  made.position_ = position;
  if (Failure failure =
          Mapping::Map(fd, position, kSize, {true, false}, &made.page_)) {
    return failure;
  }
  if (Failure failure = FileLocks::Open(fd, &made.locks_)) return failure;
  made.linked_ = made.locks_.Linked();
  *record = std::move(made);
  return {};
}

void Record::Close() {
  locks_.Close();
  page_.Close();
}

int Record::TryLock() {
  if (int problem = locks_.TryLock(position_)) return problem;
  if (!linked_ || locks_.Linked()) return 0;
  Unlock();
  return ESTALE;
}

RecordPage* Record::page() const {
  // SAFETY: the mapping is one page of ordinary memory, page-aligned, and all
  // members are words. Volatile is taken off for what only the holder of the
  // local lock touches; the intent itself goes through Advance.
  return reinterpret_cast<RecordPage*>(const_cast<std::uint32_t*>(page_.At(0)));
}

bool Record::Usable() {
  RecordPage* const page = this->page();
  if (page->magic == 0) {
    page->layout = kLayout;
    page->magic = kMagic;
  }
  return page->magic == kMagic && page->layout == kLayout;
}

Intent Record::intent() const {
  // SAFETY: another process wrote it; read once.
  return static_cast<Intent>(
      *static_cast<volatile std::uint32_t*>(&page()->intent));
}

void Record::Announce(const Identity& identity, std::uint32_t owner,
                      const std::vector<PlanStep>& steps) {
  RecordPage* const page = this->page();
  const std::uint64_t now = Now();
  // What the mutex of another heap has held says nothing of this one.
  if (page->author.boot != identity.boot ||
      page->author.heap != identity.heap) {
    page->kept = 0;
  }
  page->tried = 0;
  page->owner = owner;
  page->time[0] = static_cast<std::uint32_t>(now);
  page->time[1] = static_cast<std::uint32_t>(now >> 32);
  page->author = identity;
  page->progress = 0;
  page->step_count = static_cast<std::uint32_t>(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) page->steps[i] = steps[i];
  Advance(Intent::kWaiting);
}

void Record::Advance(Intent intent) {
  // SAFETY: no instruction. Whoever finds the intent after our death relies
  // on all that stands before this line in the program, and on nothing behind
  // it: the compiler must not move a store across.
  asm volatile("" ::: "memory");
  *static_cast<volatile std::uint32_t*>(&page()->intent) =
      static_cast<std::uint32_t>(intent);
  asm volatile("" ::: "memory");
}

void Record::Progress(std::size_t step) {
  // SAFETY: as in Advance; the step itself is volatile, or a barrier.
  *static_cast<volatile std::uint32_t*>(&page()->progress) =
      static_cast<std::uint32_t>(step);
}

void Record::Try(bool tried) {
  // SAFETY: as in Advance; the write to the mutex is volatile, or a barrier.
  *static_cast<volatile std::uint32_t*>(&page()->tried) = tried ? 1 : 0;
}

std::vector<PlanStep> Record::Steps() const {
  const RecordPage* const page = this->page();
  const std::size_t count = page->step_count;
  if (count > kMaxSteps) return {};
  return {page->steps, page->steps + count};
}

void Record::CountHold(std::uint32_t nanoseconds) {
  RecordPage* const page = this->page();
  if (++page->acquisitions[0] == 0) ++page->acquisitions[1];
  if (nanoseconds > page->longest_hold) page->longest_hold = nanoseconds;
  ++page->holds[HoldBucket(nanoseconds)];
}

}  // namespace qcom_smem
