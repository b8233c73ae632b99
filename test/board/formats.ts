// SPDX-License-Identifier: MIT
// Socinfo of every format: the host replaces the item, the kernel's driver is bound anew and reads it. What it
// shows, what stands in the bytes, what our decoder makes of them, and what doctor thinks of both have to be one;
// and where the kernel has a way of its own, it is known.

import assert from 'node:assert/strict'
import { type ComparedFact, compareChip, type Socinfo } from '#lib/inspect/doctor/chip-facts.js'
import { Decoders } from '#lib/items/decoders.js'
import { byPath, DEBUG, decodedFacts, placedFacts, SOC } from './agreement.js'
import type { Meeting, Step } from './boot.js'
import { EMPTY, everyImage, IMAGE_FOLDERS, IMAGES, shownOf } from './every-image.js'
import { IMAGE_VERSIONS, type Image, SOCINFO } from './image.js'
import { BUS } from './kernel.js'
import type { Ledger } from './ledger.js'
import { cli, type Part, type Seen } from './scenario.js'
import { find } from './talk.js'
import { MODEL } from './tree.js'
import { itemOf, KERNEL_KNOWS, LAST, NEWEST, SIZE, VARIANTS, type Variant } from './variants.js'

/** Names of all files, and those with something in them again with it; `:` tells the two apart. */
const READ = `cd ${BUS}/qcom-socinfo && echo qcom-socinfo > unbind && echo qcom-socinfo > bind && {
    find ${DEBUG} -type f; grep -r . ${DEBUG}; grep -H . ${SOC}/*
  }`

const LEAST_IMAGES = 8

export function formatsPart(image: Image): Part {
  const { address } = find(image, SOCINFO)
  const place = (variant: Variant): Meeting => {
    return (memory) => memory.write({ base: address, size: SIZE }, itemOf(variant))
  }
  const steps: (Step | Meeting)[] = VARIANTS.flatMap((variant) => [
    place(variant),
    { name: `socinfo-${variant.name}`, command: READ },
  ])
  return {
    heading: 'The same machine: socinfo of every format, and what doctor makes of it',
    steps: [...steps, cli('doctor-socinfo', 'doctor --json')],
    async check(ledger, seen) {
      await checkFormats(ledger, seen)
      await checkWays(ledger, seen)
      await checkImages(ledger, seen)
      await checkDoctor(ledger, seen)
    },
  }
}

async function checkFormats(ledger: Ledger, seen: Seen): Promise<void> {
  await ledger.check(
    'the kernel shows of each format the fields that it has, as they were placed',
    () => {
      const plain = VARIANTS.slice(0, NEWEST + 1)
      return plain
        .map((variant) => `0.${variant.minor}: ${checkKernel(seen, variant)} facts`)
        .join(', ')
    },
  )
  await ledger.check('our decoder says the same of each format, field by field', () => {
    const plain = VARIANTS.slice(0, NEWEST + 1)
    return plain
      .map((variant) => `0.${variant.minor}: ${checkOurs(seen, variant)} facts`)
      .join(', ')
  })
}

async function checkWays(ledger: Ledger, seen: Seen): Promise<void> {
  await ledger.check('where the kernel has ways of its own, they are the known ones', () => {
    const others = VARIANTS.slice(NEWEST + 1).filter((variant) => variant !== LAST)
    return others
      .map((variant) => {
        checkKernel(seen, variant)
        checkOurs(seen, variant)
        return `${variant.name}: ${Object.keys(variant.own ?? {}).join(', ') || 'none'}`
      })
      .join('\n')
  })
  await ledger.check('doctor finds no difference in any of them, and excuses those ways', () => {
    return VARIANTS.flatMap((variant) => {
      const facts = judged(seen, variant)
      assert.deepEqual(
        facts.filter(({ same, excuse }) => !same && excuse === null),
        [],
        variant.name,
      )
      const excused = facts.filter(({ same }) => !same)
      const own = Object.entries(variant.own ?? {}).filter(([, text]) => text !== null)
      assert.deepEqual(
        excused.map(({ path }) => path).toSorted(),
        own.map(([path]) => path).toSorted(),
      )
      return excused.map(({ path, excuse }) => `${variant.name}: ${path}: ${excuse}`)
    }).join('\n')
  })
}

/** The images that were placed, of which every folder of the kernel shows one. */
async function checkImages(ledger: Ledger, seen: Seen): Promise<void> {
  await ledger.check(
    'the kernel and our decoder say the same of every image that the kernel names',
    () => {
      const { texts } = kernelOf(seen, LAST)
      const ours = decodeImages()
      const lines = imagesOf(seen).map((folder) => {
        const index = IMAGE_FOLDERS.indexOf(folder)
        const shown = ['name', 'variant', 'oem'].map((file) => {
          return texts.get(`${DEBUG}/${folder}/${file}`) ?? ''
        })
        assert.deepEqual(shown, shownOf(index), folder)
        const { name, variant, oem } = IMAGES[index] ?? EMPTY
        const decoded = ours.find((image) => image.index === index)
        const expected = name === '' ? undefined : { index, image: folder, name, variant, oem }
        assert.deepEqual(decoded, expected, folder)
        return `${folder} ${index}`
      })
      assert.ok(lines.length >= LEAST_IMAGES, `only ${lines}`)
      return lines.join(', ')
    },
  )
}

