// SPDX-License-Identifier: MIT
// The commands, in the order in which help shows them.

import type { Command } from './command.js'
import { alloc } from './commands/alloc.js'
import { claim } from './commands/claim.js'
import { doctor } from './commands/doctor.js'
import { info } from './commands/info.js'
import { list } from './commands/list.js'
import { lock } from './commands/lock.js'
import { partitions } from './commands/partitions.js'
import { show } from './commands/show.js'
import { verify } from './commands/verify.js'

export const commands: readonly Command[] = [
  info,
  list,
  show,
  partitions,
  verify,
  alloc,
  claim,
  lock,
  doctor,
]
