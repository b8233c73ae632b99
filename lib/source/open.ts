// SPDX-License-Identifier: MIT
// From a source's name to an open source: one row per scheme.

import { SmemError } from '../errors.js'
import { openFake } from './fake.js'
import { openDirectory, openFile } from './file.js'
import { openLive } from './live.js'
import type { Source, SourceOptions } from './source.js'

/** Opens a source; `argument` is what follows the colon, null without one. */
type Opener = (argument: string | null, options: SourceOptions) => Source

const schemes: Record<string, Opener> = {
  live: openLive,
  fake: openFake,
  file: openFile,
  dir: openDirectory,
}

/** The name of the source that `options` and the environment choose. */
export function sourceName({ source }: SourceOptions): string {
  return source ?? (process.env.QCOM_SMEM_SOURCE || 'live')
}

/** @throws SmemError EINVAL for a name without a meaning, and what opening that source throws */
export function openSource(options: SourceOptions = {}): Source {
  const name = sourceName(options)
  const colon = name.indexOf(':')
  const scheme = colon < 0 ? name : name.slice(0, colon)
  const open = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined
  if (open === undefined) {
    throw new SmemError('EINVAL', `there is no source "${name}"`, {
      origin: 'input',
      hint: 'sources are live, fake, fake:PROFILE, file:PATH and dir:PATH',
    })
  }
  return open(colon < 0 ? null : name.slice(colon + 1), options)
}