async function checkDoctor(ledger: Ledger, seen: Seen): Promise<void> {
  await ledger.check('doctor itself, live, compares all of it and every image version', () => {
    const { findings } = JSON.parse(seen.result('doctor-socinfo').out) as {
      findings: readonly { check: string; status: string; title: string; evidence: string[] }[]
    }
    const found = findings.find(({ check }) => check === 'socinfo-kernel')
    assert.ok(found)
    const excused = 2 // a name that fills its field, a variant without a name
    const facts = checkOurs(seen, LAST) + FAMILY + imagesOf(seen).length * 3 - excused
    assert.deepEqual(
      [found.status, found.title],
      ['ok', `the kernel says the same of this chip, in ${facts} facts`],
    )
    return [found.title, ...found.evidence].join('\n')
  })
}

/** It is always the same, and in no item. */
const FAMILY = 1

/** The kernel's folders for the images, in the order in which they appear. */
function imagesOf(seen: Seen): string[] {
  const names = [...kernelOf(seen, LAST).files].filter((path) => path.endsWith('/oem'))
  return names.map((path) => path.slice(DEBUG.length + 1, -'/oem'.length))
}

function decodeImages() {
  const context = { id: IMAGE_VERSIONS, host: null, sibling: () => null }
  const decoding = new Decoders().dissect(everyImage(), context)
  assert.ok(decoding)
  return decoding.value as unknown as { readonly index: number; readonly name: string }[]
}

/** The files in which the kernel has a way of its own. */
function ownOf({ own = {} }: Variant): ReadonlySet<string> {
  return new Set(Object.keys(own))
}

/** What the kernel showed of a variant. */
function kernelOf(seen: Seen, { name }: Variant) {
  const listing = seen.output(`socinfo-${name}`)
  const files = new Set(listing.split('\n').filter((line) => line !== '' && !line.includes(':')))
  return { files, texts: byPath(listing) }
}

/** That the kernel shows what the bytes say and nothing else; returns in how many files. */
function checkKernel(seen: Seen, variant: Variant): number {
  const { files, texts } = kernelOf(seen, variant)
  const known = variant.minor <= KERNEL_KNOWS
  const item = itemOf(variant)
  const expected = placedFacts(item, variant.minor, ownOf(variant))
  // The word is read wherever the item is long enough for it.
  expected.set(`${SOC}/serial_number`, String(item.readUInt32LE(0x60)))
  for (const file of expected.keys()) {
    const shown = known || file.startsWith(SOC) || file === `${DEBUG}/info_fmt`
    if (!shown) expected.delete(file)
  }
  for (const [file, text] of Object.entries(variant.own ?? {})) {
    if (text !== null) expected.set(file, text)
  }
  for (const [file, text] of expected)
    assert.equal(texts.get(file), text, `${variant.name}: ${file}`)
  const plain = [...files].filter((path) => path.split('/').length === DEBUG.split('/').length + 1)
  const debug = [...expected.keys()].filter((path) => path.startsWith(DEBUG))
  assert.deepEqual(plain.toSorted(), debug.toSorted(), variant.name)
  return expected.size
}

/** That our decoder says the same in every fact that both have; returns how many. */
function checkOurs(seen: Seen, variant: Variant): number {
  const { texts } = kernelOf(seen, variant)
  const own = ownOf(variant)
  const ours = [...decodedFacts(decode(variant))].filter(([file]) => texts.has(file))
  for (const [file, text] of ours) {
    if (own.has(file)) assert.notEqual(text, texts.get(file), `${variant.name}: ${file}`)
    else assert.equal(text, texts.get(file), `${variant.name}: ${file}`)
  }
  const missing = [...placedFacts(itemOf(variant), variant.minor, own).keys()].filter(
    (file) => texts.has(file) && !ours.some(([other]) => other === file),
  )
  assert.deepEqual(missing, [], variant.name)
  return ours.length
}

/** What doctor's table makes of the kernel's texts. */
function judged(seen: Seen, variant: Variant): ComparedFact[] {
  const { texts } = kernelOf(seen, variant)
  const within = (folder: string) =>
    Object.fromEntries(
      [...texts].flatMap(([path, text]) => {
        const name = path.slice(folder.length + 1)
        return path.startsWith(`${folder}/`) && !name.includes('/') ? [[name, text]] : []
      }),
    )
  const soc0 = { attributes: within(SOC), debug: within(DEBUG), images: {} }
  return compareChip(soc0, decode(variant), MODEL)
}

function decode(variant: Variant): Socinfo {
  const context = { id: SOCINFO, host: null, sibling: () => null }
  const decoding = new Decoders().dissect(itemOf(variant), context)
  assert.ok(decoding)
  return decoding.value as Socinfo
}
