// SPDX-License-Identifier: MIT
// The list of boots. In the first four kernel and library work together: both versions of the heap, each
// with both styles of the tree and both forms of the mutex between them. Then come those with a mutex that
// arbitrates, see mutex.ts; the others each put one obstacle in the way.

import { bulkPart } from './bulk.js'
import { diagnosed } from './diagnosis.js'
import { everyImage } from './every-image.js'
import { fakePart } from './fake.js'
import { formatsPart } from './formats.js'
import { hearingPart } from './hearing.js'
import { type DumpReader, HostView, hostPart } from './host.js'
import { type Image, version11, version12 } from './image.js'
import { kernelPart, LOAD_PART } from './kernel.js'
import { listingPart, readingPart, STILL_LISTED, showingPart } from './library.js'
import { LOCK_OWNER, lockPage } from './lock.js'
import { CARVE_OUT } from './machine.js'
import { mutexScenarios } from './mutex.js'
import { refused } from './refusal.js'
import { CRASH_REASON, noCrash, remoteprocPart } from './remoteproc.js'
import type { Part, Scenario } from './scenario.js'
import { RECEIVED, TALK } from './talk.js'
import type { TreeStyle } from './tree.js'
import { itemOf, LAST } from './variants.js'

const PLAIN: TreeStyle = { smem: 'phandle', mutex: 'reg', noMap: true, processors: 1 }

/** A boot in which kernel and library work together. */
interface Joint {
  readonly image: Image
  readonly tree: TreeStyle
  /** Whether the kernel gives out the page of the lock. */
  readonly lockInReach: boolean
  readonly append?: string
  readonly more: (image: Image, host: HostView) => readonly Part[]
}

/** `reader`: the command line on this side. */
export function scenarios(reader: DumpReader): Scenario[] {
  const joint = ({ image, tree, lockInReach, append = '', more }: Joint): Scenario => {
    const name = `v${image.version}-${tree.smem}-${tree.mutex}`
    const host = new HostView(reader, name)
    const title = [`Version ${image.version}, ${tree.smem} style, mutex by ${tree.mutex}`, append]
    const parts = [
      kernelPart(image),
      hostPart(image, host),
      listingPart(image, lockInReach, host),
      ...more(image, host),
    ]
    return { name, title: title.join(' ').trim(), image, tree, append, parts }
  }
  return [
    joint({
      image: version12(),
      tree: PLAIN,
      lockInReach: false,
      more: (image, host) => [
        showingPart(image, host),
        bulkPart(image, host),
        readingPart(image),
        ...FEWER_RIGHTS,
      ],
    }),
    joint({
      image: version11(),
      tree: { ...PLAIN, smem: 'reserved' },
      lockInReach: true,
      append: 'iomem=relaxed',
      more: (image, host) => [
        showingPart(image, host),
        bulkPart(image, host),
        ...MORE_REACH,
        fakePart(reader, 'sc7280'),
      ],
    }),
    joint({
      image: version12(),
      tree: { ...PLAIN, smem: 'reserved', mutex: 'syscon' },
      lockInReach: true,
      more: () => [fakePart(reader, 'sdm845')],
    }),
    joint({
      image: version11(),
      tree: { ...PLAIN, mutex: 'syscon' },
      lockInReach: true,
      more: () => [fakePart(reader, 'msm8916')],
    }),
    talking(reader.folder),
    ...mutexScenarios(PLAIN, reader),
    LOCKED_DOWN,
    WITHOUT_NODE,
    WITHOUT_NO_MAP,
  ]
}

/** Processors that say something to each other, and socinfo of every format. */
function talking(folder: string): Scenario {
  const image = version12({
    received: RECEIVED,
    socinfo: itemOf(LAST),
    versions: everyImage(),
    more: { [CRASH_REASON]: noCrash() },
  })
  return {
    name: 'talk',
    title: 'Other processors with smp2p and smsm; socinfo of every format',
    image,
    tree: { ...PLAIN, talk: TALK },
    append: '',
    parts: [LOAD_PART, hearingPart(image, folder), remoteprocPart(image), formatsPart(image)],
  }
}

