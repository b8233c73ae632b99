// SPDX-License-Identifier: MIT
// The programs that the release checklist calls: silent where they succeed, and heard where they do not.

import { spawnSync } from 'node:child_process'

const maxBuffer = 2 ** 28

export function succeeds(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer })
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
  return status === 0
}

/** What it prints; the end of everything where it fails. */
export function told(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}
