// SPDX-License-Identifier: MIT
// Register layouts of the hardware mutex. Source: the match table of Linux
// drivers/hwspinlock/qcom_hwspinlock.c; `compatible` is searched most specific first.

export interface LockFamily {
  readonly name: string
  readonly compatible: readonly string[]
  /** Of the first lock, from the start of the bank. */
  readonly offset: number
  readonly stride: number
}

export const lockFamilies = [
  { name: 'sfpb', compatible: ['qcom,sfpb-mutex'], offset: 0x4, stride: 0x4 },
  {
    name: 'tcsr-0x80',
    compatible: [
      'qcom,apq8084-tcsr-mutex',
      'qcom,ipq6018-tcsr-mutex',
      'qcom,msm8226-tcsr-mutex',
      'qcom,msm8974-tcsr-mutex',
      'qcom,msm8994-tcsr-mutex',
    ],
    offset: 0,
    stride: 0x80,
  },
  { name: 'tcsr', compatible: ['qcom,tcsr-mutex'], offset: 0, stride: 0x1000 },
] as const satisfies readonly LockFamily[]
