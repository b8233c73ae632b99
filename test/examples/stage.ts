// SPDX-License-Identifier: MIT
// An example as its reader has it: a copy of its folder with this package installed in it, and a shell.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../docs/pages.js'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export class Stage {
  readonly folder = mkdtempSync(join(root, 'build', 'example-'))

  constructor(example: string) {
    cpSync(join(root, 'examples', example), this.folder, { recursive: true })
    const bin = join(this.folder, 'node_modules/.bin')
    mkdirSync(bin, { recursive: true })
    symlinkSync(root, join(this.folder, 'node_modules/qcom-smem'))
    writeFileSync(join(bin, 'qcom-smem'), `#!/bin/sh\nexec node '${root}/dist/cli.cjs' "$@"\n`)
    chmodSync(join(bin, 'qcom-smem'), 0o755)
  }

  /** One line of a shell. */
  run(line: string): Ran {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
      cwd: this.folder,
      encoding: 'utf8',
      env: this.env,
    })
    return { code: status ?? -1, out: stdout, err: stderr }
  }

  /** The node that runs this comes first, and npm asks no registry. */
  get env(): NodeJS.ProcessEnv {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const path = `${dirname(process.execPath)}:${env.PATH}`
    return {
      ...env,
      PATH: path,
      NO_COLOR: '1',
      npm_config_offline: 'true',
      npm_config_loglevel: 'silent',
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }
}
