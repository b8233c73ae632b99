// SPDX-License-Identifier: MIT
// The functions of one mutex word.

#include <cerrno>
#include <utility>

#include "arguments.h"
#include "bound.h"
#include "error.h"
#include "members.h"

namespace qcom_smem {

namespace {

// The mutex of a call; null, and an exception, once it is closed.
Mutex* Open(napi_env env, napi_callback_info info, napi_value* argument) {
  std::size_t count = 1;
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, argument, nullptr, &data);
  Mutex* const mutex = ObjectOf<Mutex>(data);
  if (mutex->open()) return mutex;
  Throw(env, {EBADF}, "this mutex was closed",
        static_cast<double>(mutex->address()));
  return nullptr;
}

// Null, and an exception, where the argument is no owner id.
Mutex* OpenFor(napi_env env, napi_callback_info info, std::uint32_t* id) {
  napi_value argument = nullptr;
  Mutex* const mutex = Open(env, info, &argument);
  if (mutex == nullptr || OwnerIdOf(env, argument, id)) return mutex;
  Throw(env, {EINVAL}, "not an owner id",
        static_cast<double>(mutex->address()));
  return nullptr;
}

napi_value Owner(napi_env env, napi_callback_info info) {
  napi_value argument = nullptr, owner = nullptr;
  if (const Mutex* const mutex = Open(env, info, &argument)) {
    napi_create_uint32(env, mutex->Owner(), &owner);
  }
  return owner;
}

napi_value TryLock(napi_env env, napi_callback_info info) {
  napi_value owner = nullptr;
  std::uint32_t id = 0;
  if (Mutex* const mutex = OpenFor(env, info, &id)) {
    napi_create_uint32(env, mutex->TryLock(id), &owner);
  }
  return owner;
}

napi_value Unlock(napi_env env, napi_callback_info info) {
  napi_value released = nullptr;
  std::uint32_t id = 0;
  if (Mutex* const mutex = OpenFor(env, info, &id)) {
    napi_get_boolean(env, mutex->Unlock(id), &released);
  }
  return released;
}

constexpr Member kMembers[] = {
    {"owner", Owner},
    {"tryLock", TryLock},
    {"unlock", Unlock},
    {"close", CloseObject<Mutex>},
};

}  // namespace

napi_value Bind(napi_env env, Mutex mutex) {
  return BindMembers(env, std::move(mutex), kMembers);
}

}  // namespace qcom_smem
