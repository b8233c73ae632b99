// SPDX-License-Identifier: MIT
// The SoCs that can be faked, by name.

import { SmemError } from '../errors.js'
import type { Profile } from './profile.js'
import { msm8916 } from './profiles/msm8916.js'
import { sc7280 } from './profiles/sc7280.js'
import { sdm845 } from './profiles/sdm845.js'

/** Every profile by its name, as in `fake:msm8916`. */
export const profiles = { msm8916, sdm845, sc7280 } as const satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles

export const profileNames = Object.keys(profiles) as ProfileName[]

/** The profile that is meant where none is named. */
export const defaultProfile: ProfileName = 'sdm845'

/**
 * The profile called `name`.
 * @throws SmemError EINVAL, with the names there are
 */
export function findProfile(name: string): Profile {
  if (Object.hasOwn(profiles, name)) return profiles[name as ProfileName]
  throw new SmemError('EINVAL', `there is no fake SoC "${name}"`, {
    origin: 'input',
    hint: `known: ${profileNames.join(', ')}`,
  })
}
