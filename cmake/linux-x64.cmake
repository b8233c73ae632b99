# SPDX-License-Identifier: MIT
# Compiles for x86-64 with the compiler that Debian has for it, whatever `c++` is on this machine.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-linux-gnu-g++)
