// SPDX-License-Identifier: MIT
// Is /dev/mem there? A kernel may be built without it, and a container does not get it unasked.

import { ok, problem, unknown, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function devMem({ native, devMem: device, opened, kernel, container }: Machine): Verdict {
  if (native.platform !== 'linux') return unknown(`${native.platform} has no /dev/mem`)
  const config = kernel.config.line('DEVMEM')
  const withoutIt = kernel.config.value('DEVMEM') === 'n'
  if (device !== null && opened?.code !== 'ENXIO' && opened?.code !== 'ENODEV') {
    return ok('/dev/mem is there', [device])
  }
  const seen = device === null ? '/dev/mem: no such file or directory' : opened!.message
  if (withoutIt) {
    return problem(
      'this kernel was built without /dev/mem',
      [seen, config],
      'boot a kernel with CONFIG_DEVMEM=y, or read a dump with --source file:PATH',
    )
  }
  if (container !== null) {
    return problem(
      'this container has no /dev/mem',
      [seen, `${container}: is there`, config],
      'run outside of the container, or start it with --device /dev/mem --cap-add SYS_RAWIO',
    )
  }
  return problem(
    'there is no /dev/mem',
    [seen, config],
    'make it with: mknod -m 640 /dev/mem c 1 1 (a kernel without CONFIG_DEVMEM answers ENXIO then)',
  )
}
