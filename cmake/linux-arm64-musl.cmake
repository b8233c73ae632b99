# SPDX-License-Identifier: MIT
# Cross-compiles for arm64 with musl, by Debian's compiler for arm64 with glibc.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
include(${CMAKE_CURRENT_LIST_DIR}/musl.cmake)
