# SPDX-License-Identifier: MIT
# The same module by node-gyp. CMakeLists.txt is the normal build; a test keeps both lists equal.
{
  "targets": [
    {
      "target_name": "qcom_smem",
      "sources": [
        "native/addon.cc",
        "native/bound.cc",
        "native/error.cc",
        "native/fence.cc",
        "native/mapping.cc",
        "native/memfd.cc",
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
