// SPDX-License-Identifier: MIT
// The functions of a heap's lock. They give numbers, not objects: what the
// numbers mean for people is in lib/lock.

#include <cerrno>
#include <utility>

#include "bound.h"
#include "error.h"
#include "members.h"

namespace qcom_smem {

namespace {

struct Call {
  HeapLock* lock;
  napi_value arguments[3];
};

double Address(const HeapLock& lock) {
  return static_cast<double>(lock.heap().position());
}

// False, and an exception, once the lock is closed.
bool Open(napi_env env, napi_callback_info info, Call* call) {
  std::size_t count = 3;
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, call->arguments, nullptr, &data);
  call->lock = ObjectOf<HeapLock>(data);
  if (call->lock->open()) return true;
  Throw(env, {EBADF}, "this lock was closed", Address(*call->lock));
  return false;
}

// The words of a Uint32Array: ordinary memory. False, and an exception, where
// it is none or has fewer than `least`.
bool Array(napi_env env, const Call& call, napi_value value, std::size_t least,
           std::uint32_t** words, std::size_t* count) {
  napi_typedarray_type type;
  void* data = nullptr;
  if (napi_get_typedarray_info(env, value, &type, count, &data, nullptr,
                               nullptr) == napi_ok &&
      type == napi_uint32_array && *count >= least) {
    // SAFETY: Node-API has said that these are 32-bit words, aligned by V8.
    *words = static_cast<std::uint32_t*>(data);
    return true;
  }
  Throw(env, {EINVAL}, "not a Uint32Array, or too short a one",
        Address(*call.lock));
  return false;
}

constexpr std::size_t kReportWords = 4;

void Tell(const Report& report, std::uint32_t* words) {
  words[0] = static_cast<std::uint32_t>(report.outcome);
  words[1] = report.holder;
  words[2] = report.hold;
  words[3] = static_cast<std::uint32_t>(report.recovery);
}

napi_value Commit(napi_env env, napi_callback_info info) {
  Call call;
  std::uint32_t *words = nullptr, *told = nullptr;
  std::size_t count = 0, told_count = 0;
  double id = 0;
  if (!Open(env, info, &call) ||
      !Array(env, call, call.arguments[0], 0, &words, &count) ||
      !Array(env, call, call.arguments[2], kReportWords, &told, &told_count)) {
    return nullptr;
  }
  napi_get_value_double(env, call.arguments[1], &id);
  if (!(id >= 1 && id <= UINT32_MAX && id == static_cast<std::uint32_t>(id))) {
    Throw(env, {EINVAL}, "not an owner id", Address(*call.lock));
    return nullptr;
  }
  Plan plan;
  if (const char* const wrong = plan.Decode(words, count, call.lock->heap())) {
    Throw(env, {EINVAL}, wrong, Address(*call.lock));
    return nullptr;
  }
  Tell(call.lock->Commit(plan, static_cast<std::uint32_t>(id)), told);
  return nullptr;
}

napi_value Recover(napi_env env, napi_callback_info info) {
  Call call;
  std::uint32_t* told = nullptr;
  std::size_t count = 0;
  bool discard = false;
  if (Open(env, info, &call) &&
      Array(env, call, call.arguments[1], kReportWords, &told, &count)) {
    napi_get_value_bool(env, call.arguments[0], &discard);
    Tell(call.lock->Recover(discard), told);
  }
  return nullptr;
}

napi_value Pending(napi_env env, napi_callback_info info) {
  Call call;
  napi_value pending = nullptr;
  if (Open(env, info, &call)) {
    napi_get_boolean(env, call.lock->Pending(), &pending);
  }
  return pending;
}

napi_value Close(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  ObjectOf<HeapLock>(data)->Close();
  return nullptr;
}

constexpr Member kMembers[] = {
    {"commit", Commit},
    {"recover", Recover},
    {"pending", Pending},
    {"close", Close},
};

}  // namespace

napi_value Bind(napi_env env, HeapLock lock) {
  return BindMembers(env, std::move(lock), kMembers);
}

}  // namespace qcom_smem
