# SPDX-License-Identifier: MIT
# What the toolchain files for musl share: the C++ headers of Debian's compiler over the C headers of musl, which lie in
# the folder QCOM_SMEM_MUSL. There is no C++ library to link with; native/musl/ is what the module needs of one.
# This is for cross builds: on a machine with musl its own compiler needs none of it.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES QCOM_SMEM_MUSL)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

execute_process(
  COMMAND ${CMAKE_CXX_COMPILER} -E -v -x c++ /dev/null
  OUTPUT_QUIET
  ERROR_VARIABLE words)
string(REGEX MATCHALL "\n /[^\n]*/c[+][+]/[^\n]*" folders "${words}")
execute_process(
  COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=include
  OUTPUT_VARIABLE own
  OUTPUT_STRIP_TRAILING_WHITESPACE)
list(APPEND folders ${QCOM_SMEM_MUSL}/include ${own})

set(CMAKE_CXX_FLAGS_INIT
    "-nostdinc -include ${CMAKE_CURRENT_LIST_DIR}/../native/musl/config.h")
foreach(folder ${folders})
  string(STRIP ${folder} folder)
  string(APPEND CMAKE_CXX_FLAGS_INIT " -isystem ${folder}")
endforeach()
