# SPDX-License-Identifier: MIT
# Cross-compiles for x86-64 with musl, by Debian's compiler for x86-64 with glibc.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-linux-gnu-g++)
include(${CMAKE_CURRENT_LIST_DIR}/musl.cmake)
