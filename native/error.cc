// SPDX-License-Identifier: MIT
// An errno as a JavaScript Error. In plain Node-API, with every status ignored
// on purpose: they fail only when this environment is being torn down (a
// worker that is terminated), and then nobody is left to tell. The C++ wrapper
// would abort the whole process there.

#include "error.h"

#include <cerrno>
#include <cstring>

namespace qcom_smem {

namespace {

struct Name {
  int number;
  const char* code;
};

// What open, mmap, memfd_create, ftruncate and fcntl can say, and our own.
constexpr Name kNames[] = {
    {EACCES, "EACCES"}, {EAGAIN, "EAGAIN"},         {EBADF, "EBADF"},
    {EFBIG, "EFBIG"},   {EINVAL, "EINVAL"},         {EIO, "EIO"},
    {EMFILE, "EMFILE"}, {ENFILE, "ENFILE"},         {ENODEV, "ENODEV"},
    {ENOENT, "ENOENT"}, {ENOMEM, "ENOMEM"},         {ENOSYS, "ENOSYS"},
    {ENXIO, "ENXIO"},   {EOPNOTSUPP, "EOPNOTSUPP"}, {EOVERFLOW, "EOVERFLOW"},
    {EPERM, "EPERM"},   {EROFS, "EROFS"},           {ETXTBSY, "ETXTBSY"},
    {EFAULT, "EFAULT"}, {EINTR, "EINTR"},           {ENOSPC, "ENOSPC"},
    {EISDIR, "EISDIR"}, {EBUSY, "EBUSY"},           {ENOLCK, "ENOLCK"},
};

const char* CodeOf(int number) {
  for (const Name& name : kNames) {
    if (name.number == number) return name.code;
  }
  return "UNKNOWN";  // libuv's word for it; errno has the number.
}

napi_value Text(napi_env env, const std::string& text) {
  napi_value value = nullptr;
  napi_create_string_utf8(env, text.data(), text.size(), &value);
  return value;
}

napi_value Make(napi_env env, const Failure& failure, const std::string& what) {
  const char* const code = CodeOf(failure.number);
  std::string message = std::string(code) + ": " + what;
  if (failure.syscall != nullptr)
    message += std::string(", ") + failure.syscall;
  napi_value error = nullptr;
  napi_create_error(env, Text(env, code), Text(env, message), &error);
  napi_value number = nullptr;
  napi_create_int32(env, -failure.number, &number);
  napi_set_named_property(env, error, "errno", number);
  if (failure.syscall != nullptr) {
    napi_set_named_property(env, error, "syscall", Text(env, failure.syscall));
  }
  return error;
}

}  // namespace

void Throw(napi_env env, const Failure& failure, const std::string& what,
           double address) {
  napi_value error = Make(env, failure, what);
  napi_value number = nullptr;
  napi_create_double(env, address, &number);
  napi_set_named_property(env, error, "address", number);
  napi_throw(env, error);
}

void Throw(napi_env env, const Failure& failure, const std::string& what) {
  napi_throw(env, Make(env, failure, what));
}

}  // namespace qcom_smem
