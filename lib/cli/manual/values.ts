// SPDX-License-Identifier: MIT
// What the words stand for that a usage has in brackets: `<host>` means the same wherever it stands.

import { defaultProfile, profiles } from '../../testing/profiles.js'

/** `sdm845 (the default)`, and what is special about each. */
const profileNames = Object.values(profiles).map(
  ({ name, summary }) =>
    `${name}${name === defaultProfile ? ', the default' : ''} (${summary.replace(/^.*?: /, '')})`,
)

export const values: Readonly<Record<string, string>> = {
  a: 'the earlier: a source, or just the path of a dump',
  b: 'the later, likewise',
  action: '`release`; without it the lock is only looked at',
  addr: 'a physical address: 0x86000000',
  'addr=path': 'a physical address and the file of what lies there: 0x00060000=rpm.bin',
  address: 'IP address and port: 127.0.0.1:8787, 0.0.0.0, [::1]:8787; port 0 is any that is free',
  check: 'the name of a check, as `verify` prints it: toc-overlap',
  command: 'a program and its arguments; -- goes before it',
  condition: 'ITEM[@HOST].FIELD compared with a value; several with `and`, `or`, `not`',
  file: 'a path',
  host: 'a processor, by number or name: 1, modem, adsp, cdsp',
  id: 'a number from 136 to 254',
  item: 'a number or a name: 137, 0x89, SMEM_HW_SW_BUILD_ID, hw_sw_build_id, SMD_BASE_ID+3',
  ms: 'milliseconds',
  names: 'host names with commas between them: board7.lab,b7',
  profile: `a SoC that can be faked: ${profileNames.join('; ')}`,
  samples: 'how many',
  size: 'a number of bytes: 4096, 0x1000, 4K, 1M',
  soc: 'a SoC by its name in device trees: sdm845, qcom,sdm845',
  source: 'live, fake, fake:PROFILE, file:PATH or dir:PATH',
}
