// SPDX-License-Identifier: MIT
// The functions of a heap's lock. They give numbers, not objects: what the
// numbers mean for people is in lib/lock.

#include <cerrno>
#include <utility>

#include "arguments.h"
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

// False, and an exception.
bool Refuse(napi_env env, const Call& call, const char* why) {
  Throw(env, {EINVAL}, why, Address(*call.lock));
  return false;
}

// False, and an exception, for anything but words, `least` or more.
bool Array(napi_env env, const Call& call, napi_value value, std::size_t least,
           Words* words) {
  return (WordsOf(env, value, words) && words->count >= least) ||
         Refuse(env, call, "not a Uint32Array, or too short a one");
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
  Words words, told;
  std::uint32_t id = 0;
  if (!Open(env, info, &call) ||
      !Array(env, call, call.arguments[0], 0, &words) ||
      !Array(env, call, call.arguments[2], kReportWords, &told)) {
    return nullptr;
  }
  if (!OwnerIdOf(env, call.arguments[1], &id)) {
    Refuse(env, call, "not an owner id");
    return nullptr;
  }
  Plan plan;
  if (const char* const wrong =
          plan.Decode(words.data, words.count, call.lock->heap())) {
    Refuse(env, call, wrong);
    return nullptr;
  }
  Tell(call.lock->Commit(plan, id), told.data);
  return nullptr;
}

napi_value Recover(napi_env env, napi_callback_info info) {
  Call call;
  Words told;
  std::uint32_t id = 0;
  bool discard = false;
  if (!Open(env, info, &call) ||
      !Array(env, call, call.arguments[2], kReportWords, &told)) {
    return nullptr;
  }
  if (!OwnerIdOf(env, call.arguments[1], &id)) {
    Refuse(env, call, "not an owner id");
    return nullptr;
  }
  napi_get_value_bool(env, call.arguments[0], &discard);
  Tell(call.lock->Recover(discard, id), told.data);
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

constexpr Member kMembers[] = {
    {"commit", Commit},
    {"recover", Recover},
    {"pending", Pending},
    {"close", CloseObject<HeapLock>},
};

}  // namespace

napi_value Bind(napi_env env, HeapLock lock) {
  return BindMembers(env, std::move(lock), kMembers);
}

}  // namespace qcom_smem
