// SPDX-License-Identifier: MIT
// What a C++ library made for glibc asks for and musl does not have: enough of
// it that a runtime starts and works, to try a module on. Nothing of this is
// shipped.

#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <time.h>

char __libc_single_threaded = 0;
unsigned __cpu_model[4];
int __cpu_indicator_init(void) { return 0; }

unsigned long __getauxval(unsigned long type) { return getauxval(type); }

unsigned arc4random(void) {
  unsigned word = 0;
  return getrandom(&word, sizeof word, 0) == sizeof word ? word : 4;
}

size_t __strftime_l(char* to, size_t size, const char* format,
                    const struct tm* time, locale_t locale) {
  return strftime_l(to, size, format, time, locale);
}

unsigned long __isoc23_strtoul(const char* text, char** end, int base) {
  return strtoul(text, end, base);
}

// Destructors of a thread's variables: a thread that ends here leaks them.
int __cxa_thread_atexit_impl(void (*destroy)(void*), void* object,
                             void* module) {
  (void)destroy, (void)object, (void)module;
  return 0;
}

// Not found: the unwinder then asks dl_iterate_phdr, which musl has.
int _dl_find_object(void* address, void* result) {
  (void)address, (void)result;
  return -1;
}

int strfromf128(void) { abort(); }
int strtof128(void) { abort(); }
