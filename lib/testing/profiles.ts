// SPDX-License-Identifier: MIT
// The SoCs that can be faked, by name.

import { SmemError } from '../errors.js'
import type { Profile } from './profile.js'
import { msm8916 } from './profiles/msm8916.js'
import { sc7280 } from './profiles/sc7280.js'
import { sdm845 } from './profiles/sdm845.js'

/**
 * Every profile by its name, as in `fake:msm8916`.
 * @example
 * ```ts
 * import { profiles } from 'qcom-smem/testing'
 *
 * const { name, summary, board, describe } = profiles.msm8916
 * console.log(name, summary) // msm8916 MSM8916: version 11, message RAM
 * console.log(board.auxiliary.length, describe().version) // 1 11
 * ```
 */
export const profiles = { msm8916, sdm845, sc7280 } as const satisfies Record<string, Profile>

/**
 * Name of a SoC that can be faked.
 * @see {@link profileNames}
 */
export type ProfileName = keyof typeof profiles

/**
 * The names of all profiles.
 * @example
 * ```ts
 * import { profileNames } from 'qcom-smem/testing'
 *
 * console.log(profileNames.join(' ')) // msm8916 sdm845 sc7280
 * ```
 */
export const profileNames = Object.keys(profiles) as ProfileName[]

/**
 * The profile that is meant where none is named.
 * @example
 * ```ts
 * import { defaultProfile, FakeSoc } from 'qcom-smem/testing'
 *
 * using soc = FakeSoc.create()
 * console.log(soc.profile === defaultProfile) // true
 * ```
 */
export const defaultProfile: ProfileName = 'sdm845'

/**
 * The profile called `name`.
 * @throws SmemError EINVAL, with the names there are
 * @example
 * ```ts
 * import { findProfile } from 'qcom-smem/testing'
 *
 * console.log(findProfile('sdm845').board.soc) // qcom,sdm845
 * ```
 */
export function findProfile(name: string): Profile {
  if (Object.hasOwn(profiles, name)) return profiles[name as ProfileName]
  throw new SmemError('EINVAL', `there is no fake SoC "${name}"`, {
    origin: 'input',
    hint: `known: ${profileNames.join(', ')}`,
  })
}
