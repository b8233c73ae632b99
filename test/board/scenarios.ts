// SPDX-License-Identifier: MIT
// The list of boots. The first four are the combinations in which kernel and library work together: both
// versions of the heap, each with both styles of the tree and both forms of the mutex between them. The
// others each put one obstacle in the way.

import assert from 'node:assert/strict'
import { bulkSteps, checkBulk } from './bulk.js'
import { type Image, version11, version12 } from './image.js'
import { checkAllocations, checkKernel, KERNEL_STEPS, LOAD } from './kernel.js'
import { checkListing, checkShowing, HostView, LIST_STEPS, SHOW_STEPS } from './library.js'
import { CARVE_OUT } from './machine.js'
import { checkDoctor, checkRefusal, DOCTOR, MAP_LOCK, takeLock } from './obstacles.js'
import { cli, type Scenario } from './scenario.js'
import type { TreeStyle } from './tree.js'

const PLAIN: TreeStyle = { smem: 'phandle', mutex: 'reg', noMap: true }

/** `program`: the command line on this side. `folder`: for the files of one run. */
export function scenarios(program: string, folder: string, release: string): Scenario[] {
  const joint = (image: Image, tree: TreeStyle, thorough: boolean): Scenario => {
    const name = `v${image.version}-${tree.smem}-${tree.mutex}`
    const host = new HostView(program, folder, name)
    return {
      name,
      title: `Version ${image.version}, ${tree.smem} style, mutex by ${tree.mutex}`,
      image,
      tree,
      append: '',
      steps: [
        ...KERNEL_STEPS,
        ...LIST_STEPS,
        ...(thorough ? [...SHOW_STEPS, ...bulkSteps(image)] : []),
        (memory) => host.look(memory),
      ],
      async check(ledger, seen) {
        await checkKernel(ledger, seen, image, release)
        await checkAllocations(ledger, image, host.carveOut)
        await checkListing(ledger, seen, image, host)
        if (!thorough) return
        await checkShowing(ledger, seen, image, host)
        await checkBulk(ledger, seen, image, host.carveOut)
      },
    }
  }
  return [
    joint(version12(), PLAIN, true),
    joint(version11(), { ...PLAIN, smem: 'reserved' }, true),
    joint(version12(), { smem: 'reserved', mutex: 'syscon', noMap: true }, false),
    joint(version11(), { ...PLAIN, mutex: 'syscon' }, false),
    CLAIMED,
    RELAXED,
    LOCKED_DOWN,
    WITHOUT_NODE,
    WITHOUT_NO_MAP,
  ]
}

/** The usual state of a Debian machine, and users with fewer rights on it. */
const CLAIMED: Scenario = {
  name: 'claimed',
  title: 'Drivers bound, less rights',
  image: version12(),
  tree: PLAIN,
  append: '',
  steps: [
    LOAD,
    MAP_LOCK,
    DOCTOR,
    cli('as-nobody', 'list --json', 'drop root'),
    cli('doctor-as-nobody', 'doctor --json', 'drop root'),
    cli('without-rawio', 'list --json', 'drop sys_rawio'),
    cli('doctor-without-rawio', 'doctor --json', 'drop sys_rawio'),
  ],
  async check(ledger, seen) {
    await ledger.check('control: the kernel refuses the page of the lock', () => {
      assert.equal(seen.result(MAP_LOCK.name).out, 'mmap: EPERM\n')
    })
    await checkDoctor(ledger, seen, 'explains the refused mutex page', [
      /IO_STRICT_DEVMEM/,
      /qcom_hwspinlock/,
      /iomem=relaxed/,
    ])
    await checkRefusal(ledger, seen, {
      title: 'a user without rights',
      step: 'as-nobody',
      exitCode: 4,
      code: 'EACCES',
    })
    await checkDoctor(ledger, seen, 'tells a user what is missing', [/root/], 'doctor-as-nobody')
    await checkRefusal(ledger, seen, {
      title: 'root without CAP_SYS_RAWIO',
      step: 'without-rawio',
      exitCode: 4,
      code: 'EPERM',
    })
    await checkDoctor(
      ledger,
      seen,
      'names the missing capability',
      [/CAP_SYS_RAWIO/],
      'doctor-without-rawio',
    )
  },
}

/** Processor 2 on the SMEM side is the modem: host 1 plus one. */
const REMOTE_OWNER = 2

const RELAXED: Scenario = {
  name: 'relaxed',
  title: 'Booted with iomem=relaxed',
  image: version12(),
  tree: PLAIN,
  append: 'iomem=relaxed',
  steps: [
    LOAD,
    MAP_LOCK,
    DOCTOR,
    takeLock(REMOTE_OWNER),
    cli('info', 'info --json'),
    takeLock(0),
    async (memory) => memory.write({ base: CARVE_OUT.base + 0xc0, size: 4 }, Buffer.alloc(4)),
    cli('uninitialized', 'list --json'),
    cli('doctor-uninitialized', 'doctor --json'),
  ],
  async check(ledger, seen) {
    await ledger.check('control: the kernel gives out the page of the lock', () => {
      assert.equal(seen.output(MAP_LOCK.name), 'mapped\n')
    })
    await ledger.check('info shows which processor holds the lock', () => {
      const { hwlock } = seen.json('info') as { hwlock: { index: number; owner: number } }
      assert.deepEqual([hwlock.index, hwlock.owner], [3, REMOTE_OWNER])
      return JSON.stringify(hwlock)
    })
    await checkDoctor(ledger, seen, 'finds the lock readable', [])
    await checkRefusal(ledger, seen, {
      title: 'a heap that no boot loader has initialised',
      step: 'uninitialized',
      exitCode: 5,
      code: 'ENODEV',
    })
    await checkDoctor(
      ledger,
      seen,
      'says that the heap is not initialised',
      [/initiali[sz]ed/],
      'doctor-uninitialized',
    )
  },
}

const LOCKED_DOWN: Scenario = {
  name: 'lockdown',
  title: 'Booted with lockdown=integrity',
  image: version12(),
  tree: PLAIN,
  append: 'lockdown=integrity',
  steps: [LOAD, cli('list', 'list --json'), DOCTOR],
  async check(ledger, seen) {
    await checkRefusal(ledger, seen, {
      title: 'kernel lockdown',
      step: 'list',
      exitCode: 4,
      code: 'EPERM',
    })
    await checkDoctor(ledger, seen, 'names the lockdown', [/lockdown/, /integrity/])
  },
}

const WITHOUT_NODE: Scenario = {
  name: 'no-node',
  title: 'A device tree without SMEM',
  image: version12(),
  tree: { ...PLAIN, smem: 'none' },
  append: '',
  steps: [cli('list', 'list --json'), DOCTOR],
  async check(ledger, seen) {
    await checkRefusal(ledger, seen, {
      title: 'no qcom,smem node',
      step: 'list',
      exitCode: 5,
      code: 'ENODEV',
    })
    await checkDoctor(ledger, seen, 'misses the node', [/qcom,smem/])
  },
}

const WITHOUT_NO_MAP: Scenario = {
  name: 'no-no-map',
  title: 'A carve-out without no-map',
  image: version12(),
  tree: { ...PLAIN, noMap: false },
  append: '',
  steps: [cli('list', 'list --json'), DOCTOR],
  async check(ledger, seen) {
    await checkRefusal(ledger, seen, {
      title: 'System RAM under STRICT_DEVMEM',
      step: 'list',
      exitCode: 4,
      code: 'EPERM',
    })
    await checkDoctor(ledger, seen, 'explains it', [/no-map/, /STRICT_DEVMEM/])
  },
}
