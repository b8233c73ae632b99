// SPDX-License-Identifier: MIT
// A checkout with its prebuilt binaries, as far as packing looks at it, to spoil.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFile } from '../native/source.js'

const parts = ['native', 'cmake', 'CMakeLists.txt', 'package.json', 'prebuilds']
const scripts = ['scripts/prebuild', 'scripts/prebuild.js']

export class Checkout {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'qcom-smem-prebuild-')))

  constructor() {
    for (const part of [...parts, ...scripts]) {
      cpSync(projectFile(part), this.path(part), { recursive: true })
    }
  }

  path(name: string): string {
    return join(this.root, name)
  }

  /** Where the binary of a target is. */
  binary(target: string): string {
    return this.path(`prebuilds/${target}/qcom_smem.node`)
  }

  /** Puts other bytes into a file; with `known`, the manifest is made to agree. */
  edit(name: string, change: (bytes: string) => string, { known = false } = {}): void {
    const before = readFileSync(this.path(name), 'latin1')
    const after = change(before)
    assert.notEqual(after, before)
    writeFileSync(this.path(name), after, 'latin1')
    if (known) {
      const hash = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex')
      this.edit('prebuilds/manifest.json', (text) => text.replace(hash(before), hash(after)))
    }
  }

  /** What `npm pack` is stopped by: exit code and lines. */
  check(): { status: number | null; lines: string[] } {
    const args = [this.path('scripts/prebuild.js'), '--check']
    const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    assert.equal(stdout, '')
    return { status, lines: stderr.split('\n').filter((line) => line !== '') }
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true })
  }
}
