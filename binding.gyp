# SPDX-License-Identifier: MIT
# The same module by node-gyp. CMakeLists.txt is the normal build; a test keeps both lists equal.
{
  "targets": [
    {
      "target_name": "qcom_smem",
      "sources": [
        "native/addon.cc",
        "native/bound_file_locks.cc",
        "native/bound_lock.cc",
        "native/bound_mapping.cc",
        "native/bound_mutex.cc",
        "native/commit.cc",
        "native/error.cc",
        "native/fence.cc",
        "native/file_locks.cc",
        "native/mapping.cc",
        "native/memfd.cc",
        "native/milestone.cc",
        "native/mutex.cc",
        "native/plan.cc",
        "native/record.cc",
        "native/words.cc"
      ],
      "defines": [
        "NAPI_VERSION=8",
        "NAPI_DISABLE_CPP_EXCEPTIONS",
        "NODE_ADDON_API_DISABLE_DEPRECATED",
        "NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED",
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
        "_FILE_OFFSET_BITS=64"
      ],
      "include_dirs": ["<!@(node -p \"require('node-addon-api').include_dir\")"],
      "cflags_cc": [
        "-std=c++17",
        "-O2",
        "-Wall",
        "-Wextra",
        "-fno-exceptions",
        "-fno-rtti",
        "-fvisibility=hidden",
        "-fno-tree-loop-distribute-patterns"
      ]
    }
  ]
}
