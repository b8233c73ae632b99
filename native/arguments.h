// SPDX-License-Identifier: MIT
// What JavaScript passes, checked: the words of an array, an owner id. What is
// wrong with it, and where, is said by whoever asks.

#ifndef QCOM_SMEM_ARGUMENTS_H_
#define QCOM_SMEM_ARGUMENTS_H_

#include <napi.h>

#include <cstddef>
#include <cstdint>

namespace qcom_smem {

// Words of ordinary memory.
struct Words {
  std::uint32_t* data = nullptr;
  std::size_t count = 0;
};

// False where `value` is no Uint32Array.
inline bool WordsOf(napi_env env, napi_value value, Words* words) {
  napi_typedarray_type type;
  void* data = nullptr;
  const napi_status status = napi_get_typedarray_info(
      env, value, &type, &words->count, &data, nullptr, nullptr);
  if (status != napi_ok || type != napi_uint32_array) return false;
  // SAFETY: Node-API has said that these are 32-bit words, aligned by V8.
  words->data = static_cast<std::uint32_t*>(data);
  return true;
}

// False where `value` is no owner id: any word but 0, which means free.
inline bool OwnerIdOf(napi_env env, napi_value value, std::uint32_t* id) {
  double number = 0;
  napi_get_value_double(env, value, &number);
  if (!(number >= 1 && number <= UINT32_MAX)) return false;
  *id = static_cast<std::uint32_t>(number);
  return *id == number;
}

}  // namespace qcom_smem

#endif  // QCOM_SMEM_ARGUMENTS_H_
