// SPDX-License-Identifier: MIT
// Tests of the core without Node need no framework either: they register
// themselves by name, and a check that fails says where.

#ifndef QCOM_SMEM_TEST_CHECK_H_
#define QCOM_SMEM_TEST_CHECK_H_

#include <cstdint>

namespace qcom_smem {

// Fuzzing is done in one thread: ThreadSanitizer, the slowest, sees less of it.
#ifdef __SANITIZE_THREAD__
constexpr int kFuzzShare = 20;
#else
constexpr int kFuzzShare = 1;
#endif

class Test {
 public:
  using Body = void (*)();
  // Static objects only.
  Test(const char* name, Body body);

  // Runs those whose name contains `part`; gives the exit code.
  static int RunAll(const char* part);
  // From any thread. Only the first few of a test are told.
  static void Fail(const char* file, int line, const char* what,
                   std::uint64_t a, std::uint64_t b);

 private:
  const char* name_;
  Body body_;
  Test* next_;
};

#define TEST(name, text)                     \
  static void name();                        \
  static const Test name##_test(text, name); \
  static void name()

#define CHECK(condition)                                \
  do {                                                  \
    if (!(condition)) {                                 \
      Test::Fail(__FILE__, __LINE__, #condition, 1, 0); \
    }                                                   \
  } while (false)

#define CHECK_EQUAL(a, b)                                   \
  do {                                                      \
    const auto a_ = static_cast<std::uint64_t>(a);          \
    const auto b_ = static_cast<std::uint64_t>(b);          \
    if (a_ != b_) {                                         \
      Test::Fail(__FILE__, __LINE__, #a " == " #b, a_, b_); \
    }                                                       \
  } while (false)

// The same numbers on every machine; the seed is told when a check fails.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint32_t Word();
  // Below `bound`.
  std::uint32_t Below(std::uint32_t bound) { return Word() % bound; }
  bool Chance(std::uint32_t in) { return Below(in) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace qcom_smem

#endif  // QCOM_SMEM_TEST_CHECK_H_
