// SPDX-License-Identifier: MIT
// A process that commits one plan and, in a build with milestones, dies where
// QCOM_SMEM_DIE_AT says. It starts in a millisecond, where Node takes a
// hundred times that; test/death/victim.ts is the same in Node.
//
//   victim FILE < words
//
// Words are little-endian: position and size of the heap, position and field
// of the mutex, position of the record (each as two words), twelve words of
// identity, the owner id, then the plan. Exit code: the outcome.

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

#include "commit.h"

namespace qcom_smem {

namespace {

constexpr std::size_t kPlaces = 10, kIdentity = 12, kHead = 23;
constexpr int kBroken = 100;

int Fail(const Failure& failure) {
  std::fprintf(stderr, "%s: errno %d\n", failure.syscall, failure.number);
  return kBroken;
}

int Run(const char* path, const std::vector<std::uint32_t>& words) {
  std::array<std::uint64_t, kPlaces / 2> place;
  for (std::size_t i = 0; i < place.size(); ++i) {
    place[i] = words[2 * i] | std::uint64_t{words[2 * i + 1]} << 32;
  }
  const auto [heap_position, heap_size, mutex_position, field, record] = place;
  Identity identity;
  const std::uint32_t* at = words.data() + kPlaces;
  for (auto* part : {&identity.process, &identity.boot, &identity.heap}) {
    for (std::uint32_t& word : *part) word = *at++;
  }
  const std::uint32_t id = *at++;

  const int fd = open(path, O_RDWR | O_CLOEXEC);
  Mapping heap, mutex;
  Record page;
  if (Failure failure =
          Mapping::Map(fd, heap_position, heap_size, {true, false}, &heap)) {
    return Fail(failure);
  }
  if (Failure failure = Mapping::Map(fd, mutex_position, sizeof(Word),
                                     {true, false}, &mutex)) {
    return Fail(failure);
  }
  if (Failure failure = Record::Open(fd, record, &page)) return Fail(failure);
  close(fd);

  Plan plan;
  if (const char* wrong =
          plan.Decode(words.data() + kHead, words.size() - kHead, heap)) {
    std::fprintf(stderr, "%s\n", wrong);
    return kBroken;
  }
  HeapLock lock(std::move(heap),
                Mutex(std::move(mutex), static_cast<std::uint32_t>(field)),
                std::move(page), identity);
  return static_cast<int>(lock.Commit(plan, id).outcome);
}

}  // namespace

}  // namespace qcom_smem

int main(int argc, char** argv) {
  std::vector<std::uint32_t> words;
  std::uint32_t word;
  while (read(STDIN_FILENO, &word, sizeof word) == sizeof word) {
    words.push_back(word);
  }
  if (argc != 2 || words.size() < 25) return qcom_smem::kBroken;
  return qcom_smem::Run(argv[1], words);
}
