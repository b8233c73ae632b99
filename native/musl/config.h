// SPDX-License-Identifier: MIT
// Read before any other line of a cross build for musl. Debian has no C++
// library for musl, only the headers of the one for glibc: this takes back what
// they believe of the C library, and makes std::string come from the headers
// alone.

#ifndef QCOM_SMEM_MUSL_CONFIG_H_
#define QCOM_SMEM_MUSL_CONFIG_H_

#define __GLIBC_PREREQ(major, minor) 0
#define __locale_t locale_t
#include <bits/c++config.h>

#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE 0
#undef _GLIBCXX_USE_PTHREAD_COND_CLOCKWAIT
#undef _GLIBCXX_USE_PTHREAD_MUTEX_CLOCKLOCK
#undef _GLIBCXX_USE_PTHREAD_RWLOCK_CLOCKLOCK

#endif  // QCOM_SMEM_MUSL_CONFIG_H_
