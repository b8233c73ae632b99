// SPDX-License-Identifier: MIT
// The functions of a mapping. Its pages go by close(), or with the last
// function that is collected.

#include <cerrno>
#include <utility>

#include "arguments.h"
#include "bound.h"
#include "error.h"
#include "members.h"

namespace qcom_smem {

namespace {

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
  Call call{ObjectOf<Mapping>(data), arguments[0], arguments[1]};
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

// The words of the second argument.
bool Array(napi_env env, const Call& call, Words* words) {
  if (WordsOf(env, call.second, words)) return true;
  Refuse(env, call, EINVAL, "not a Uint32Array");
  return false;
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
  Words into;
  if (!Array(env, call, &into)) return nullptr;
  if (!Allowed(env, call, into.count, false)) return nullptr;
  const auto offset = static_cast<std::size_t>(call.offset);
  const auto load = call.mapping->wide() ? LoadWide : LoadWords;
  load(call.mapping->At(offset), into.data, into.count);
  return nullptr;
}

napi_value ReadPublished(napi_env env, napi_callback_info info) {
  const Call call = Open(env, info);
  Words into;
  if (!Array(env, call, &into)) return nullptr;
  // The first word is looked at also for an empty array.
  const std::size_t count = into.count > 0 ? into.count : 1;
  if (!Allowed(env, call, count, false)) return nullptr;
  const auto offset = static_cast<std::size_t>(call.offset);
  const bool published =
      LoadPublished(call.mapping->At(offset), into.data, into.count);
  napi_value result = nullptr;
  napi_get_boolean(env, published, &result);
  return result;
}

napi_value WriteWords(napi_env env, napi_callback_info info) {
  const Call call = Open(env, info);
  Words from;
  if (!Array(env, call, &from)) return nullptr;
  if (!Allowed(env, call, from.count, true)) return nullptr;
  const auto offset = static_cast<std::size_t>(call.offset);
  StoreWords(call.mapping->At(offset), from.data, from.count);
  return nullptr;
}

constexpr Member kMembers[] = {
    {"read32", Read32},
    {"readWords", ReadWords},
    {"readPublished", ReadPublished},
    {"write32", Write32},
    {"writeWords", WriteWords},
    {"close", CloseObject<Mapping>},
};

}  // namespace

napi_value Bind(napi_env env, Mapping mapping) {
  return BindMembers(env, std::move(mapping), kMembers);
}

}  // namespace qcom_smem
