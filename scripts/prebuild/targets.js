// SPDX-License-Identifier: MIT
// What the package ships binaries for, and what a binary may need of the system it is loaded on. The floor is that of
// Node 20 itself, which asks for glibc 2.28 and the C++ library of GCC 8: where Node starts, the module loads.

/** Of each target: its compiler, how `readelf` names its processor, and the command prefix that runs Node for it. */
export const targets = [
  {
    name: 'linux-x64',
    triplet: 'x86_64-linux-gnu',
    compiler: 'g++',
    machine: 'Advanced Micro Devices X86-64',
  },
  {
    name: 'linux-arm64',
    triplet: 'aarch64-linux-gnu',
    compiler: 'g++-aarch64-linux-gnu',
    machine: 'AArch64',
    emulator: 'arm64',
  },
  {
    name: 'linux-arm',
    triplet: 'arm-linux-gnueabihf',
    compiler: 'g++-arm-linux-gnueabihf',
    machine: 'ARM',
    emulator: 'arm',
  },
]

/** The highest version of each set of symbols. */
export const floor = { GLIBC: '2.28', GLIBCXX: '3.4.25', CXXABI: '1.3.11', GCC: '4.7.0' }

/** The libraries that Node has loaded by itself. */
export const libraries = ['libc.so.6', 'libstdc++.so.6', 'libgcc_s.so.1']

export const fileOf = (target) => `${target.name}/qcom_smem.node`
