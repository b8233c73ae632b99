// SPDX-License-Identifier: MIT
// What JavaScript gets: memory, mutexes, locks, fences, and the machine that
// it was compiled for. The shape, and what each function promises, is in
// lib/native/binding.ts; arguments are checked here again, because a wrong one
// would be a wild store into the memory of a modem.

#include <napi.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>

#include "bound.h"
#include "commit.h"
#include "error.h"
#include "fence.h"
#include "mapping.h"
#include "memfd.h"
#include "mutex.h"

#if defined(__GLIBC__)
#include <gnu/libc-version.h>
#endif

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

// The C library. A module for glibc asks it for its version: musl, which knows
// all else that is called here, then refuses to load it.
std::string CLibrary() {
#if defined(__GLIBC__)
  return std::string("glibc ") + gnu_get_libc_version();
#else
  return "musl";
#endif
}

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

Napi::Value CloseMemfd(const Napi::CallbackInfo& info) {
  std::uint64_t fd = 0;
  if (!Whole(info[0], 0, INT32_MAX, &fd) || close(static_cast<int>(fd)) != 0) {
    Throw(info.Env(), {EBADF, "close"}, "not an open file descriptor");
  }
  return {};
}

// A property of an object argument, as a whole number.
bool Field(const Napi::Value& object, const char* name, double most,
           std::uint64_t* whole) {
  return object.IsObject() &&
         Whole(object.As<Napi::Object>().Get(name), 0, most, whole);
}

// `fd` and `position`, the second a multiple of 4.
bool Place(const Napi::Value& object, std::uint64_t* fd,
           std::uint64_t* position) {
  return Field(object, "fd", INT32_MAX, fd) &&
         Field(object, "position", kMaxSafeInteger, position) &&
         *position % 4 == 0;
}

// The mutex word at { fd, position, field }. False when an exception is
// pending.
bool MutexAt(Napi::Env env, const Napi::Value& object, Mutex* mutex) {
  std::uint64_t fd = 0, position = 0, field = 0;
  if (!Place(object, &fd, &position) ||
      !Field(object, "field", UINT32_MAX, &field)) {
    Throw(env, {EINVAL}, "a mutex is { fd, position, field }");
    return false;
  }
  Mapping word;
  if (Failure failure = Mapping::Map(static_cast<int>(fd), position,
                                     sizeof(Word), {true, false}, &word)) {
    Throw(env, failure, "the mutex cannot be mapped",
          static_cast<double>(position));
    return false;
  }
  *mutex = Mutex(std::move(word), static_cast<std::uint32_t>(field));
  return true;
}

Napi::Value MutexOf(const Napi::CallbackInfo& info) {
  Mutex mutex;
  if (!MutexAt(info.Env(), info[0], &mutex)) return {};
  return {info.Env(), Bind(info.Env(), std::move(mutex))};
}

bool IdentityOf(const Napi::Value& value, Identity* identity) {
  if (!value.IsTypedArray()) return false;
  const auto array = value.As<Napi::TypedArray>();
  if (array.TypedArrayType() != napi_uint32_array ||
      array.ByteLength() != sizeof(Identity)) {
    return false;
  }
  const auto words = value.As<Napi::Uint32Array>();
  std::size_t at = 0;
  for (auto* part : {&identity->process, &identity->boot, &identity->heap}) {
    for (std::uint32_t& word : *part) word = words[at++];
  }
  return true;
}

Napi::Value HeapLockOf(const Napi::CallbackInfo& info) {
  std::uint64_t fd = 0, position = 0, size = 0, record_fd = 0, record_at = 0;
  Identity identity;
  if (!Place(info[0], &fd, &position) ||
      !Field(info[0], "size", kMaxSafeInteger, &size) || size < 4 ||
      size % 4 != 0 || !Place(info[2], &record_fd, &record_at) ||
      !IdentityOf(info[3], &identity)) {
    Throw(info.Env(), {EINVAL},
          "a heap lock has a heap, a mutex, a record and 12 words of identity");
    return {};
  }
  Mapping heap;
  Mutex mutex;
  Record record;
  if (Failure failure = Mapping::Map(static_cast<int>(fd), position, size,
                                     {true, false}, &heap)) {
    Throw(info.Env(), failure, "the range cannot be mapped",
          static_cast<double>(position));
    return {};
  }
  if (!MutexAt(info.Env(), info[1], &mutex)) return {};
  if (Failure failure =
          Record::Open(static_cast<int>(record_fd), record_at, &record)) {
    Throw(info.Env(), failure, "the lock file cannot be mapped");
    return {};
  }
  return {info.Env(),
          Bind(info.Env(), HeapLock(std::move(heap), std::move(mutex),
                                    std::move(record), identity))};
}

Napi::Value FileLocksOf(const Napi::CallbackInfo& info) {
  std::uint64_t fd = 0;
  if (!Whole(info[0], 0, INT32_MAX, &fd)) {
    Throw(info.Env(), {EBADF}, "not a file descriptor");
    return {};
  }
  FileLocks locks;
  if (Failure failure = FileLocks::Open(static_cast<int>(fd), &locks)) {
    Throw(info.Env(), failure, "the lock file cannot be opened");
    return {};
  }
  return {info.Env(), Bind(info.Env(), std::move(locks))};
}

// Plain Node-API, as in members.h: every lookup has a fence in it.
template <void fence()>
napi_value Fence(napi_env /*env*/, napi_callback_info /*info*/) {
  fence();
  return nullptr;
}

Napi::Value FenceFunction(Napi::Env env, const char* name, napi_callback call) {
  napi_value function = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, call, nullptr, &function);
  return {env, function};
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports["map"] = Napi::Function::New<Map>(env, "map");
  exports["createMemfd"] = Napi::Function::New<Memfd>(env, "createMemfd");
  exports["closeMemfd"] = Napi::Function::New<CloseMemfd>(env, "closeMemfd");
  exports["mutex"] = Napi::Function::New<MutexOf>(env, "mutex");
  exports["heapLock"] = Napi::Function::New<HeapLockOf>(env, "heapLock");
  exports["fileLocks"] = Napi::Function::New<FileLocksOf>(env, "fileLocks");
  exports["fenceLoad"] = FenceFunction(env, "fenceLoad", Fence<FenceLoad>);
  exports["fenceStore"] = FenceFunction(env, "fenceStore", Fence<FenceStore>);
  exports["fenceFull"] = FenceFunction(env, "fenceFull", Fence<FenceFull>);
  exports["architecture"] = Napi::String::New(env, kArchitecture);
  exports["libc"] = Napi::String::New(env, CLibrary());
  return exports;
}

}  // namespace

NODE_API_MODULE(qcom_smem, Init)

}  // namespace qcom_smem
