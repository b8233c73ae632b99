// SPDX-License-Identifier: MIT
// The only accesses that ever touch a mapping. SMEM is `no-map`, so /dev/mem
// gives it as Device memory on arm64 and as strongly-ordered memory on arm:
// an unaligned, vector, pair or `dc zva` access there is a SIGBUS, and libc's
// memcpy uses all of them. RPM message RAM takes 32-bit accesses only.

#ifndef QCOM_SMEM_WORDS_H_
#define QCOM_SMEM_WORDS_H_

#include <cstddef>
#include <cstdint>

namespace qcom_smem {

// SAFETY: volatile makes every word one 32-bit access that the compiler can
// neither merge, widen, split, repeat nor leave out.
using Word = volatile std::uint32_t;

// Ascending order, one load per word. `into` is ordinary memory.
void LoadWords(const Word* from, std::uint32_t* into, std::size_t count);

// The same by aligned 64-bit loads, where the processor has them: twice as
// fast, and legal on Device memory over DRAM, but not on message RAM.
void LoadWide(const Word* from, std::uint32_t* into, std::size_t count);

// A record whose first word publishes the others. False where that is 0;
// else it is followed by a load fence, and then all of them are loaded.
bool LoadPublished(const Word* from, std::uint32_t* into, std::size_t count);

// Ascending order, one store per word. `from` is ordinary memory.
void StoreWords(Word* into, const std::uint32_t* from, std::size_t count);

// Ascending order, one store of 0 per word.
void ClearWords(Word* into, std::size_t count);

}  // namespace qcom_smem

#endif  // QCOM_SMEM_WORDS_H_
