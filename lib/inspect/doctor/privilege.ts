// SPDX-License-Identifier: MIT
// May this process open /dev/mem? It takes the file's permission, CAP_SYS_RAWIO, and in a container the
// consent of the device cgroup.

import { ok, problem, unknown, type Verdict } from './finding.js'
import type { Machine } from './machine.js'

export function privilege({ credentials, devMem, opened, kernel, container }: Machine): Verdict {
  const { user, rawIo, evidence } = credentials
  if (devMem !== null && opened === null) return ok('/dev/mem can be opened', [devMem, ...evidence])
  const seen = opened === null ? evidence : [opened.message, devMem!, ...evidence]
  if (rawIo === false || opened?.code === 'EACCES') {
    return user === 0
      ? problem(
          'root without CAP_SYS_RAWIO may not open /dev/mem',
          container === null ? seen : [...seen, `${container}: is there`],
          'give it the capability: a container by --cap-add SYS_RAWIO --device /dev/mem, a service by its CapabilityBoundingSet',
        )
      : problem(
          'only root may open /dev/mem',
          seen,
          'run it as root: sudo qcom-smem, with the same arguments',
        )
  }
  if (rawIo === null) return unknown('what this process may do is not told', seen)
  if (opened?.code === 'EPERM' && (kernel.lockdown ?? 'none') === 'none') {
    return problem(
      'something else than permissions forbids /dev/mem',
      container === null ? seen : [...seen, `${container}: is there`],
      'in a container, start it with --device /dev/mem; else look for lockdown and security modules in dmesg',
    )
  }
  return ok('this process has CAP_SYS_RAWIO', seen)
}
