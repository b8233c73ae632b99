// SPDX-License-Identifier: MIT
// Archives for the guest's first root file system, in the `newc` form of cpio that Linux unpacks. Several
// may follow each other: a later file replaces an earlier one. Source: the kernel's
// Documentation/driver-api/early-userspace/buffer-format.rst.

const FOLDER = 0o40755
const FILE = 0o100644
const PROGRAM = 0o100755

/** Path in the guest (no leading slash) -> contents, and whether it can be run. */
export type Files = Map<string, { bytes: Uint8Array; program: boolean }>

/** Everything belongs to root. Folders are made as needed. */
export function archive(files: Files): Buffer {
  const parts: Uint8Array[] = []
  let inode = 1
  const put = (name: string, mode: number, bytes: Uint8Array) => {
    const path = Buffer.from(`${name}\0`)
    const fields = [inode++, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, path.length, 0]
    const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`
    parts.push(Buffer.from(head), path, padding(head.length + path.length))
    parts.push(bytes, padding(bytes.length))
  }
  for (const folder of folders(files.keys())) put(folder, FOLDER, Buffer.alloc(0))
  for (const [name, { bytes, program }] of files) put(name, program ? PROGRAM : FILE, bytes)
  put('TRAILER!!!', 0, Buffer.alloc(0))
  return Buffer.concat(parts)
}

/** Every folder above these paths, parents first, the root as `.`. */
function folders(paths: Iterable<string>): Set<string> {
  const found = new Set(['.'])
  for (const path of paths) {
    const names = path.split('/').slice(0, -1)
    for (let depth = 1; depth <= names.length; depth++) found.add(names.slice(0, depth).join('/'))
  }
  return found
}

/** What is missing to a multiple of 4. */
function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4)
}
