// SPDX-License-Identifier: MIT
// A native object as JavaScript sees it: plain functions, each bound to the
// object by pointer (a third of the price of a class method), which all hold
// a share of it. It goes with the last function that is collected, or with the
// environment (a worker that ends). Nothing else is kept, so this module has
// no state, and environments cannot meet in it.
//
// Plain Node-API: the C++ wrapper costs some nanoseconds a call, and aborts
// the process where an error meets a worker that is being terminated.

#ifndef QCOM_SMEM_MEMBERS_H_
#define QCOM_SMEM_MEMBERS_H_

#include <napi.h>

#include <cstddef>
#include <utility>

namespace qcom_smem {

struct Member {
  const char* name;
  napi_callback callback;
};

// Lives as long as one of its functions. No std::shared_ptr: its count asks
// for a glibc newer than boards have, and functions stay in one thread anyway.
template <typename T>
struct Shared {
  T value;
  int functions;

  void Release() {
    if (--functions == 0) delete this;
  }
};

// SAFETY: here and in ObjectOf, `data` is what BindMembers gave, and a
// function that is called or collected still holds its share of it.
template <typename T>
void Collected(napi_env /*env*/, void* data, void* /*hint*/) {
  static_cast<Shared<T>*>(data)->Release();
}

template <typename T>
T* ObjectOf(void* data) {
  return &static_cast<Shared<T>*>(data)->value;
}

// The function `close` of every object: idempotent.
template <typename T>
napi_value CloseObject(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  ObjectOf<T>(data)->Close();
  return nullptr;
}

// An object with these functions. Null when an exception is pending.
template <typename T, std::size_t count>
napi_value BindMembers(napi_env env, T value, const Member (&members)[count]) {
  // Counted as a function until all are there: a collection may come between.
  auto* const shared = new Shared<T>{std::move(value), 1};
  napi_value object = nullptr;
  bool complete = napi_create_object(env, &object) == napi_ok;
  for (const Member& member : members) {
    napi_value function = nullptr;
    // A function that could not be finished is reachable by nobody.
    complete =
        complete &&
        napi_create_function(env, member.name, NAPI_AUTO_LENGTH,
                             member.callback, shared, &function) == napi_ok &&
        napi_add_finalizer(env, function, shared, Collected<T>, nullptr,
                           nullptr) == napi_ok;
    if (!complete) break;
    ++shared->functions;
    complete =
        napi_set_named_property(env, object, member.name, function) == napi_ok;
  }
  shared->Release();
  // The last function frees what is shared.
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
  return complete ? object : nullptr;
}

}  // namespace qcom_smem

#endif  // QCOM_SMEM_MEMBERS_H_
