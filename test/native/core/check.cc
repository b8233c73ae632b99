// SPDX-License-Identifier: MIT
// The last line is "N passed, N failed", as of every lane.

#include "check.h"

#include <atomic>
#include <cstdio>
#include <cstring>

namespace qcom_smem {

namespace {

constexpr int kTold = 5;

Test* first = nullptr;
std::atomic<int> failures{0};

}  // namespace

Test::Test(const char* name, Body body)
    : name_(name), body_(body), next_(first) {
  first = this;
}

int Test::RunAll(const char* part) {
  int passed = 0, failed = 0;
  for (Test* test = first; test != nullptr; test = test->next_) {
    if (std::strstr(test->name_, part) == nullptr) continue;
    failures = 0;
    test->body_();
    ++(failures == 0 ? passed : failed);
    std::printf("%s %s\n", failures == 0 ? "ok" : "FAILED:", test->name_);
    std::fflush(stdout);
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}

void Test::Fail(const char* file, int line, const char* what, std::uint64_t a,
                std::uint64_t b) {
  if (++failures > kTold) return;
  std::printf("%s:%d: %s (%#llx, %#llx)\n", file, line, what,
              static_cast<unsigned long long>(a),
              static_cast<unsigned long long>(b));
}

std::uint32_t Random::Word() {
  // Knuth's multiplier; the high half is random enough.
  state_ = state_ * 6364136223846793005u + 1442695040888963407u;
  return static_cast<std::uint32_t>(state_ >> 32);
}

}  // namespace qcom_smem

int main(int argc, char** argv) {
  return qcom_smem::Test::RunAll(argc > 1 ? argv[1] : "");
}
