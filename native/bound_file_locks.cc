// SPDX-License-Identifier: MIT
// The functions of a file's byte locks.

#include <cerrno>
#include <utility>

#include "bound.h"
#include "error.h"
#include "members.h"

namespace qcom_smem {

namespace {

constexpr double kMaxByte = 9007199254740991;  // 2^53 - 1

// The locks of a call, and the byte that it names. Null, and an exception,
// once they are closed, or for anything that is no byte.
FileLocks* Open(napi_env env, napi_callback_info info, std::uint64_t* byte) {
  std::size_t count = 1;
  napi_value argument = nullptr;
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, &argument, nullptr, &data);
  FileLocks* const locks = ObjectOf<FileLocks>(data);
  double number = -1;
  napi_get_value_double(env, argument, &number);
  if (!locks->open()) {
    Throw(env, {EBADF}, "this lock file was closed");
    return nullptr;
  }
  if (number >= 0 && number <= kMaxByte) {
    *byte = static_cast<std::uint64_t>(number);
    if (static_cast<double>(*byte) == number) return locks;
  }
  Throw(env, {EINVAL}, "not the position of a byte");
  return nullptr;
}

napi_value TryLock(napi_env env, napi_callback_info info) {
  std::uint64_t byte = 0;
  FileLocks* const locks = Open(env, info, &byte);
  if (locks == nullptr) return nullptr;
  const int problem = locks->TryLock(byte);
  if (problem != 0 && problem != EAGAIN && problem != EACCES) {
    Throw(env, {problem, "fcntl"}, "the byte cannot be locked");
    return nullptr;
  }
  napi_value taken = nullptr;
  napi_get_boolean(env, problem == 0, &taken);
  return taken;
}

napi_value Unlock(napi_env env, napi_callback_info info) {
  std::uint64_t byte = 0;
  if (FileLocks* const locks = Open(env, info, &byte)) locks->Unlock(byte);
  return nullptr;
}

constexpr Member kMembers[] = {
    {"tryLock", TryLock},
    {"unlock", Unlock},
    {"close", CloseObject<FileLocks>},
};

}  // namespace

napi_value Bind(napi_env env, FileLocks locks) {
  return BindMembers(env, std::move(locks), kMembers);
}

}  // namespace qcom_smem
