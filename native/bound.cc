// SPDX-License-Identifier: MIT
// The functions of a mapping. Each function holds a share of it: the pages
// go by close(), or with the last function that is collected, or with the
// environment (a worker that ends). Nothing else is kept, so this module has
// no state, and environments cannot meet in it.
//
// Plain Node-API: the C++ wrapper costs some nanoseconds a call, and aborts
// the process where an error meets a worker that is being terminated.

#include "bound.h"

#include <cerrno>
#include <utility>

namespace qcom_smem {

namespace {

// Lives as long as one of its functions. No std::shared_ptr: its count asks
// for a glibc newer than boards have, and functions stay in one thread anyway.
struct Bound {
  Mapping mapping;
  int functions;
};

void Release(Bound* bound) {
  if (--bound->functions == 0) delete bound;
}

// SAFETY: here and in Open, `data` is what Add gave, and a function that is
// called or collected still holds its share of it.
void Collected(napi_env, void* data, void*) {
  Release(static_cast<Bound*>(data));
}

struct Call {
  Mapping* mapping;
  napi_value first = nullptr;
  napi_value second = nullptr;
  double offset = -1;  // Outside every mapping, unless a number was passed.
};

Call Open(napi_env env, napi_callback_info info) {
  std::size_t count = 2;
  napi_value arguments[2];
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, arguments, nullptr, &data);
  // SAFETY: see Collected.
  Call call{&static_cast<Bound*>(data)->mapping, arguments[0], arguments[1]};
  napi_get_value_double(env, call.first, &call.offset);
  return call;
}

void Refuse(napi_env env, const Call& call, int number, const char* why) {
  const auto base = static_cast<double>(call.mapping->position());
  const bool inside = call.mapping->Contains(call.offset, 0);
  Throw(env, {number}, why, inside ? base + call.offset : base);
}

// The one rule, the same for all: open, writable where it stores, and inside.
bool Allowed(napi_env env, const Call& call, std::size_t count, bool store) {
  if (!call.mapping->open()) {
    Refuse(env, call, EBADF, "this mapping was closed");
  } else if (store && !call.mapping->writable()) {
    Refuse(env, call, EROFS, "this mapping is for reading only");
  } else if (!call.mapping->Contains(call.offset, count)) {
    Refuse(env, call, EINVAL, "not whole words inside the mapping");
  } else {
    return true;
  }
  return false;
}

// The words of the Uint32Array in the second argument: ordinary memory.
bool Array(napi_env env, const Call& call, std::uint32_t** words,
           std::size_t* count) {
  napi_typedarray_type type;
  void* data = nullptr;
  const napi_status status = napi_get_typedarray_info(
      env, call.second, &type, count, &data, nullptr, nullptr);
  if (status != napi_ok || type != napi_uint32_array) {
    Refuse(env, call, EINVAL, "not a Uint32Array");
    return false;
  }
  // SAFETY: Node-API has said that these are 32-bit words, aligned by V8.
  *words = static_cast<std::uint32_t*>(data);
  return true;
}

napi_value Read32(napi_env env, napi_callback_info info) {
  const Call call = Open(env, info);
  if (!Allowed(env, call, 1, false)) return nullptr;
  napi_value word = nullptr;
  napi_create_uint32(
      env, call.mapping->Read(static_cast<std::size_t>(call.offset)), &word);
  return word;
}

napi_value Write32(napi_env env, napi_callback_info info) {
  const Call call = Open(env, info);
  if (!Allowed(env, call, 1, true)) return nullptr;
  std::uint32_t value = 0;
  if (napi_get_value_uint32(env, call.second, &value) != napi_ok) {
    Refuse(env, call, EINVAL, "not a number");
    return nullptr;
  }
  call.mapping->Write(static_cast<std::size_t>(call.offset), value);
  return nullptr;
}

napi_value ReadWords(napi_env env, napi_callback_info info) {
  const Call call = Open(env, info);
  std::uint32_t* into = nullptr;
  std::size_t count = 0;
  if (!Array(env, call, &into, &count)) return nullptr;
  if (!Allowed(env, call, count, false)) return nullptr;
  const auto offset = static_cast<std::size_t>(call.offset);
  const auto load = call.mapping->wide() ? LoadWide : LoadWords;
  load(call.mapping->At(offset), into, count);
  return nullptr;
}

napi_value WriteWords(napi_env env, napi_callback_info info) {
  const Call call = Open(env, info);
  std::uint32_t* from = nullptr;
  std::size_t count = 0;
  if (!Array(env, call, &from, &count)) return nullptr;
  if (!Allowed(env, call, count, true)) return nullptr;
  const auto offset = static_cast<std::size_t>(call.offset);
  StoreWords(call.mapping->At(offset), from, count);
  return nullptr;
}

napi_value Close(napi_env env, napi_callback_info info) {
  Open(env, info).mapping->Close();
  return nullptr;
}

struct Member {
  const char* name;
  napi_callback callback;
};

constexpr Member kMembers[] = {
    {"read32", Read32},         {"readWords", ReadWords}, {"write32", Write32},
    {"writeWords", WriteWords}, {"close", Close},
};

// A function that could not be finished is reachable by nobody.
bool Add(napi_env env, napi_value object, const Member& member, Bound* bound) {
  napi_value function = nullptr;
  if (napi_create_function(env, member.name, NAPI_AUTO_LENGTH, member.callback,
                           bound, &function) != napi_ok ||
      napi_add_finalizer(env, function, bound, Collected, nullptr, nullptr) !=
          napi_ok) {
    return false;
  }
  ++bound->functions;
  return napi_set_named_property(env, object, member.name, function) == napi_ok;
}

}  // namespace

napi_value Bind(napi_env env, Mapping mapping) {
  // Counted as a function until all are there: a collection may come between.
  Bound* const bound = new Bound{std::move(mapping), 1};
  napi_value object = nullptr;
  bool complete = napi_create_object(env, &object) == napi_ok;
  for (const Member& member : kMembers) {
    complete = complete && Add(env, object, member, bound);
  }
  Release(bound);
  return complete ? object : nullptr;
}

}  // namespace qcom_smem
