// SPDX-License-Identifier: MIT
// How a test starts another node: the one it runs in, or, where that is an emulated one, the emulator
// first. QCOM_SMEM_TEST_NODE is a command prefix, split on spaces.

/** Command and its first arguments; the script and its own arguments follow. */
export function nodeCommand(): [command: string, ...prefix: string[]] {
  const words = (process.env.QCOM_SMEM_TEST_NODE ?? '').split(' ').filter((word) => word !== '')
  const [command = process.execPath, ...prefix] = words
  return [command, ...prefix]
}
