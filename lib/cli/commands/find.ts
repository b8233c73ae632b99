// SPDX-License-Identifier: MIT
// `find`: every place in a dump that looks like SMEM, with what speaks for it.

import { type FindReport, type FoundCandidate, findSmem } from '../../inspect/find.js'
import { type Run, report } from '../command.js'
import { Exit } from '../exit.js'
import { printable, type Style } from '../render/style.js'

export const run: Run = (context) => {
  const { report: found, warnings } = findSmem(context.source)
  for (const warning of warnings) context.say(`warning: ${warning}`)
  report(context, found, () =>
    found.candidates.map((candidate) => block(candidate, context.style)).join('\n'),
  )
  if (found.candidates.length > 0) return Exit.OK
  context.say(nothingIn(found))
  return Exit.NO_SMEM
}

function block(
  { address, size, version, sure, file, position, evidence }: FoundCandidate,
  style: Style,
) {
  const what = [
    style.bold(address ?? 'address unknown'),
    `version ${version.major}.${version.minor}`,
    size === null ? 'size unknown' : `${size} bytes`,
    paint[sure](style)(sure),
  ]
  const where = `at ${position} (0x${position.toString(16)}) of ${printable(file)}`
  const lines = [where, ...evidence].map((line) => `    ${style.dim(line)}\n`)
  return `${what.join('  ')}\n${lines.join('')}`
}

const paint: Record<FoundCandidate['sure'], (style: Style) => (text: string) => string> = {
  certain: ({ green }) => green,
  likely: ({ green }) => green,
  possible: ({ yellow }) => yellow,
}

function nothingIn({ segments }: FindReport): string {
  const size = segments.reduce((sum, segment) => sum + segment.size, 0)
  return `Nothing in these ${size} bytes looks like SMEM that a boot loader has set up.`
}
