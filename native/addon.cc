// SPDX-License-Identifier: MIT
// What JavaScript gets: map, createMemfd, the fences, and the architecture it
// was compiled for. The shape, and what each function promises, is in
// lib/native/binding.ts; arguments are checked here again, because a wrong one
// would be a wild store into the memory of a modem.

#include <napi.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>

#include "bound.h"
#include "error.h"
#include "fence.h"
#include "mapping.h"
#include "memfd.h"

namespace qcom_smem {

namespace {

#if defined(__aarch64__)
constexpr char kArchitecture[] = "arm64";
#elif defined(__arm__)
constexpr char kArchitecture[] = "arm";
#elif defined(__x86_64__)
constexpr char kArchitecture[] = "x64";
#elif defined(__i386__)
constexpr char kArchitecture[] = "ia32";
#endif

constexpr double kMaxSafeInteger = 9007199254740991;  // 2^53 - 1

// A whole number of at least `least` and at most `most`.
bool Whole(const Napi::Value& value, double least, double most,
           std::uint64_t* whole) {
  if (!value.IsNumber()) return false;
  const double number = value.As<Napi::Number>().DoubleValue();
  if (!(number >= least && number <= most)) return false;
  *whole = static_cast<std::uint64_t>(number);
  return static_cast<double>(*whole) == number;
}

Napi::Value Map(const Napi::CallbackInfo& info) {
  std::uint64_t fd = 0, position = 0, size = 0;
  if (!Whole(info[0], 0, INT32_MAX, &fd)) {
    Throw(info.Env(), {EBADF}, "not a file descriptor");
    return {};
  }
  if (!Whole(info[1], 0, kMaxSafeInteger, &position) || position % 4 != 0) {
    Throw(info.Env(), {EINVAL}, "position is not a multiple of 4");
    return {};
  }
  const auto address = static_cast<double>(position);
  if (!Whole(info[2], 4, kMaxSafeInteger, &size) || size % 4 != 0) {
    Throw(info.Env(), {EINVAL}, "size is not a multiple of 4", address);
    return {};
  }
  if (!info[3].IsBoolean() || !(info[4].IsBoolean() || info[4].IsUndefined())) {
    Throw(info.Env(), {EINVAL}, "writable and wide are booleans", address);
    return {};
  }
  const Mapping::Access access{
      info[3].As<Napi::Boolean>().Value(),
      info[4].IsBoolean() && info[4].As<Napi::Boolean>().Value()};
  Mapping mapping;
  if (Failure failure = Mapping::Map(static_cast<int>(fd), position, size,
                                     access, &mapping)) {
    Throw(info.Env(), failure, "the range cannot be mapped", address);
    return {};
  }
  return {info.Env(), Bind(info.Env(), std::move(mapping))};
}

Napi::Value Memfd(const Napi::CallbackInfo& info) {
  std::uint64_t size = 0;
  if (!info[0].IsString() || !Whole(info[1], 1, kMaxSafeInteger, &size)) {
    Throw(info.Env(), {EINVAL}, "a memfd has a name and a size");
    return {};
  }
  int fd = -1;
  if (Failure failure =
          CreateMemfd(info[0].As<Napi::String>().Utf8Value(), size, &fd)) {
    Throw(info.Env(), failure, "no memfd can be made");
    return {};
  }
  return Napi::Number::New(info.Env(), fd);
}

template <void fence()>
void Fence(const Napi::CallbackInfo&) {
  fence();
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports["map"] = Napi::Function::New<Map>(env, "map");
  exports["createMemfd"] = Napi::Function::New<Memfd>(env, "createMemfd");
  exports["fenceLoad"] =
      Napi::Function::New<Fence<FenceLoad>>(env, "fenceLoad");
  exports["fenceStore"] =
      Napi::Function::New<Fence<FenceStore>>(env, "fenceStore");
  exports["fenceFull"] =
      Napi::Function::New<Fence<FenceFull>>(env, "fenceFull");
  exports["architecture"] = Napi::String::New(env, kArchitecture);
  return exports;
}

}  // namespace

NODE_API_MODULE(qcom_smem, Init)

}  // namespace qcom_smem
