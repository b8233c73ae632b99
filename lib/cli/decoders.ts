// SPDX-License-Identifier: MIT
// `--decoder FILE`: a module whose default export is a decoder, an array of them, or a function that makes them out
// of what this library offers. So a file works wherever it lies, also where `qcom-smem` cannot be imported.

import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Host } from '../data/hosts.js'
import { ItemId } from '../data/item-names.js'
import { fromSystemError, SmemError } from '../errors.js'
import { type Decoder, type DecoderDescription, defineDecoder } from '../items/decoder.js'
import * as fields from '../layout/scalar.js'
import { struct } from '../layout/struct.js'
import { usage } from './arguments.js'

const offered = { ...fields, struct, defineDecoder, ItemId, Host }

/** What a decoder file may export. */
type Exported = Decoder | DecoderDescription
type Maker = (library: typeof offered) => Exported | readonly Exported[]
export type DecoderModule = Exported | readonly Exported[] | Maker

/** @throws SmemError EINVAL where the file cannot be loaded, or has no decoder to offer */
export async function decodersFrom(path: string): Promise<readonly Decoder[]> {
  const exported = await load(path)
  const made = typeof exported === 'function' ? madeBy(exported, path) : exported
  const list: readonly Exported[] = Array.isArray(made) ? made : [made]
  // Checked here too, and guarded: a file may bring a library of its own, whose errors are not ours.
  return list.map((one) => defineDecoder(one))
}

function madeBy(exported: Maker, path: string) {
  try {
    return exported(offered)
  } catch (error) {
    throw new SmemError('EINVAL', `the decoders in ${path} cannot be made: ${firstLine(error)}`, {
      origin: 'input',
      cause: error,
    })
  }
}

async function load(path: string): Promise<DecoderModule> {
  let module: { readonly default?: DecoderModule }
  try {
    accessSync(path, constants.R_OK)
  } catch (error) {
    const hint = 'check the path and its permissions'
    throw fromSystemError(error, `read ${path}`, { origin: 'input', hint })
  }
  try {
    module = await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    throw new SmemError('EINVAL', `cannot load the decoders in ${path}: ${firstLine(error)}`, {
      origin: 'input',
      cause: error,
      hint: 'it is a JavaScript module with a default export',
    })
  }
  if (module.default !== undefined) return module.default
  throw usage(`${path} has no default export`, 'export default { name, items, decode(item) {} }')
}

/** Behind the first, Node tells how it got there. */
function firstLine(error: unknown): string {
  return String(error).split('\n')[0]!
}
