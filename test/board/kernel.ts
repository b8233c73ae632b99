// SPDX-License-Identifier: MIT
// What the kernel makes of the memory: its drivers bind, its socinfo driver tells what we placed, and its
// smp2p and smsm drivers allocate where they have to. No code of the library takes part in this.

import assert from 'node:assert/strict'
import { byPath, DEBUG, SOC } from './agreement.js'
import type { Step } from './boot.js'
import { DRIVERS } from './cache.js'
import type { Image } from './image.js'
import type { Ledger } from './ledger.js'
import { hex } from './machine.js'
import type { Part, Seen } from './scenario.js'

/** Command that loads drivers; later ones find the devices of the earlier. */
export function loaded(drivers: readonly string[]): string {
  return `for driver in ${drivers.join(' ')}; do insmod /drivers/$driver.ko || exit 1; done`
}

const LOAD: Step = { name: 'load', command: loaded(DRIVERS) }

export const BUS = '/sys/bus/platform/drivers'

/** Driver folder -> the devices that have to be bound to it; one of the alternatives. */
const BOUND: readonly (readonly [driver: string, devices: RegExp])[] = [
  ['qcom_hwspinlock', /^(85000000\.)?hwlock$/],
  ['qcom-smem', /^(86000000\.)?smem$/],
  ['qcom-socinfo', /^qcom-socinfo/],
  ['qcom_smp2p', /^smp2p-modem$/],
  ['qcom_smp2p', /^smp2p-adsp$/],
  ['qcom_smp2p', /^smp2p-cdsp$/],
  ['qcom-smsm', /^smsm$/],
]

/** Links of the bus: driver folder / device. */
export const BOUND_COMMAND = `find ${BUS} -type l | grep -v /module`

export const SOCINFO_COMMAND = `grep -r . ${DEBUG}; grep -H . ${SOC}/*`

/**
 * Warnings and worse of the drivers. Two mean nothing: a tree of the older kind has no mailboxes, and smsm
 * knows what to assume where item 419 is missing.
 */
export const COMPLAINTS_COMMAND =
  'dmesg -r | grep "^<[0-4]>" | grep -E "smem|smp2p|smsm|hwlock|socinfo" | grep -vE "mboxes|no smsm size info"'

const STEPS: readonly Step[] = [
  LOAD,
  { name: 'bound', command: BOUND_COMMAND },
  { name: 'socinfo', command: SOCINFO_COMMAND },
  { name: 'complaints', command: COMPLAINTS_COMMAND },
  { name: 'iomem', command: 'grep -E "^ *8[56]" /proc/iomem' },
]

/** For boots that only need the drivers to be there. */
export const LOAD_PART: Part = {
  steps: [LOAD],
  async check(ledger, seen) {
    await ledger.check('the real drivers can be loaded', () => seen.output(LOAD.name))
  },
}

export function kernelPart(image: Image): Part {
  return { steps: STEPS, check: (ledger, seen) => check(ledger, seen, image) }
}

async function check(ledger: Ledger, seen: Seen, image: Image): Promise<void> {
  await ledger.check('the real drivers are bound to the devices', () => {
    seen.output(LOAD.name)
    const bound = boundDevices(seen.output('bound'))
    return `${bound.join(', ')}\n/proc/iomem:\n${seen.output('iomem')}`
  })
  await ledger.check('the drivers complain about nothing', () => {
    assert.equal(seen.result('complaints').out, '')
  })
  await ledger.check('the kernel reads the socinfo that was placed', () => {
    const { soc } = image
    const told = byPath(seen.output('socinfo'))
    const expected = {
      [`${SOC}/machine`]: soc.machine,
      [`${SOC}/soc_id`]: String(soc.id),
      [`${SOC}/revision`]: soc.revision.join('.'),
      [`${SOC}/serial_number`]: String(soc.serial),
      [`${DEBUG}/info_fmt`]: hex(soc.minor),
      [`${DEBUG}/build_id`]: soc.buildId,
      [`${DEBUG}/raw_version`]: String(soc.rawVersion),
    }
    for (const [file, text] of Object.entries(expected)) assert.equal(told.get(file), text, file)
    return `${soc.machine} revision ${soc.revision.join('.')}, serial ${soc.serial}, ${soc.buildId}`
  })
  await ledger.check('the kernel reads the image versions that were placed', () => {
    return checkImageVersions(seen.output('socinfo'), image)
  })
}

/** Compares them with what the kernel's files show. */
export function checkImageVersions(listing: string, image: Image): string {
  const told = byPath(listing)
  for (const { folder, name, variant, oem } of image.images) {
    const files = ['name', 'variant', 'oem'].map((file) => told.get(`${DEBUG}/${folder}/${file}`))
    assert.deepEqual(files, [name, variant, oem], folder)
  }
  return image.images.map(({ folder, name }) => `${folder}: ${name}`).join(', ')
}

/** The device of each driver, from the links of the bus. Throws where one is missing. */
export function boundDevices(links: string): string[] {
  const devices = links.split('\n')
  return BOUND.map(([driver, device]) => {
    const inDriver = devices.filter((path) => path.startsWith(`${BUS}/${driver}/`))
    const found = inDriver.find((path) => device.test(path.slice(BUS.length + driver.length + 2)))
    assert.ok(found, `${driver} has none of ${device}: ${inDriver}`)
    return found.slice(BUS.length + 1)
  })
}
