// SPDX-License-Identifier: MIT
// Whatever fails while the world is made ends the program: nothing was tested.

#include "world.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "memfd.h"

namespace qcom_smem {

namespace {

void Must(const Failure& failure) {
  if (!failure) return;
  std::fprintf(stderr, "%s: errno %d\n", failure.syscall, failure.number);
  std::abort();
}

}  // namespace

std::vector<std::uint32_t> Encode(const std::vector<Guard>& guards,
                                  const std::vector<Step>& steps) {
  std::vector<std::uint32_t> words = {static_cast<std::uint32_t>(guards.size()),
                                      static_cast<std::uint32_t>(steps.size())};
  for (const Guard& guard : guards) {
    words.insert(words.end(), {guard.offset, guard.expected});
  }
  for (const Step& step : steps) {
    words.insert(words.end(), {step.op, step.offset, step.operand});
  }
  return words;
}

World::World() {
  Must(CreateMemfd("qcom-smem-core", kSize, &fd_));
  Must(Mapping::Map(fd_, 0, kSize, {true, false}, &file_));
}

World::~World() {
  file_.Close();
  close(fd_);
}

int World::Open() const {
  const std::string path = "/proc/self/fd/" + std::to_string(fd_);
  const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) std::abort();
  return fd;
}

Mutex World::OpenMutex(std::uint32_t field) const {
  Mapping word;
  Must(Mapping::Map(fd_, kMutex, sizeof(Word), {true, false}, &word));
  return Mutex(std::move(word), field);
}

HeapLock World::Lock(std::uint32_t field) const {
  const int fd = Open();
  Mapping heap;
  Record record;
  Must(Mapping::Map(fd, kHeap, kHeapSize, {true, false}, &heap));
  Must(Record::Open(fd, kRecord, &record));
  close(fd);
  return HeapLock(std::move(heap), OpenMutex(field), std::move(record), Self());
}

Identity World::Self() {
  return {{1, 2, 0, 0}, {0xb0, 0xb1, 0xb2, 0xb3}, {0x4000, 0, 0x5000, 0}};
}

Plan Decoded(const std::vector<Guard>& guards, const std::vector<Step>& steps,
             const HeapLock& lock) {
  const std::vector<std::uint32_t> words = Encode(guards, steps);
  Plan plan;
  if (plan.Decode(words.data(), words.size(), lock.heap())) std::abort();
  return plan;
}

}  // namespace qcom_smem
