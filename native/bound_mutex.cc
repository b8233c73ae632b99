// SPDX-License-Identifier: MIT
// The functions of one mutex word.

#include <cerrno>
#include <utility>

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

// An owner id: any word but 0, which means free.
bool OwnerId(napi_env env, const Mutex& mutex, napi_value value,
             std::uint32_t* id) {
  double number = 0;
  napi_get_value_double(env, value, &number);
  if (number >= 1 && number <= UINT32_MAX) {
    *id = static_cast<std::uint32_t>(number);
    if (*id == number) return true;
  }
  Throw(env, {EINVAL}, "not an owner id", static_cast<double>(mutex.address()));
  return false;
}

napi_value Owner(napi_env env, napi_callback_info info) {
  napi_value argument = nullptr, owner = nullptr;
  if (const Mutex* const mutex = Open(env, info, &argument)) {
    napi_create_uint32(env, mutex->Owner(), &owner);
  }
  return owner;
}

napi_value TryLock(napi_env env, napi_callback_info info) {
  napi_value argument = nullptr, owner = nullptr;
  std::uint32_t id = 0;
  Mutex* const mutex = Open(env, info, &argument);
  if (mutex != nullptr && OwnerId(env, *mutex, argument, &id)) {
    napi_create_uint32(env, mutex->TryLock(id), &owner);
  }
  return owner;
}

napi_value Unlock(napi_env env, napi_callback_info info) {
  napi_value argument = nullptr, released = nullptr;
  std::uint32_t id = 0;
  Mutex* const mutex = Open(env, info, &argument);
  if (mutex != nullptr && OwnerId(env, *mutex, argument, &id)) {
    napi_get_boolean(env, mutex->Unlock(id), &released);
  }
  return released;
}

napi_value Close(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  ObjectOf<Mutex>(data)->Close();
  return nullptr;
}

constexpr Member kMembers[] = {
    {"owner", Owner},
    {"tryLock", TryLock},
    {"unlock", Unlock},
    {"close", Close},
};

}  // namespace

napi_value Bind(napi_env env, Mutex mutex) {
  return BindMembers(env, std::move(mutex), kMembers);
}

}  // namespace qcom_smem
