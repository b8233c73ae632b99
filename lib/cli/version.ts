// SPDX-License-Identifier: MIT
// The version of this package; a test holds it against package.json.

export const version = '0.1.0'

/** As files name who has written them. */
export const tool = { name: 'qcom-smem', version }
