// SPDX-License-Identifier: MIT
// What the module would take from a C++ library, for the cross build for musl,
// which has none to link with: memory, and the end of the process where an
// exception would be thrown, as without handlers it is everywhere else. The
// linker keeps these names inside (exports.map).

#include <cstdlib>
#include <new>

void* operator new(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}
void* operator new[](std::size_t size) { return operator new(size); }

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace std {
void __throw_logic_error(const char*) { abort(); }
void __throw_length_error(const char*) { abort(); }
}  // namespace std

extern "C" void __cxa_pure_virtual() { std::abort(); }
