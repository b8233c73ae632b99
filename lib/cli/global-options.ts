// SPDX-License-Identifier: MIT
// The options of every command, before or after its name: which SMEM is looked at, and how that is told.

import type { CommandOption } from './command.js'

export const globalOptions: readonly CommandOption[] = [
  {
    flags: '--source <source>',
    summary: 'live, fake[:PROFILE], file:PATH or dir:PATH (default: $QCOM_SMEM_SOURCE, else live)',
  },
  {
    flags: '--base <addr>',
    summary: "physical address of a raw file's first byte; of SMEM in other dumps",
  },
  { flags: '--aux <addr=path>', summary: 'an auxiliary region of a dump', repeats: true },
  { flags: '--segment <addr=path>', summary: 'a piece of a split dump', repeats: true },
  { flags: '--board <soc>', summary: 'the SoC that a dump is from, one of those of `boards`' },
  { flags: '--dtb <file>', summary: 'device tree of the board that a dump is from' },
  {
    flags: '--local-host <host>',
    summary: 'whose partitions are seen, in a dump (default: apps)',
  },
  { flags: '--decoder <file>', summary: 'a module with decoders of your own', repeats: true },
  { flags: '--json', summary: 'print JSON' },
  { flags: '-v, --verbose', summary: 'print each access to the memory, on stderr' },
]
