// SPDX-License-Identifier: MIT
// One mmap of physical memory (/dev/mem), or of a memfd that stands in for it.
// It knows pages, bounds and words; what lies in them is not its business.

#ifndef QCOM_SMEM_MAPPING_H_
#define QCOM_SMEM_MAPPING_H_

#include <cstddef>
#include <cstdint>

#include "failure.h"
#include "words.h"

namespace qcom_smem {

// Owns the pages; they are given back by Close() or the destructor.
class Mapping {
 public:
  Mapping() = default;
  ~Mapping() { Close(); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;

  struct Access {
    bool writable = false;
    bool wide = false;  // Bulk reads may use 64-bit loads.
  };

  // Maps the pages that hold `size` bytes from `position` of the file `fd`.
  // Both are multiples of 4; `fd` may be closed afterwards.
  static Failure Map(int fd, std::uint64_t position, std::uint64_t size,
                     Access access, Mapping* mapping);

  // Idempotent.
  void Close();

  bool open() const { return words_ != nullptr; }
  bool writable() const { return access_.writable; }
  bool wide() const { return access_.wide; }
  // Kept after Close(), for messages.
  std::uint64_t position() const { return position_; }
  std::size_t size() const { return size_; }

  // Whether `count` whole words lie at byte `offset`. It comes from JavaScript:
  // NaN, fractions, negative and huge numbers are all outside.
  bool Contains(double offset, std::size_t count) const;

  // SAFETY: for the three below the caller has asked Contains() and open();
  // `offset` is a multiple of 4, so that every access is a naturally aligned
  // word.
  std::uint32_t Read(std::size_t offset) const { return words_[offset / 4]; }
  void Write(std::size_t offset, std::uint32_t value) {
    words_[offset / 4] = value;
  }
  Word* At(std::size_t offset) const { return words_ + offset / 4; }

 private:
  void* pages_ = nullptr;
  std::size_t length_ = 0;
  Word* words_ = nullptr;
  std::uint64_t position_ = 0;
  std::size_t size_ = 0;
  Access access_;
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_MAPPING_H_