/** What the usual state of a Debian machine refuses. */
const FEWER_RIGHTS: readonly Part[] = [
  { ...lockPage(false), heading: 'The same machine: its lock, and users with fewer rights' },
  diagnosed({
    name: 'doctor',
    title: 'explains the refused page of the lock',
    canRead: true,
    canLock: false,
    problems: [],
    check: 'mutex-page',
    mentions: [/IO_STRICT_DEVMEM/, /qcom_hwspinlock.*bound/, /iomem=relaxed/],
  }),
  refused({
    name: 'alloc-refused',
    command: 'alloc 300 64 --write',
    title: 'alloc, where the kernel keeps the page of the lock to itself',
    exitCode: 4,
    code: 'EPERM',
    hint: /iomem=relaxed/,
  }),
  STILL_LISTED,
  refused({
    name: 'list-nobody',
    title: 'a user without rights',
    as: 'drop root',
    exitCode: 4,
    code: 'EACCES',
  }),
  diagnosed({
    name: 'doctor-nobody',
    title: 'tells that user to be root',
    as: 'drop root',
    canRead: false,
    canLock: false,
    problems: ['privilege'],
    check: 'privilege',
    mentions: [/root/],
  }),
  refused({
    name: 'list-rawio',
    title: 'root without CAP_SYS_RAWIO',
    as: 'drop sys_rawio',
    exitCode: 4,
    code: 'EPERM',
  }),
  diagnosed({
    name: 'doctor-rawio',
    title: 'names the missing capability',
    as: 'drop sys_rawio',
    canRead: false,
    canLock: false,
    problems: ['privilege'],
    check: 'privilege',
    mentions: [/CAP_SYS_RAWIO/],
  }),
]

/** Of the heap info: cleared, as a boot loader leaves it that never ran. */
const INITIALIZED = { base: CARVE_OUT.base + 0xc0, size: 4 }

/** What iomem=relaxed opens; and at last, with the kernel's drivers still there, no heap. */
const MORE_REACH: readonly Part[] = [
  { ...lockPage(true), heading: 'The same machine: its lock, and a heap that is not set up' },
  diagnosed({
    name: 'doctor',
    title: 'finds the lock in reach',
    canRead: true,
    canLock: true,
    problems: [],
    check: 'mutex-page',
    mentions: [/^ok/],
  }),
  LOCK_OWNER,
  {
    steps: [(memory) => memory.write(INITIALIZED, Buffer.alloc(INITIALIZED.size))],
    check: async () => undefined,
  },
  refused({
    name: 'list-uninitialized',
    title: 'a heap that no boot loader has initialised',
    exitCode: 5,
    code: 'ENODEV',
  }),
  diagnosed({
    name: 'doctor-uninitialized',
    title: 'says that the heap is not initialised',
    canRead: true,
    canLock: true,
    problems: ['heap'],
    check: 'heap',
    mentions: [/0x860000c0: 0x00000000/],
  }),
]

const LOCKED_DOWN: Scenario = {
  name: 'lockdown',
  title: 'Booted with lockdown=integrity',
  image: version12(),
  tree: PLAIN,
  append: 'lockdown=integrity',
  parts: [
    LOAD_PART,
    refused({ name: 'list', title: 'kernel lockdown', exitCode: 4, code: 'EPERM' }),
    diagnosed({
      name: 'doctor',
      title: 'names the lockdown',
      canRead: false,
      canLock: false,
      problems: ['lockdown'],
      check: 'lockdown',
      mentions: [/integrity/],
    }),
  ],
}

const WITHOUT_NODE: Scenario = {
  name: 'no-node',
  title: 'A device tree without SMEM',
  image: version12(),
  tree: { ...PLAIN, smem: 'none' },
  append: '',
  parts: [
    refused({ name: 'list', title: 'no qcom,smem node', exitCode: 5, code: 'ENODEV' }),
    diagnosed({
      name: 'doctor',
      title: 'misses the node',
      canRead: false,
      canLock: false,
      problems: ['smem-node'],
      check: 'smem-node',
      mentions: [/qcom,smem/],
    }),
  ],
}

const WITHOUT_NO_MAP: Scenario = {
  name: 'no-no-map',
  title: 'A carve-out without no-map',
  image: version12(),
  tree: { ...PLAIN, noMap: false },
  append: '',
  parts: [
    refused({
      name: 'list',
      title: 'a carve-out that the kernel counts as System RAM',
      exitCode: 4,
      code: 'EPERM',
    }),
    diagnosed({
      name: 'doctor',
      title: 'explains STRICT_DEVMEM',
      canRead: false,
      canLock: true, // no driver was loaded that could have claimed the page
      problems: ['strict-devmem', 'carve-out'],
      check: 'strict-devmem',
      mentions: [/STRICT_DEVMEM/, /no-map/],
    }),
  ],
}
