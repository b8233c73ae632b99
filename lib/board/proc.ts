// SPDX-License-Identifier: MIT
// Reader of /proc/device-tree, the running kernel's own tree: each node is a directory, each property a
// file with the raw bytes. A phone has thousands of nodes, so directories and files are read when asked for.

import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromSystemError, SmemError } from '../errors.js'
import { childPath, type DeviceNode, type DeviceTree, type Properties } from './tree.js'

const UNREADABLE = 'look at it with ls -l; root can read all of it'

/**
 * The tree below `root`. ENODEV where there is none; EACCES, EIO and their like, thrown when the node is
 * looked at, for one that cannot be read.
 */
export function readProcDeviceTree(root = '/proc/device-tree'): DeviceTree {
  return { root: new ProcNode(root, '', null, directory(root)) }
}

class ProcNode implements DeviceNode {
  readonly path: string
  readonly #folder: string
  #entries: Dirent[] | null
  #children: ProcNode[] | null = null
  readonly #read = new Map<string, Uint8Array>()

  constructor(
    folder: string,
    readonly name: string,
    readonly parent: DeviceNode | null,
    entries: Dirent[] | null = null,
  ) {
    this.path = childPath(parent, name)
    this.#folder = folder
    this.#entries = entries
  }

  /** Symbolic links are left out: a tree has none, and one could lead back up. */
  get children(): readonly DeviceNode[] {
    this.#children ??= this.#list()
      .filter((entry) => entry.isDirectory())
      .map((entry) => new ProcNode(join(this.#folder, entry.name), entry.name, this))
    return this.#children
  }

  readonly properties: Properties = {
    has: (property) => this.#list().some((entry) => entry.name === property && entry.isFile()),
    get: (property) => {
      const known = this.#read.get(property)
      if (known !== undefined || !this.properties.has(property)) return known
      const value = this.#file(property)
      this.#read.set(property, value)
      return value
    },
  }

  #list(): Dirent[] {
    this.#entries ??= directory(this.#folder)
    return this.#entries
  }

  #file(property: string): Uint8Array {
    const path = join(this.#folder, property)
    try {
      return readFileSync(path)
    } catch (error) {
      throw fromSystemError(error, `read ${path}`, { hint: UNREADABLE })
    }
  }
}

function directory(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      throw fromSystemError(error, `read the device tree in ${path}`, {
        hint: UNREADABLE,
      })
    }
    throw new SmemError('ENODEV', `no SMEM here: there is no device tree at ${path}`, {
      hint: 'this is no Qualcomm board booted with a device tree; try a dump with --source file:PATH, or --source fake',
      cause: error,
    })
  }
}
