// SPDX-License-Identifier: MIT
// What the package ships binaries for, and what a binary may need of the system it is loaded on. With glibc the floor
// is that of Node 20 itself, which asks for glibc 2.28 and the C++ library of GCC 8: where Node starts, the module
// loads. With musl the module needs musl, and no C++ library.

const x64 = {
  triplet: 'x86_64-linux-gnu',
  compiler: 'g++',
  machine: 'Advanced Micro Devices X86-64',
}
const arm64 = {
  triplet: 'aarch64-linux-gnu',
  compiler: 'g++-aarch64-linux-gnu',
  machine: 'AArch64',
}
const arm = {
  triplet: 'arm-linux-gnueabihf',
  compiler: 'g++-arm-linux-gnueabihf',
  machine: 'ARM',
}

/** What Node has loaded by itself, and of each set of symbols the highest version. */
const glibc = {
  libraries: ['libc.so.6', 'libstdc++.so.6', 'libgcc_s.so.1'],
  floor: { GLIBC: '2.28', GLIBCXX: '3.4.25', CXXABI: '1.3.11', GCC: '4.7.0' },
}
const musl = (cpu) => ({ libraries: [`libc.musl-${cpu}.so.1`], floor: {} })

/** `emulator` and `musl` are what fetch-emulator.sh and fetch-musl.sh call it. */
export const targets = [
  { name: 'linux-x64', ...x64, ...glibc },
  { name: 'linux-arm64', ...arm64, ...glibc, emulator: 'arm64' },
  { name: 'linux-arm', ...arm, ...glibc, emulator: 'arm' },
  { name: 'linux-x64-musl', ...x64, ...musl('x86_64'), musl: 'x64' },
  { name: 'linux-arm64-musl', ...arm64, ...musl('aarch64'), musl: 'arm64' },
]

export const fileOf = (target) => `${target.name}/qcom_smem.node`
