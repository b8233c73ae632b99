// SPDX-License-Identifier: MIT
// The files in which a Linux machine describes itself, below a root that need not be `/`. A file that
// cannot be read is an answer too: what a person sees in `doctor` is the path and the reason.

import { existsSync, lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs'
import { join } from 'node:path'

export interface Reading {
  /** As on the machine, without the root: `/proc/iomem`. */
  readonly path: string
  /** null where it could not be read. */
  readonly bytes: Buffer | null
  /** `ENOENT`, `EACCES`, ...; null where it could be read. */
  readonly code: string | null
}

export class MachineFiles {
  constructor(readonly root = '/') {}

  /** The place of a file of the machine in our own file system. */
  real(path: string): string {
    return join(this.root, path)
  }

  read(path: string): Reading {
    try {
      return { path, bytes: readFileSync(this.real(path)), code: null }
    } catch (error) {
      return { path, bytes: null, code: (error as NodeJS.ErrnoException).code ?? 'EIO' }
    }
  }

  /** The file as text without the newline at its end; null where it could not be read. */
  text(path: string): string | null {
    return this.read(path).bytes?.toString('latin1').trimEnd() ?? null
  }

  /** Of the path itself, links not followed; null where there is nothing to be seen. */
  stats(path: string): Stats | null {
    try {
      return lstatSync(this.real(path))
    } catch {
      return null
    }
  }

  /** There is something at the end of the path, links followed. */
  exists(path: string): boolean {
    return existsSync(this.real(path))
  }

  /** Names in a folder, sorted; empty where it cannot be listed. */
  names(path: string): string[] {
    try {
      return readdirSync(this.real(path)).sort()
    } catch {
      return []
    }
  }
}
