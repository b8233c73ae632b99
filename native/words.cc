// SPDX-License-Identifier: MIT
// Word loops, unrolled: nearly as fast as memcpy, and legal on Device memory.
// They stand in a file of their own, out of line, so that a disassembly shows
// that the compiler made no memcpy of them.

#include "words.h"

#include "fence.h"

namespace qcom_smem {

namespace {

// Two words of ordinary memory.
using LoosePair [[gnu::aligned(4), gnu::may_alias]] = std::uint64_t;

}  // namespace

void LoadWords(const Word* from, std::uint32_t* into, std::size_t count) {
  std::size_t i = 0;
  for (; count - i >= 4; i += 4) {
    const std::uint32_t a = from[i];
    const std::uint32_t b = from[i + 1];
    const std::uint32_t c = from[i + 2];
    const std::uint32_t d = from[i + 3];
    into[i] = a;
    into[i + 1] = b;
    into[i + 2] = c;
    into[i + 3] = d;
  }
  for (; i < count; ++i) into[i] = from[i];
}

void LoadWide(const Word* from, std::uint32_t* into, std::size_t count) {
  if constexpr (sizeof(void*) < sizeof(std::uint64_t)) {
    return LoadWords(from, into, count);  // ldrd is two accesses on ARMv7.
  }
  // SAFETY: only the address is looked at, to see whether 8 divides it.
  const bool odd = reinterpret_cast<std::uintptr_t>(from) % 8 != 0;
  const std::size_t head = odd && count > 0 ? 1 : 0;
  LoadWords(from, into, head);
  // SAFETY: 8-aligned now; volatile makes each one 64-bit access, of which no
  // half can tear.
  using Pair = const volatile std::uint64_t;
  Pair* const pairs = reinterpret_cast<Pair*>(from + head);
  // SAFETY: `into` is ordinary memory, so its pairs need no alignment, and
  // may_alias lets them be seen as what they are, words.
  LoosePair* const to = reinterpret_cast<LoosePair*>(into + head);
  const std::size_t end = (count - head) / 16 * 8;
  for (std::size_t i = 0; i < end; i += 8) {
    const std::uint64_t a = pairs[i];
    const std::uint64_t b = pairs[i + 1];
    const std::uint64_t c = pairs[i + 2];
    const std::uint64_t d = pairs[i + 3];
    const std::uint64_t e = pairs[i + 4];
    const std::uint64_t f = pairs[i + 5];
    const std::uint64_t g = pairs[i + 6];
    const std::uint64_t h = pairs[i + 7];
    to[i] = a;
    to[i + 1] = b;
    to[i + 2] = c;
    to[i + 3] = d;
    to[i + 4] = e;
    to[i + 5] = f;
    to[i + 6] = g;
    to[i + 7] = h;
  }
  const std::size_t done = head + end * 2;
  LoadWords(from + done, into + done, count - done);
}

bool LoadPublished(const Word* from, std::uint32_t* into, std::size_t count) {
  if (*from == 0) return false;
  FenceLoad();
  LoadWords(from, into, count);
  return true;
}

void StoreWords(Word* into, const std::uint32_t* from, std::size_t count) {
  std::size_t i = 0;
  for (; count - i >= 4; i += 4) {
    into[i] = from[i];
    into[i + 1] = from[i + 1];
    into[i + 2] = from[i + 2];
    into[i + 3] = from[i + 3];
  }
  for (; i < count; ++i) into[i] = from[i];
}

void ClearWords(Word* into, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) into[i] = 0;
}

}  // namespace qcom_smem
